// What a code that was scanned or typed at a desk is, and what of it may leave the browser. Pure.

import { public_credential } from "../../ballot/index.ts";
import { read_card, scanned_card } from "../scanned_card.ts";

const PASS = "PJ1:";

/** Fields to send, or a sentence why nothing is sent. */
export type Sent = { ok: true; text: string } | { ok: false; sentence: string };

const NOT_A_PASS = "这不是出席证的二维码。请扫出席证，或者手工输入。";
const SECRET = "这是投票卡，没有送出。投票卡上的卡号不能在这里使用，请扫出席证。";
const NOT_A_CARD = "这不是投票卡的二维码。请扫投票卡，或者输入存根上的编号。";
const OTHER_SESSION = "这张投票卡不是本次会议的。";

export function is_card(text: string): boolean {
  return read_card(text).ok;
}

/**
 * A card's secret, whole or with slips: somebody who mistypes one character of it must not send all the others.
 * No name, number or pass reads like that.
 */
export function may_be_card(text: string): boolean {
  if (text.startsWith(PASS)) return false;
  const letters = text.normalize("NFKC").replace(/[\s\-\u2010-\u2015_]+/g, "");
  return is_card(text) || text.includes("#") || (/[0-9A-Za-z]{16}/.test(letters) && /[0-9A-Z]/.test(letters));
}

/** 出席证: its text goes as it is. */
export function pass_text(text: string): Sent {
  if (may_be_card(text)) return { ok: false, sentence: SECRET };
  return text.startsWith(PASS) ? { ok: true, text } : { ok: false, sentence: NOT_A_PASS };
}

/**
 * 投票卡: of its secret nothing but one public number for each of `uuids`, in their order, with a space between.
 * `session` is the code that must stand in a scanned card's address.
 */
export function card_text(text: string, uuids: readonly string[], session: string): Sent {
  const card = scanned_card(text, session);
  if (!card.ok) return { ok: false, sentence: card.reason === "no_card" ? NOT_A_CARD : OTHER_SESSION };
  return { ok: true, text: uuids.map((uuid) => public_credential(uuid, card.credential)).join(" ") };
}
