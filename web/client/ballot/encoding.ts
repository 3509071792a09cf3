/** Bytes and text: UTF-8, hex, Base64 and the hashes over exact bytes (NOTES §1). */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { BallotError, as_kind } from "./errors.ts";

// ES2020 has no TextDecoder of its own; it computes and nothing else, so the pure part may have it.
declare const TextDecoder: new (
  label: "utf-8",
  options: { fatal: true; ignoreBOM: true },
) => { decode(bytes: Uint8Array): string };

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export { bytesToHex as hex, utf8ToBytes as utf8 };

/** The text of strict UTF-8; a byte order mark stays. Throws Malformed. */
export function text_of(bytes: Uint8Array): string {
  return as_kind("Malformed", "UTF-8", () =>
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
  );
}

/** The bytes of lower-case hex of `length` bytes. Throws Malformed. */
export function bytes_of_hex(text: unknown, length: number, what: string): Uint8Array {
  if (typeof text !== "string" || text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) {
    throw new BallotError("Malformed", what);
  }
  return hexToBytes(text);
}

/** SHA-256: 32 bytes. */
export function sha256_bytes(content: Uint8Array | string): Uint8Array {
  return sha256(typeof content === "string" ? utf8ToBytes(content) : content);
}

/** SHA-256 as 64 lower-case hex digits. */
export function sha256_hex(content: Uint8Array | string): string {
  return bytesToHex(sha256_bytes(content));
}

/** SHA-256 as 43 Base64 characters, standard alphabet, no padding. */
export function sha256_base64(content: Uint8Array | string): string {
  const bytes = sha256_bytes(content);
  let bits = 0;
  let pending = 0;
  let text = "";
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += BASE64.charAt((pending >> (bits - 6)) & 63);
    pending &= (1 << bits) - 1;
  }
  return text + BASE64.charAt((pending << (6 - bits)) & 63);
}
