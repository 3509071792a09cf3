import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { parse_typed_credential, public_credential } from "../ballot/index.ts";
import { CARDS, UUID, VECTORS, refused } from "./examples.ts";

const CARD = "U285z-n4Fx3A-V2tdr-fD8Zg5";
const accepted = { ok: true, credential: CARD };

test("a card may be typed with any dashes, with spaces, with neither, or in full-width letters", () => {
  for (const typed of [
    CARD,
    "U285zn4Fx3AV2tdrfD8Zg5",
    "  U285z n4Fx3A\tV2tdr  fD8Zg5\n",
    "U285z—n4Fx3A－V2tdr–fD8Zg5",
    "Ｕ２８５ｚ－ｎ４Ｆｘ３Ａ－Ｖ２ｔｄｒ－ｆＤ８Ｚｇ５",
    "U2 85 zn 4F x3 AV 2t dr fD 8Z g5",
    "-U285z_n4Fx3A--V2tdr fD8Zg5-",
  ]) {
    assert.deepEqual(parse_typed_credential(typed), accepted, typed);
  }
});

test("a character that is on no card is named, with its group", () => {
  for (const [typed, group, character] of [
    ["0285z-n4Fx3A-V2tdr-fD8Zg5", 0, "0"],
    ["U285z-n4OX3A-V2tdr-fD8Zg5", 1, "O"],
    ["U285z-n4Fx3A-V2Idr-fD8Zg5", 2, "I"],
    ["U285z-n4Fx3A-V2tdr-fD8Zgl", 3, "l"],
    ["U285z-n4Fx3A-V2tdr-fD8Zg票", 3, "票"],
    ["U285z-n4Fx3A-V2tdr-fD8Z😀5", 3, "😀"],
    ["U285z-n4Fx3A-V2td.-fD8Zg5", 2, "."],
  ] as const) {
    assert.deepEqual(
      parse_typed_credential(typed),
      { ok: false, group, reason: "character", character },
      typed,
    );
  }
});

test("a group that is too short or too long is named", () => {
  for (const [typed, group] of [
    ["U285-n4Fx3A-V2tdr-fD8Zg5", 0],
    ["U285z-n4Fx3-V2tdr-fD8Zg5", 1],
    ["U285z-n4Fx3A-V2tdr7-fD8Zg5", 2],
    ["U285z-n4Fx3A-V2tdr-fD8Zg", 3],
    ["U285zn4Fx3AV2", 2],
    ["U285zn4Fx3AV2tdrfD8Zg5a", 3],
    ["", 0],
    ["---", 0],
  ] as const) {
    assert.deepEqual(parse_typed_credential(typed), { ok: false, group, reason: "length" }, typed);
  }
});

test("belenios-tool derives the same public credentials", () => {
  const made = JSON.parse(readFileSync(`${VECTORS}/peer/ed25519-basic-3.3.0.json`, "utf8")) as {
    uuid: string;
    credentials: string[];
    public_credentials: string[];
  };
  assert.deepEqual(
    made.credentials.map((card) => public_credential(made.uuid, card)),
    made.public_credentials,
  );
});

test("one card is another key in another round", () => {
  assert.notEqual(public_credential(UUID, CARDS[0]), public_credential(`${UUID}a`, CARDS[0]));
});

test("a credential that is not written 5-6-5-6, or a wrong uuid, derives nothing", () => {
  for (const card of [
    "",
    CARD.replace("-", ""),
    CARD.replace("z", "l"),
    ` ${CARD}`,
    `${CARD}-`,
    `${CARD}a`,
  ]) {
    refused("Malformed", () => public_credential(UUID, card), card);
  }
  for (const uuid of ["", "short", "ShiYanPiaoJue0l", `${UUID} `, "a".repeat(65)]) {
    refused("Malformed", () => public_credential(uuid, CARD), uuid);
  }
});
