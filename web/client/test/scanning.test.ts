/** Reading codes from pictures, and what of a code may leave a desk. */
import assert from "node:assert/strict";
import { test } from "node:test";

import encodeQR from "qr";

import { public_credential } from "../ballot/index.ts";
import { Sightings, text_on, type Picture } from "../page/camera/reading.ts";
import { missing, trouble_in, TROUBLE_WORDS, type CameraTrouble } from "../page/camera/trouble.ts";
import { card_text, may_be_card, pass_text } from "../page/desk/codes.ts";
import { scanned_card } from "../page/scanned_card.ts";
import { CARDS, UUID } from "./examples.ts";

const ADDRESS = "https://rd.example.gov.cn/v/AbCdEfGh";
const SCANNED = `${ADDRESS}#${CARDS[0]}`;

/** A code of so many pixels a module somewhere on a grey picture. */
function photographed(text: string, module: number, side: number): Picture {
  const rows = encodeQR(text, "raw", { ecc: "quartile", border: 4 });
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  const start = Math.floor((side - rows.length * module) / 2);
  for (let at = 0; at < side * side; at += 1) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const dark = rows[Math.floor((y - start) / module)]?.[Math.floor((x - start) / module)];
    data.fill(dark === undefined ? 140 : dark ? 30 : 220, 4 * at, 4 * at + 3);
  }
  return { width: side, height: side, data };
}

test("the address on a card is read from a picture, small or large, and a picture without a code gives nothing", () => {
  for (const module of [3, 6, 11]) assert.equal(text_on(photographed(SCANNED, module, 640)), SCANNED, String(module));
  const grey = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(128) };
  assert.equal(text_on(grey), null);
});

test("a code that is held still is one scan; another one, or the same one later, is a new scan", () => {
  const sightings = new Sightings();
  const seen: [string, number, boolean][] = [
    ["甲", 0, true],
    ["甲", 120, false],
    ["甲", 2_900, false],
    ["乙", 3_000, true],
    ["甲", 3_100, true],
    ["甲", 6_200, true],
  ];
  for (const [text, now, fresh] of seen) assert.equal(sightings.is_new(text, now), fresh, `${text} ${now}`);
});

test("every reason for a missing picture has a sentence that says what to do", () => {
  const named = (name: string): Error => Object.assign(new Error(name), { name });
  const expected: [CameraTrouble | null, CameraTrouble][] = [
    [missing(false, undefined), "not_secure"],
    [missing(true, undefined), "too_old"],
    [trouble_in(named("NotAllowedError")), "refused"],
    [trouble_in(named("NotFoundError")), "none"],
    [trouble_in(named("NotReadableError")), "busy"],
    [trouble_in("whatever"), "busy"],
  ];
  for (const [found, wanted] of expected) assert.equal(found, wanted);
  assert.equal(missing(true, {}), null);
  for (const sentence of Object.values(TROUBLE_WORDS)) assert(sentence.includes("手工输入"), sentence);
});

test("a scanned card belongs to the session whose code stands in its address", () => {
  assert.deepEqual(scanned_card(SCANNED, "AbCdEfGh"), { ok: true, credential: CARDS[0] });
  assert.deepEqual(scanned_card(CARDS[0], "AbCdEfGh"), { ok: true, credential: CARDS[0] });
  assert.deepEqual(scanned_card(SCANNED, "Another8"), { ok: false, reason: "other_session" });
  for (const text of ["", "PJ1:AbCdEfGh:0123456789", ADDRESS, `${SCANNED}x`, "https://example.com/"]) {
    assert.deepEqual(scanned_card(text, "AbCdEfGh"), { ok: false, reason: "no_card" }, text);
  }
});

test("of a card a desk sends one public number for each round, and never a character of its secret", () => {
  const uuids = [UUID, `${UUID}a`];
  const sent = card_text(SCANNED, uuids, "AbCdEfGh");
  assert.deepEqual(sent, { ok: true, text: uuids.map((uuid) => public_credential(uuid, CARDS[0])).join(" ") });
  assert(!JSON.stringify(sent).includes(CARDS[0].slice(0, 5)));
  for (const text of ["PJ1:AbCdEfGh:0123456789", SCANNED.replace("AbCdEfGh", "Another8"), ""]) {
    assert.equal(card_text(text, uuids, "AbCdEfGh").ok, false, text);
  }
});

test("a check-in desk sends passes, and holds back a card that is scanned there by mistake", () => {
  assert.deepEqual(pass_text("PJ1:AbCdEfGh:0123456789"), { ok: true, text: "PJ1:AbCdEfGh:0123456789" });
  for (const text of [SCANNED, CARDS[0], "https://example.com/", ""]) {
    const sent = pass_text(text);
    assert(!sent.ok && !sent.sentence.includes(CARDS[0].slice(0, 5)), text);
  }
});

test("what could be a card's secret, also with a slip in it, is held back at a desk; names and numbers are not", () => {
  const secret = CARDS[0];
  const slips = [secret.slice(1), `${secret}x`, `0${secret.slice(1)}`, secret.replace(/-/g, " "), secret.replace(/-/g, "—")];
  const full_width = Array.from(secret, (one) => (one === "-" ? "－" : String.fromCharCode(one.charCodeAt(0) + 0xfee0)));
  for (const text of [SCANNED, secret, `${ADDRESS}#`, ...slips, full_width.join(""), `王${SCANNED}`]) {
    assert.equal(may_be_card(text), true, text);
  }
  for (const text of ["", "王", "王小明", "wangxiaoming", "WXM", "ouyangnanamingyue", "327", "0000018", "PJ1:AbCdEfGh:0123456789"]) {
    assert.equal(may_be_card(text), false, text);
  }
});
