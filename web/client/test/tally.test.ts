import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  BASE,
  IDENTITY,
  ORDER,
  type Point,
  hash_to_scalar,
  modulo,
  point_of_hex,
  power,
  product,
} from "../ballot/group.ts";
import {
  type AnyElection,
  check_ballot,
  decrypt_with,
  own_public_key,
  partial_decryption,
  read_any_election,
  read_archive,
  trustee_secret,
} from "../ballot/index.ts";
import { type Sealed, sealed_of } from "../ballot/proofs.ts";
import { tally_of } from "./bel.ts";
import {
  CARDS,
  SEEDS,
  SELECTION,
  STANCES,
  VECTORS,
  election_of,
  example_file,
  fixed_random,
  refused,
  seal_at_once,
} from "./examples.ts";

const ELECTION = election_of(SELECTION);
const SUM = tally_of([
  check_ballot(ELECTION, seal_at_once(ELECTION, CARDS[0], [[0, 1, 0, 1]])),
  check_ballot(ELECTION, seal_at_once(ELECTION, CARDS[1], [[0, 0, 0, 1]])),
  check_ballot(ELECTION, seal_at_once(ELECTION, CARDS[2], [[1, 0, 0, 0]])),
]);
const IDENTITY_HEX = `${"0".repeat(63)}1`;

interface Decryption {
  readonly decryption_factors: string[][];
  readonly decryption_proofs: { challenge: string; response: string }[][];
}

/** The counts that all scrutineers' parts together give: g^count = beta / product of the factors. */
function open(tally: string, parts: readonly string[]): number[][] {
  const rows = JSON.parse(tally) as { alpha: string; beta: string }[][];
  const decryptions = parts.map((part) => JSON.parse(part) as Decryption);
  return rows.map((row, question) =>
    row.map((choice, index) => {
      const factors = decryptions.map((one) => point_of_hex(one.decryption_factors[question]?.[index] ?? ""));
      return logarithm(sealed_of(choice).beta.subtract(factors.reduce(product, IDENTITY)));
    }),
  );
}

function logarithm(point: Point): number {
  let reached = IDENTITY;
  for (let n = 0; n < 100; n += 1, reached = product(reached, BASE)) if (reached.equals(point)) return n;
  throw new Error("no small count");
}

/** NOTES §7, written once more: chal = H("decrypt|φ|X|", g^resp·X^chal, alpha^resp·f^chal). */
function proofs_hold(election: AnyElection, key: string, tally: string, part: string): boolean {
  const { decryption_factors, decryption_proofs } = JSON.parse(part) as Decryption;
  const choices = (JSON.parse(tally) as { alpha: string; beta: string }[][]).flat().map(sealed_of);
  const factors = decryption_factors.flat().map(point_of_hex);
  return decryption_proofs.flat().every(({ challenge, response }, index) => {
    const [c, r] = [BigInt(challenge), BigInt(response)];
    const { alpha } = choices[index] as Sealed;
    const a = product(power(BASE, r), power(point_of_hex(key), c));
    const b = product(power(alpha, r), power(factors[index] as Point, c));
    return (
      hash_to_scalar(`decrypt|${election.fingerprint}|${key}|`, [a, b]) === c && c < ORDER && r === modulo(r)
    );
  });
}

test("the scrutineers' parts open the sum together, and each proves its part", () => {
  const parts = SEEDS.map((seed) => partial_decryption(ELECTION, SUM, seed, fixed_random(seed)));
  assert.deepEqual(open(SUM, parts), [[1, 1, 0, 2]]);
  parts.forEach((part, index) =>
    assert(proofs_hold(ELECTION, own_public_key(SEEDS[index] ?? ""), SUM, part)),
  );
  assert.equal(proofs_hold(ELECTION, own_public_key(SEEDS[1]), SUM, parts[0] ?? ""), false);
});

test("the secrets of belenios-tool's example open its sum", () => {
  const archive = read_archive(example_file("ed25519-basic-3.3.0.bel"));
  const election = read_any_election(archive.election);
  const tally = archive.encrypted_tally?.text ?? "";
  const { trustees } = JSON.parse(readFileSync(`${VECTORS}/peer/ed25519-basic-3.3.0.json`, "utf8")) as {
    trustees: string[];
  };
  const parts = trustees.map((secret) => decrypt_with(election, tally, BigInt(secret), fixed_random(secret)));
  assert.deepEqual(open(tally, parts), [
    [1, 1, 0],
    [1, 1, 1, 0],
  ]);
});

test("the sum of no ballots opens to nothing", () => {
  const nothing = JSON.stringify([new Array(4).fill({ alpha: IDENTITY_HEX, beta: IDENTITY_HEX })]);
  const parts = SEEDS.map((seed) => partial_decryption(ELECTION, nothing, seed, fixed_random(seed)));
  assert.deepEqual(open(nothing, parts), [[0, 0, 0, 0]]);
  parts.forEach((part, index) =>
    assert(proofs_hold(ELECTION, own_public_key(SEEDS[index] ?? ""), nothing, part)),
  );
});

test("a sum outside the group, of another shape, or written otherwise is not touched", () => {
  const [seed] = SEEDS;
  const decrypt = (tally: string) => (): string =>
    partial_decryption(ELECTION, tally, seed, fixed_random("x"));
  refused("BadTally", decrypt("[]"), "no question");
  refused(
    "BadTally",
    decrypt(
      tally_of([
        check_ballot(election_of(STANCES), seal_at_once(election_of(STANCES), CARDS[0], [[1, 0, 0]])),
      ]),
    ),
  );
  for (const alpha of [`7${"f".repeat(61)}ec`, "99".repeat(31) + "95", "0".repeat(64)]) {
    refused("BadPoint", decrypt(SUM.replace(/"alpha":"\w+"/, `"alpha":"${alpha}"`)), alpha);
  }
  for (const tally of ["", "null", "[[]", SUM.replace(",", ", "), SUM.replace("alpha", "gamma")]) {
    refused("Malformed", decrypt(tally), tally.slice(0, 10));
  }
  refused("Malformed", () => partial_decryption(ELECTION, SUM, "seed", fixed_random("x")));
  refused("BadRandomness", () => partial_decryption(ELECTION, SUM, seed, (n) => new Uint8Array(n)));
  assert(trustee_secret(seed) > 0n);
});
