import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { utf8 } from "../ballot/encoding.ts";
import { BASE, ORDER, point_hex, power } from "../ballot/group.ts";
import {
  format_seed,
  is_signed,
  new_seed,
  own_public_key,
  parse_seed,
  read_any_election,
  read_archive,
  sign_report,
  signing_key,
  trustee_keys,
  trustee_public_key,
  trustee_secret,
} from "../ballot/index.ts";
import {
  SEEDS,
  SELECTION,
  STANCES,
  VECTORS,
  election_of,
  example_file,
  fixed_random,
  refused,
  trustees_text,
} from "./examples.ts";

const ELECTION = election_of(SELECTION);

test("a new seed has 22 of the 58 letters and digits that are not mistaken for each other", () => {
  const random = fixed_random("seeds");
  const seeds = Array.from({ length: 200 }, () => new_seed(random));
  assert.equal(new Set(seeds).size, 200);
  assert(seeds.every((seed) => /^[1-9A-HJ-NP-Za-km-z]{22}$/.test(seed)));
  assert.equal(new Set(seeds.join("")).size, 58);
});

test("bytes that would favour some letters are drawn again", () => {
  const source = fixed_random("biased");
  const high = (length: number): Uint8Array =>
    source(length).map((byte, index) => (index % 2 ? byte | 0xe8 : 1));
  assert.equal(new_seed(high), "2".repeat(22));
});

test("a backup code is the seed in groups, and comes back from what is typed", () => {
  const [seed] = SEEDS;
  assert.equal(format_seed(seed), "Bei9Y-ongMa4-Jian3-PiaoAa");
  for (const typed of [format_seed(seed), seed, ` ${format_seed(seed).replace(/-/g, " ")} `]) {
    assert.deepEqual(parse_seed(typed), { ok: true, seed });
  }
  assert.deepEqual(parse_seed("Bei9Y-ongMa4-Jian3-Piao0a"), {
    ok: false,
    group: 3,
    reason: "character",
    character: "0",
  });
  assert.deepEqual(parse_seed("Bei9Y-ongMa4-Jian-PiaoAa"), { ok: false, group: 2, reason: "length" });
});

test("the public key is g to the secret, and its proof holds in a list of keys", () => {
  for (const seed of SEEDS) {
    const { public_key } = JSON.parse(trustee_public_key(seed, fixed_random("x"))) as { public_key: string };
    assert.equal(public_key, point_hex(power(BASE, trustee_secret(seed))));
    assert.equal(own_public_key(seed), public_key);
    assert(trustee_secret(seed) < ORDER);
  }
  assert.deepEqual(trustee_keys(ELECTION, trustees_text()), SEEDS.map(own_public_key));
});

test("the keys that belenios-tool made are accepted, and their secrets give these keys", () => {
  const archive = read_archive(example_file("ed25519-basic-3.3.0.bel"));
  const keys = trustee_keys(read_any_election(archive.election), archive.trustees);
  const { trustees } = JSON.parse(readFileSync(`${VECTORS}/peer/ed25519-basic-3.3.0.json`, "utf8")) as {
    trustees: string[];
  };
  assert.deepEqual(
    keys,
    trustees.map((secret) => point_hex(power(BASE, BigInt(secret)))),
  );
});

test("keys that are not together the election's, or whose secret nobody proved, are refused", () => {
  const text = trustees_text();
  const [first, second] = JSON.parse(text) as [string, { pok: object; public_key: string }][];
  if (first === undefined || second === undefined) throw new Error("two keys");
  const list = (...keys: unknown[]): string => JSON.stringify(keys);
  refused("BadTrustee", () => trustee_keys(ELECTION, list(first)), "one is missing");
  refused("BadTrustee", () => trustee_keys(ELECTION, list(first, second, second)), "one twice");
  refused(
    "BadTrustee",
    () => trustee_keys(ELECTION, list(first, ["Single", { ...second[1], pok: first[1].pok }])),
    "proof",
  );
  refused("BadTrustee", () => trustee_keys(ELECTION, "[]"), "none");
  refused(
    "BadTrustee",
    () => trustee_keys({ ...ELECTION, public_key: own_public_key(SEEDS[0]) }, text),
    "another election",
  );
  refused(
    "BadTrustee",
    () => trustee_keys(ELECTION, list(first, ["Single", { ...second[1], public_key: "0".repeat(64) }])),
    "no point",
  );
  refused("Malformed", () => trustee_keys(ELECTION, list(first, ["Pedersen", second[1]])), "kind");
  const doubled = point_hex(power(BASE, 2n * trustee_secret(SEEDS[0])));
  refused(
    "BadTrustee",
    () => trustee_keys({ ...ELECTION, public_key: doubled }, list(first, first)),
    "one key for two",
  );
  for (const mangled of ["", "{}", "null", "[[]]", text.replace(",", ", "), text.replace("pok", "pop")]) {
    refused("Malformed", () => trustee_keys(ELECTION, mangled), mangled.slice(0, 10));
  }
});

test("a report signed with a seed verifies under its signing key and no other", () => {
  const [seed, other] = SEEDS;
  const report = "计票结果报告单：收回 3 票";
  const signature = sign_report(seed, utf8(report));
  assert.equal(is_signed(report, signature, signing_key(seed)), true);
  assert.equal(is_signed(report, signature, signing_key(other)), false);
  assert.equal(is_signed(`${report} `, signature, signing_key(seed)), false);
  assert.equal(is_signed(report, signature.toUpperCase(), signing_key(seed)), false);
  assert.equal(is_signed(report, "", signing_key(seed)), false);
  assert.notEqual(signing_key(seed), own_public_key(seed));
});

test("what is not a seed gives no key", () => {
  for (const seed of ["", "short", format_seed(SEEDS[0]), SEEDS[0].replace("B", "0"), `${SEEDS[0]}a`]) {
    refused("Malformed", () => trustee_secret(seed), seed);
    refused("Malformed", () => trustee_public_key(seed, fixed_random("x")), seed);
    refused("Malformed", () => signing_key(seed), seed);
    refused("Malformed", () => sign_report(seed, utf8("x")), seed);
  }
  refused("BadRandomness", () => new_seed((n) => new Uint8Array(n)));
  refused("BadRandomness", () => trustee_public_key(SEEDS[0], () => new Uint8Array(3)));
});

test("another election's keys are not this one's", () => {
  refused("BadTrustee", () =>
    trustee_keys({ ...election_of(STANCES), public_key: point_hex(BASE) }, trustees_text()),
  );
});
