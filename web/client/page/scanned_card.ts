// A card as it is scanned or typed. Pure.

import { parse_typed_credential, type TypedCredential } from "../ballot/index.ts";

/** A card as scanned, typed, or pasted with the whole address around it. */
export function read_card(typed: string): TypedCredential {
  return parse_typed_credential(typed.slice(typed.lastIndexOf("#") + 1));
}

export type ScannedCard =
  | { ok: true; credential: string }
  | { ok: false; reason: "no_card" | "other_session" };

/** Reads `https://HOST/v/SESSION#CREDENTIAL`; a number alone, as a hand scanner types it, belongs to any session. */
export function scanned_card(text: string, session: string): ScannedCard {
  const card = read_card(text);
  if (!card.ok) return { ok: false, reason: "no_card" };
  const here = !text.includes("#") || text.slice(0, text.lastIndexOf("#")).endsWith(`/v/${session}`);
  return here ? { ok: true, credential: card.credential } : { ok: false, reason: "other_session" };
}
