import assert from "node:assert/strict";
import { test } from "node:test";

import { sha256_base64, sha256_hex } from "../ballot/encoding.ts";
import { BallotError, read_any_election, read_archive, read_election, signing_key } from "../ballot/index.ts";
import { SELECTION, SERVER_SEED, STANCES, UUID, election_text, example_file, refused } from "./examples.ts";

const TEXT = election_text([SELECTION, STANCES]);

test("an election says what is voted on, its fingerprint, and the keys its description binds", () => {
  const election = read_election(TEXT);
  assert.equal(election.text, TEXT);
  assert.equal(election.uuid, UUID);
  assert.equal(election.fingerprint, sha256_base64(TEXT));
  assert.equal(election.fingerprint.length, 43);
  assert.equal(election.rules_hash, sha256_hex("rules"));
  assert.equal(election.server_key, signing_key(SERVER_SEED));
  assert.deepEqual(election.questions[0]?.answers, SELECTION.answers);
});

test("an election made by belenios-tool is read, but is not one of ours", () => {
  const text = read_archive(example_file("ed25519-basic-3.3.0.bel")).election;
  assert.equal(read_any_election(text).fingerprint, "oUYoMp8Ds/NNRKvA/Ws3/ou5nnd/Z6M8Bn2B81Sqoc4");
  refused("BadElection", () => read_election(text));
});

test("an election written in any other way is refused", () => {
  for (const [why, text] of [
    ["no JSON", "{"],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["a space", TEXT.replace(":", ": ")],
    ["a repeated field", TEXT.replace("{", '{"version":1,')],
    ["an unknown field", TEXT.replace(/}$/, ',"more":1}')],
    ["null for a field left out", TEXT.replace(/}$/, ',"administrator":null}')],
    ["another order", TEXT.replace('"version":1,', "").replace(/}$/, ',"version":1}')],
    ["an escape", TEXT.replace("示", "\\u793a")],
    ["a byte order mark", `\ufeff${TEXT}`],
    ["a lone surrogate", TEXT.replace("示", "\ud800")],
    ["blank as a number", TEXT.replace('"blank":true', '"blank":1')],
    ["a fraction", TEXT.replace('"min":1', '"min":1.5')],
    ["a number as text", TEXT.replace('"min":1', '"min":"1"')],
    ["a prototype", TEXT.replace(/}$/, ',"__proto__":{}}')],
  ] as const) {
    refused("Malformed", () => read_election(text), why);
  }
});

test("an election that nobody could vote in is refused", () => {
  for (const [why, text] of [
    ["version 2", election_text([SELECTION], { version: 2 })],
    ["another group", election_text([SELECTION], { group: "BELENIOS-2048" })],
    ["no question", election_text([])],
    ["min above max", election_text([{ ...SELECTION, min: 3 }])],
    ["max above the answers", election_text([{ ...SELECTION, max: 4 }])],
    ["a negative min", election_text([{ ...SELECTION, min: -1 }])],
    ["nothing may be chosen", election_text([{ ...SELECTION, min: 0, max: 0 }])],
    ["no answers", election_text([{ ...SELECTION, answers: [] }])],
    ["an answer twice", election_text([{ ...SELECTION, answers: ["甲", "甲", "乙"] }])],
    ["a uuid of 13 characters", election_text([SELECTION], { uuid: "a".repeat(13) })],
    ["a uuid with a 0", election_text([SELECTION], { uuid: "ShiYanPiaoJue0" })],
    ["another description", election_text([SELECTION], { description: "票决" })],
    ["a longer description", TEXT.replace('","name"', ' ","name"')],
  ] as const) {
    refused("BadElection", () => read_election(text), why);
  }
});

test("a key outside the group, of small order, the identity, or not canonical is refused", () => {
  for (const [why, public_key] of [
    ["nothing", ""],
    ["capitals", "A".repeat(64)],
    ["63 digits", "1".repeat(63)],
    ["identity", `${"0".repeat(63)}1`],
    ["order 2", `7${"f".repeat(61)}ec`],
    ["order 2q", "99".repeat(31) + "95"],
    ["not on the curve", `${"0".repeat(63)}2`],
    ["y above p", `7${"f".repeat(61)}ee`],
    ["the other zero", `8${"0".repeat(62)}1`],
  ] as const) {
    refused("BadPoint", () => read_election(election_text([SELECTION], { public_key })), why);
  }
});

test("whatever letter is changed, reading gives an election or a BallotError and nothing else", () => {
  for (let at = 0; at < TEXT.length; at += 5) {
    for (const letter of ["", '"', "\u0000", "9"]) {
      try {
        read_election(TEXT.slice(0, at) + letter + TEXT.slice(at + 1));
      } catch (error) {
        assert(error instanceof BallotError, `at ${at}`);
      }
    }
  }
});
