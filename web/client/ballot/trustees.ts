/** A scrutineer's key: one backup code gives the secret that opens and the key that signs the report. */
import { ed25519 } from "@noble/curves/ed25519.js";

import { type TypingError, grouped, is_base58, parse_code, random_base58 } from "./credentials.ts";
import type { AnyElection } from "./election.ts";
import { hex, sha256_bytes, sha256_hex } from "./encoding.ts";
import { BallotError, as_kind } from "./errors.ts";
import {
  BASE,
  IDENTITY,
  ORDER,
  type Point,
  type Random,
  member_of_hex,
  number_of_hex,
  point_hex,
  power,
  product,
} from "./group.ts";
import { PROOF, knows, prove_knowledge } from "./proofs.ts";
import { type Of, list, optional, pair, read, record, text } from "./shape.ts";

const PUBLIC_KEY = record({ pok: PROOF, public_key: text, name: optional(text) });
const TRUSTEES = list(pair(text, PUBLIC_KEY));
const POK = "pok|Ed25519|";

type PublicKey = Of<typeof PUBLIC_KEY>;
export type TypedSeed = { readonly ok: true; readonly seed: string } | TypingError;

/** A new seed: 22 unbiased Base58 characters. Throws BadRandomness. */
export function new_seed(random: Random): string {
  return random_base58(22, random);
}

/** 备用码: the seed as it is shown and written down, 5-6-5-6. */
export function format_seed(seed: string): string {
  return grouped(seed);
}

/** The seed out of a backup code as it was typed. */
export function parse_seed(typed: string): TypedSeed {
  const code = parse_code(typed);
  return code.ok ? { ok: true, seed: code.characters } : code;
}

export function check_seed(seed: string): void {
  if (typeof seed !== "string" || seed.length !== 22 || !is_base58(seed))
    throw new BallotError("Malformed", "seed");
}

/** The secret x that opens. Throws Malformed. */
export function trustee_secret(seed: string): bigint {
  check_seed(seed);
  return number_of_hex(sha256_hex(`sk|${seed}`)) % ORDER;
}

/** The public key and the proof that its secret is known, as JSON. Throws Malformed or BadRandomness. */
export function trustee_public_key(seed: string, random: Random): string {
  const secret = trustee_secret(seed);
  const public_key = own_public_key(seed);
  return JSON.stringify({ pok: prove_knowledge(`${POK}${public_key}|`, secret, random), public_key });
}

/** g^x: 64 hex digits. Throws Malformed. */
export function own_public_key(seed: string): string {
  return point_hex(power(BASE, trustee_secret(seed)));
}

/**
 * The public keys, 64 hex digits each, in their order, that together are the election's key.
 *
 * Every proof is checked: without it one key could be made to cancel the others.
 * Throws Malformed or BadTrustee.
 */
export function trustee_keys(election: AnyElection, trustees: string): string[] {
  const items = read(trustees, TRUSTEES, "trustees");
  const points = items.map(([kind, key]) => check_key(kind, key));
  const keys = items.map(([, { public_key }]) => public_key);
  // A key copied together with its proof would open in the name of two.
  if (new Set(keys).size !== keys.length) throw new BallotError("BadTrustee", "one key twice");
  if (point_hex(points.reduce(product, IDENTITY)) !== election.public_key) {
    throw new BallotError("BadTrustee", "joint key");
  }
  return keys;
}

/** Only keys that are all needed; a threshold key is made another way. */
function check_key(kind: string, { public_key, pok }: PublicKey): Point {
  return as_kind("BadTrustee", public_key.slice(0, 80), () => {
    const point = member_of_hex(public_key);
    if (kind !== "Single" || !knows(`${POK}${public_key}|`, BASE, point, pok)) {
      throw new BallotError("BadTrustee", "proof");
    }
    return point;
  });
}

function signing_secret(seed: string): Uint8Array {
  check_seed(seed);
  return sha256_bytes(`piaojue-report|${seed}`);
}

/** The Ed25519 key that signs reports: 64 hex digits. Throws Malformed. */
export function signing_key(seed: string): string {
  return hex(ed25519.getPublicKey(signing_secret(seed)));
}

/** The scrutineer's signature on a report: 128 hex digits. Throws Malformed. */
export function sign_report(seed: string, report: Uint8Array): string {
  return hex(ed25519.sign(report, signing_secret(seed)));
}
