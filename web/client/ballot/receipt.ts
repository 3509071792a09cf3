/** The receipt: the installation's signature on (φ, tracker), checked by the deputy's own device. */
import { ed25519 } from "@noble/curves/ed25519.js";

import { bytes_of_hex, utf8 } from "./encoding.ts";
import type { Election } from "./election.ts";

export interface Receipt {
  readonly fingerprint: string;
  readonly tracker: string;
  readonly signature: string;
}

/** Whether the receipt is for this election and this tracker and signed with the key the election names. */
export function check_receipt(election: Election, tracker: string, receipt: Receipt): boolean {
  if (typeof receipt !== "object" || receipt === null) return false;
  if (receipt.fingerprint !== election.fingerprint || receipt.tracker !== tracker) return false;
  return is_signed(
    `piaojue-receipt|${election.fingerprint}|${tracker}`,
    receipt.signature,
    election.server_key,
  );
}

/** Ed25519 (RFC 8032, strict) over the UTF-8 of `message`; signature and key in lower-case hex. */
export function is_signed(message: string, signature: string, key: string): boolean {
  try {
    const bytes = bytes_of_hex(signature, 64, "signature");
    return ed25519.verify(bytes, utf8(message), bytes_of_hex(key, 32, "key"), { zip215: false });
  } catch {
    return false;
  }
}
