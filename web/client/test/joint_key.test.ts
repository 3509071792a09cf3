import assert from "node:assert/strict";
import { test } from "node:test";

import {
  comparison_code,
  deal,
  is_own_certificate,
  is_signed_by,
  make_certificate,
  new_seed,
  read_ceremony,
  read_joint_key,
  receive,
  sign_text,
} from "../ballot/index.ts";
import { fixed_random, refused, trustees_text } from "./examples.ts";

const RANDOM = fixed_random("joint key");
const SEEDS = [new_seed(RANDOM), new_seed(RANDOM), new_seed(RANDOM)];

interface Parts {
  threshold: number;
  certs: unknown[];
  coefexps: unknown[];
  signatures: unknown[];
  verification_keys: Record<string, unknown>[];
}

/** The document of two of three, as anybody puts it together from their messages. */
function made(): Parts {
  const certificates = SEEDS.map((seed, place) => make_certificate(seed, place + 1, 2, 3, RANDOM));
  const ceremony = read_ceremony(certificates, 2);
  const deals = SEEDS.map((seed) => deal(seed, ceremony, RANDOM));
  const shares = SEEDS.map((seed) => receive(seed, ceremony, deals, RANDOM));
  const dealt = deals.map((one) => JSON.parse(one) as Record<string, unknown>);
  return {
    threshold: 2,
    certs: certificates.map((one) => JSON.parse(one) as unknown),
    coefexps: dealt.map((one) => one["coefexps"]),
    signatures: dealt.map((one) => one["signature"]),
    verification_keys: shares.map(
      (one) => (JSON.parse(one) as { public_key: Record<string, unknown> }).public_key,
    ),
  };
}

const PARTS = made();

function document(changes: Partial<Parts> = {}, kind = "Pedersen"): string {
  return JSON.stringify([[kind, { ...PARTS, ...changes }]]);
}

function swapped<T>(list: readonly T[]): T[] {
  return [list[1], list[0], list[2]] as T[];
}

test("of a common key everybody's half is read in order, and the own secret fits", () => {
  const { keys, ceremony } = read_joint_key(document());
  assert.deepEqual(
    keys,
    PARTS.verification_keys.map((one) => one["public_key"]),
  );
  assert.equal(ceremony?.parties.length, 3);
});

test("own keys are read as before, and a mixture is not", () => {
  const { keys, ceremony } = read_joint_key(trustees_text());
  assert.equal(ceremony, null);
  assert(keys.length > 0);
  const [first] = JSON.parse(document()) as unknown[];
  refused("BadTrustee", () =>
    read_joint_key(JSON.stringify([...(JSON.parse(trustees_text()) as unknown[]), first])),
  );
  refused("Malformed", () => read_joint_key(document({}, "Other")));
});

for (const [what, changes] of Object.entries<Partial<Parts>>({
  "another threshold": { threshold: 3 },
  "certificates in another order": { certs: swapped(PARTS.certs) },
  "commitments in another order": { coefexps: swapped(PARTS.coefexps) },
  "agreements in another order": { signatures: swapped(PARTS.signatures) },
  "halves in another order": { verification_keys: swapped(PARTS.verification_keys) },
  "a half too few": { verification_keys: PARTS.verification_keys.slice(1) },
  "an agreement too few": { signatures: PARTS.signatures.slice(1) },
  "one person twice": { certs: [PARTS.certs[0], PARTS.certs[0], PARTS.certs[2]] },
})) {
  test(`a common key with ${what} is refused`, () => {
    refused("BadTrustee", () => read_joint_key(document(changes)));
  });
}

test("a half that was signed by another, or proved by nobody, is refused", () => {
  const [first, second] = PARTS.verification_keys;
  assert(first !== undefined && second !== undefined);
  for (const part of ["pok", "signature"]) {
    const forged = [{ ...first, [part]: second[part] }, ...PARTS.verification_keys.slice(1)];
    refused("BadTrustee", () => read_joint_key(document({ verification_keys: forged })));
  }
});

test("what one signs beside the key is known by that one's certificate", () => {
  const [seed = "", other = ""] = SEEDS;
  const parties = read_joint_key(document()).ceremony?.parties ?? [];
  const signature = sign_text(seed, "head", RANDOM);
  assert.deepEqual(
    parties.map((party) => is_signed_by(party, "head", signature)),
    [true, false, false],
  );
  assert(!is_signed_by(parties[0] as (typeof parties)[0], "other", signature));
  assert(!is_signed_by(parties[0] as (typeof parties)[0], "head", "{}"));
  const own = JSON.stringify(PARTS.certs[0]);
  assert.deepEqual([is_own_certificate(seed, own), is_own_certificate(other, own)], [true, false]);
});

test("the code tells documents apart, in twenty characters that can be read out", () => {
  const code = comparison_code(document());
  assert(/^[0-9A-HJKMNP-TV-Z]{20}$/.test(code));
  assert.equal(code, comparison_code(document()));
  assert.notEqual(code, comparison_code(document() + " "));
});

