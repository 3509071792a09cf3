/** The secret on a voting card, as people type it, and the public key derived from it for each round (NOTES §3). */
import { sha256_hex } from "./encoding.ts";
import { BallotError } from "./errors.ts";
import { BASE, ORDER, type Random, number_of_hex, point_hex, power, random_bytes } from "./group.ts";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const SIZES = [5, 6, 5, 6] as const;
const LENGTH = 22;

export type Group = 0 | 1 | 2 | 3;

/** Which of the four groups is wrong, and how; `character` is the first that cannot be right. */
export interface TypingError {
  readonly ok: false;
  readonly group: Group;
  readonly reason: "length" | "character";
  readonly character?: string;
}

export type TypedCredential = { readonly ok: true; readonly credential: string } | TypingError;
export type TypedCode = { readonly ok: true; readonly characters: string } | TypingError;

/**
 * A credential as people type it: spaces, any dashes or none, full-width letters. 0, O, I and l are never used.
 */
export function parse_typed_credential(text: string): TypedCredential {
  const code = parse_code(text);
  return code.ok ? { ok: true, credential: grouped(code.characters) } : code;
}

/** 22 Base58 characters out of what was typed; the writing 5-6-5-6 is the same for cards and backup codes. */
export function parse_code(text: string): TypedCode {
  // NFKC turns full-width letters and digits into plain ones.
  const parts = String(text)
    .normalize("NFKC")
    .split(/[\s\-\u00ad\u200b\u2010-\u2015\u2212\u2500\u30fc_]+/)
    .filter((part) => part !== "");
  const characters = Array.from(parts.join(""));
  const groups =
    characters.length === LENGTH || parts.length !== 4 ? cut(characters) : parts.map((p) => Array.from(p));
  const wrong = first_error(groups);
  return wrong ?? { ok: true, characters: characters.join("") };
}

/** 22 characters written 5-6-5-6 with dashes. */
export function grouped(characters: string): string {
  return cut(Array.from(characters))
    .map((group) => group.join(""))
    .join("-");
}

/** Four groups by position; what is too much stays in the last. */
function cut(characters: readonly string[]): string[][] {
  let start = 0;
  return SIZES.map((size, index) => {
    const end = index === SIZES.length - 1 ? characters.length : start + size;
    const group = characters.slice(start, end);
    start += size;
    return group;
  });
}

function first_error(groups: readonly (readonly string[])[]): TypingError | null {
  for (const [index, size] of SIZES.entries()) {
    const group = groups[index] ?? [];
    const character = group.find((one) => !BASE58.includes(one));
    const number = index as Group;
    if (character !== undefined) return { ok: false, group: number, reason: "character", character };
    if (group.length !== size) return { ok: false, group: number, reason: "length" };
  }
  return null;
}

/** `length` unbiased Base58 characters: bytes above the last multiple of 58 are drawn again. */
export function random_base58(length: number, random: Random): string {
  let characters = "";
  while (characters.length < length) {
    for (const byte of random_bytes(random, 32)) {
      if (byte < 232) characters += BASE58.charAt(byte % 58);
    }
  }
  return characters.slice(0, length);
}

/** A new card's secret, about 128.9 bits: `XXXXX-XXXXXX-XXXXX-XXXXXX`. Throws BadRandomness. */
export function new_credential(random: Random): string {
  return grouped(random_base58(LENGTH, random));
}

export function is_base58(text: string): boolean {
  return Array.from(text).every((character) => BASE58.includes(character));
}

/** An election's uuid: at least 14 Base58 characters. */
export function is_uuid(text: unknown): text is string {
  return typeof text === "string" && text.length >= 14 && text.length <= 64 && is_base58(text);
}

/** The signing secret of a card in one round. Throws Malformed unless the credential is written 5-6-5-6. */
export function secret_scalar(uuid: string, credential: string): bigint {
  const typed = parse_typed_credential(credential);
  if (!is_uuid(uuid)) throw new BallotError("Malformed", "uuid");
  if (!typed.ok || typed.credential !== credential) throw new BallotError("Malformed", "credential");
  const halves = [0, 1].map((half) => sha256_hex(`derive_credential|${uuid}|${half}|${credential}`));
  return number_of_hex(halves.join("")) % ORDER;
}

/** What the round's list holds for this card: 64 hex digits. Throws Malformed. */
export function public_credential(uuid: string, credential: string): string {
  return point_hex(power(BASE, secret_scalar(uuid, credential)));
}
