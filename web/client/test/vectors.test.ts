import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { utf8 } from "../ballot/encoding.ts";
import {
  BallotError,
  type Receipt,
  check_ballot,
  check_receipt,
  partial_decryption,
  public_credential,
  read_any_election,
  read_election,
  sign_report,
  signing_key,
  tracker,
  trustee_public_key,
  trustee_secret,
} from "../ballot/index.ts";
import { VECTORS, fixed_random } from "./examples.ts";
import { type Vector, vectors } from "./vectors.ts";

const FILES = readdirSync(VECTORS).filter((name) => name.endsWith(".json"));

function content(name: string): Vector {
  return JSON.parse(readFileSync(`${VECTORS}/${name}`, "utf8")) as Vector;
}

/** What each kind of vector does with its inputs, which are all text; vectors of other kinds are Python's alone. */
const TRIALS: {
  readonly [kind: string]: (vector: { readonly [name: string]: string }, all: Vector) => void;
} = {
  public_credential: ({ uuid = "", credential = "", public_credential: derived }) => {
    assert.equal(public_credential(uuid, credential), derived);
  },
  election: ({ election = "", fingerprint }) => {
    assert.equal(read_election(election).fingerprint, fingerprint);
  },
  ballot: ({ election = "", ballot = "", tracker: expected }) => {
    check_ballot(read_any_election(election), utf8(ballot));
    if (expected !== undefined) assert.equal(tracker(utf8(ballot)), expected);
  },
  receipt: ({ election = "", tracker: own = "" }, all) => {
    const accepted = check_receipt(read_election(election), own, all["receipt"] as Receipt);
    if (!accepted) throw new BallotError("BadSignature", "receipt");
  },
  scrutineer: ({
    seed = "",
    secret,
    trustee_public_key: key,
    signing_key: signer,
    report = "",
    signature,
  }) => {
    assert.equal(trustee_secret(seed).toString(), secret);
    assert.equal(trustee_public_key(seed, fixed_random(seed)), key);
    assert.equal(signing_key(seed), signer);
    assert.equal(sign_report(seed, utf8(report)), signature);
  },
  partial_decryption: ({ election = "", encrypted_tally = "", seed = "", decryption }) => {
    const made = partial_decryption(
      read_election(election),
      encrypted_tally,
      seed,
      fixed_random("decryption"),
    );
    assert.equal(made, decryption);
  },
};

function outcome(vector: Vector): string {
  try {
    TRIALS[vector.kind]?.(vector as unknown as { [name: string]: string }, vector);
    return "ok";
  } catch (error) {
    if (error instanceof BallotError) return error.kind;
    throw error;
  }
}

test("every stored vector has the outcome it expects", () => {
  const known = FILES.filter((name) => content(name).kind in TRIALS);
  assert(known.length >= vectors().size);
  for (const name of known) {
    const vector = content(name);
    // Whether a decryption is another's shows only to whoever checks it, and the client makes them.
    const expect = vector.kind === "partial_decryption" ? "ok" : vector.expect;
    assert.equal(outcome(vector), expect, `${name}: ${vector.comment}`);
  }
});

test("the stored vectors of the client are those that its generator makes", () => {
  for (const [name, vector] of vectors()) {
    assert.deepEqual(content(`client-${name}.json`), vector, name);
  }
  assert.equal(FILES.filter((name) => name.startsWith("client-")).length, vectors().size);
});
