// Where the making of a common key stands for one scrutineer: what the server says, held against what this device
// knows. Pure.

import {
  BallotError,
  comparison_code,
  is_own_certificate,
  own_index,
  read_joint_key,
  type JointKey,
} from "../../ballot/index.ts";
import type { KeyInMaking } from "./told.ts";

export type KeyStage =
  | "make_key"
  | "copy_code"
  | "restore"
  | "foreign_key"
  | "await_certificates"
  | "deal"
  | "await_deals"
  | "receive"
  | "await_shares"
  | "fetch"
  | "compare_code"
  | "ready"
  | "changed"
  | "broken";

/** A finished key as this device has checked it: `hash` of the document, `code` to be compared aloud. */
export interface CheckedKey {
  document: string;
  hash: string;
  code: string;
  joint: JointKey;
}

/** A key that is made and compared, in the hands of this device. */
export interface OwnKey {
  number: number;
  seed: string;
  restored: boolean;
  checked: CheckedKey;
  /** What this device opens with; fetched from the server, where it lies sealed for the own secret. */
  secret: () => Promise<bigint>;
}

/** What this device knows about one key. */
export interface KeyKnown {
  seed: string | null;
  /** The key as far as it was fetched and is sound; "broken" when it or a message of another one is not. */
  checked: CheckedKey | "broken" | null;
  /** Hash of the document whose code was compared aloud. */
  compared: string | null;
}

export function key_stage(key: KeyInMaking, known: KeyKnown): KeyStage {
  if (!needs_more_than_half(key)) return "broken";
  if (known.seed === null) return key.certificate === null ? "make_key" : "restore";
  if (key.certificate === null) return "copy_code";
  if (!is_own(known.seed, key.certificate)) return "foreign_key";
  if (known.checked === "broken") return "broken";
  if (key.phase === "certificates") return "await_certificates";
  if (key.phase === "deals") return key.dealt ? "await_deals" : "deal";
  if (key.phase === "shares") return key.received ? "await_shares" : "receive";
  if (known.checked === null) return "fetch";
  if (known.compared === null) return "compare_code";
  return known.compared === known.checked.hash ? "ready" : "changed";
}

/** Stages in which the page works by itself. */
export const BY_ITSELF: KeyStage[] = ["deal", "receive", "fetch"];

/** Else two halves could open two sums, or one alone could open all: no server may ask for such a key. */
function needs_more_than_half({ threshold, colleagues }: KeyInMaking): boolean {
  return 2 * threshold > colleagues.length && threshold <= colleagues.length;
}

function is_own(seed: string, certificate: string): boolean {
  try {
    return is_own_certificate(seed, certificate);
  } catch (error) {
    if (error instanceof BallotError) return false;
    throw error;
  }
}

/** The finished key: sound in every part, as large as announced, and with the own part in the own place.
 * Throws BallotError. */
export function check_key(document: string, key: KeyInMaking, seed: string, hash: string): CheckedKey {
  const joint = read_joint_key(document);
  const { ceremony } = joint;
  const size = key.colleagues.length;
  const expected = ceremony !== null && ceremony.threshold === key.threshold && ceremony.parties.length === size;
  if (!expected || own_index(seed, ceremony) !== key.number) throw new BallotError("BadTrustee", "another key");
  return { document, hash, code: comparison_code(document), joint };
}
