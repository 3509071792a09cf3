/** A scrutineer's key: one backup code gives the secret that opens and the key that signs the report. */
import { ed25519 } from "@noble/curves/ed25519.js";

import { type TypingError, grouped, is_base58, parse_code, random_base58 } from "./credentials.ts";
import { hex, sha256_bytes, sha256_hex } from "./encoding.ts";
import { BallotError } from "./errors.ts";
import { BASE, ORDER, type Random, number_of_hex, point_hex, power } from "./group.ts";
import { prove_knowledge } from "./proofs.ts";

const POK = "pok|Ed25519|";

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
  return public_key_of(trustee_secret(seed));
}

/** g^x of any secret: 64 hex digits. */
export function public_key_of(secret: bigint): string {
  return point_hex(power(BASE, secret));
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
