/** Cards made in a browser: serials, public numbers, and the file that leaves it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { finish, parse_typed_credential, public_credential } from "../ballot/index.ts";
import { deck_file, make_cards, serial_of, type Card } from "../page/card_press/deck.ts";
import { fixed_random, UUID } from "./examples.ts";

const UUIDS = [UUID, `${UUID}a`];

function three(): Card[] {
  return finish(make_cards({ number: 3, first: 98, uuids: UUIDS }, fixed_random("press")));
}

test("serials are six digits and a check digit by which a slip of the pen is noticed", () => {
  assert.deepEqual([1, 2, 10, 98, 99, 100, 999_999].map(serial_of), [
    "0000018",
    "0000026",
    "0000109",
    "0000984",
    "0000992",
    "0001008",
    "9999996",
  ]);
});

test("each card has a secret of its own, well written, and its public number for each round", () => {
  const cards = three();
  assert.equal(new Set(cards.map((card) => card.credential)).size, 3);
  for (const card of cards) {
    assert.deepEqual(parse_typed_credential(card.credential), { ok: true, credential: card.credential });
    assert.deepEqual(card.public_credentials, UUIDS.map((uuid) => public_credential(uuid, card.credential)));
  }
});

test("the file names session, rounds and cards in a fixed order, and holds no secret", () => {
  const cards = three();
  const file = deck_file("AbCdEfGh", UUIDS, cards);
  const rows = cards.map((card) => `["${card.serial}",["${card.public_credentials.join('","')}"]]`);
  const expected = `{"version":1,"session":"AbCdEfGh","uuids":["${UUIDS.join('","')}"],"cards":[${rows.join(",")}]}`;
  assert.equal(file, expected);
  for (const card of cards) {
    for (const part of card.credential.split("-")) assert(!file.includes(part), part);
  }
});

test("a source of randomness that is switched off makes no cards", () => {
  assert.throws(
    () => finish(make_cards({ number: 1, first: 1, uuids: UUIDS }, (length) => new Uint8Array(length))),
    (error) => String(error).includes("BadRandomness") || (error as { kind?: string }).kind === "BadRandomness",
  );
});
