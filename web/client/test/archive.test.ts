import assert from "node:assert/strict";
import { test } from "node:test";

import { secret_scalar } from "../ballot/credentials.ts";
import { sha256_base64, utf8 } from "../ballot/encoding.ts";
import { point_hex, point_of_hex } from "../ballot/group.ts";
import {
  type Archive,
  type Ballot,
  BallotError,
  type Part,
  type Recount,
  check_ballot,
  checker,
  finish,
  public_credential,
  read_archive,
  read_box,
  recount,
  settle,
} from "../ballot/index.ts";
import { prove_knowledge } from "../ballot/proofs.ts";
import { Bel, type Parts, tally_of, write_archive } from "./bel.ts";
import {
  CARDS,
  SELECTION,
  STANCES,
  UUID,
  credentials_text,
  election_of,
  election_text,
  example_file,
  fixed_random,
  json,
  refused,
  seal_at_once,
  trustees_text,
} from "./examples.ts";

const ELECTION = election_of(SELECTION);
const BALLOTS = CARDS.slice(0, 2).map((card) => seal_at_once(ELECTION, card, [[0, 1, 0, 1]]));
const [FIRST, SECOND] = BALLOTS as [Uint8Array, Uint8Array];
const THIRD = seal_at_once(ELECTION, CARDS[2], [[1, 0, 0, 0]]);
const SUM = tally_of(BALLOTS.map((bytes) => check_ballot(ELECTION, bytes)));
const PARTS: Parts = {
  election: ELECTION.text,
  trustees: trustees_text(),
  credentials: credentials_text(),
  ballots: BALLOTS,
  tally: SUM,
};

function archive_of(changes: Partial<Parts> = {}): Archive {
  return read_archive(write_archive({ ...PARTS, ...changes }));
}

const CHECK = checker(ELECTION.text);

/** What threads hand over: each ballot as a run of its own, written as text and read again. */
function recount_in_parts(archive: Archive): Recount {
  const box = read_box(archive);
  const check = box.election.text === ELECTION.text ? CHECK : checker(box.election.text);
  const parts: Part[] = [];
  for (const { bytes } of box.ballots) {
    const part = finish(check([bytes]));
    parts.push(json(JSON.stringify(part)) as Part);
    if (part.refusal !== null) break;
  }
  return settle(box, parts);
}

function outcome(work: () => Recount): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** In one go and in parts: whatever is found, or wrong, is the same. */
function recount_of(changes: Partial<Parts>): Recount {
  const archive = archive_of(changes);
  const found = outcome(() => finish(recount(archive)));
  assert.deepEqual(
    outcome(() => recount_in_parts(archive)),
    found,
  );
  if (found instanceof BallotError) throw found;
  return found as Recount;
}

test("an archive that belenios-tool made is read, and its sum is that of its ballots", () => {
  const archive = read_archive(example_file("ed25519-basic-3.3.0.bel"));
  assert.deepEqual(
    archive.events.map(({ type }) => type),
    [
      "Setup",
      "Ballot",
      "Ballot",
      "EndBallots",
      "EncryptedTally",
      "PartialDecryption",
      "PartialDecryption",
      "Result",
    ],
  );
  const found = finish(recount(archive));
  assert.equal(found.head, "b3d946b188b1d265f4ed577b44e39cf8230cd9a87f86265bdd26607f4b5d894b");
  assert.equal(
    found.encrypted_tally_hash,
    "987ac68f7d7caabf8ee28b2331d48a80b0ac5dd5b674b2afdc788a826477bd6e",
  );
  assert.equal(found.ballots, 2);
  assert.equal(found.election.uuid, "ir3x7XriMAWbJG");
});

test("a box that we closed is recounted, in one step a ballot", () => {
  const steps = recount(archive_of());
  const seen = [steps.next().value, steps.next().value];
  assert.deepEqual(seen, [
    { done: 1, total: 2 },
    { done: 2, total: 2 },
  ]);
  const { head, ballots, election, encrypted_tally_text } = finish(steps);
  assert.equal(head, archive_of().events[4]?.hash);
  assert.equal(ballots, 2);
  assert.equal(election.fingerprint, ELECTION.fingerprint);
  assert.equal(encrypted_tally_text, SUM);
});

test("the box in which nobody voted holds the identity", () => {
  const identity = `${"0".repeat(63)}1`;
  const tally = JSON.stringify([new Array(4).fill({ alpha: identity, beta: identity })]);
  const { ballots, encrypted_tally_text } = recount_of({ ballots: [], tally });
  assert.equal(ballots, 0);
  assert.equal(encrypted_tally_text, tally);
});

test("the head is the closing of the box, whatever followed", () => {
  const decryptions = ["[]"];
  assert.equal(recount_of({ decryptions }).head, recount_of({}).head);
});

test("a box that is not closed is not recounted", () => {
  for (const last of ["Ballot", "EndBallots"]) {
    refused("BadChain", () => finish(recount(read_archive(write_archive(PARTS, last)))), last);
  }
});

test("a sum that is not that of the ballots is refused", () => {
  const other = tally_of([check_ballot(ELECTION, FIRST)]);
  refused("BadTally", () => recount_of({ tally: other }), "one left out of the sum");
  refused("BadTally", () => recount_of({ ballots: [FIRST] }), "one left out of the box");
  refused("BadTally", () => recount_of({ ballots: [...BALLOTS, THIRD] }), "one more in the box");
  refused("BadTally", () => recount_of({ tally: "[]" }), "no sum");
  refused("BadTally", () => recount_of({ tally: JSON.stringify([JSON.parse(SUM)[0].slice(1)]) }), "shape");
  refused("Malformed", () => recount_of({ tally: SUM.replace(",", ", ") }), "writing");
  refused("BadTally", () => recount_of({ num_tallied: 3 }), "number");
  refused("BadTally", () => recount_of({ total_weight: 3 }), "weight");
});

test("a ballot of no card, and a second ballot of one card, are refused", () => {
  const credentials = JSON.stringify(
    (JSON.parse(PARTS.credentials) as string[]).filter((one) => !text_of(FIRST).includes(one)),
  );
  refused("UnknownCredential", () => recount_of({ credentials }));
  const again = seal_at_once(ELECTION, CARDS[0], [[1, 0, 0, 0]], "again");
  refused("UnknownCredential", () => recount_of({ ballots: [...BALLOTS, again] }));
});

test("a ballot that belongs to another election, or is none, is refused", () => {
  const stray = seal_at_once(election_of(STANCES), CARDS[2], [[1, 0, 0]]);
  refused("WrongElection", () => recount_of({ ballots: [...BALLOTS, stray] }));
  refused("Malformed", () => recount_of({ ballots: [...BALLOTS, utf8("{}")] }));
  refused("BadElection", () => recount_of({ election: election_text([]) }));
});

test("a list of cards with one twice, with weights, or that is none is refused", () => {
  const cards = JSON.parse(PARTS.credentials) as string[];
  refused("BadCredentials", () => recount_of({ credentials: JSON.stringify([...cards, cards[0]]) }));
  refused("BadCredentials", () =>
    recount_of({ credentials: JSON.stringify(cards.map((card) => `${card},2`)) }),
  );
  refused("Malformed", () => recount_of({ credentials: "{}" }));
  refused("BadTrustee", () => recount_of({ trustees: "[]" }));
});

test("a ballot that cancels the others, so that the sum is one deputy's vote, is refused for its proofs", () => {
  const forged = cancelling(FIRST, CARDS[2]);
  const ballots = [FIRST, SECOND, forged];
  const tally = tally_of(ballots.map((bytes) => json(text_of(bytes)) as Ballot));
  assert.equal(tally, tally_of([check_ballot(ELECTION, SECOND)]));
  refused("BadProof", () => recount_of({ ballots, tally }));
});

test("of several ballots that are wrong the first is named, and a ballot that nobody checked is missed", () => {
  const credentials = JSON.stringify(
    (JSON.parse(PARTS.credentials) as string[]).filter((one) => !text_of(SECOND).includes(one)),
  );
  const forged = cancelling(FIRST, CARDS[2]);
  refused("UnknownCredential", () => recount_of({ credentials, ballots: [FIRST, SECOND, forged] }));
  refused("BadProof", () => recount_of({ credentials, ballots: [FIRST, forged, SECOND] }));
  const box = read_box(archive_of());
  const one_less = read_box(archive_of({ num_tallied: 1, total_weight: 1 }));
  const [first, second] = [FIRST, SECOND].map((bytes) => finish(CHECK([bytes]))) as [Part, Part];
  const added = { ...first, sums: finish(CHECK([FIRST, SECOND])).sums };
  refused("BadTally", () => settle(one_less, [added]), "in the sum, and not checked");
  refused("UnknownCredential", () => settle(box, [first, first, second]), "checked twice");
  assert.equal(settle(box, [first, second]).ballots, 2);
});

test("whatever byte of an archive is changed, it is not read", () => {
  const file = write_archive(PARTS);
  for (let at = 0; at < file.length; at += 61) {
    const changed = file.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    refused(["BadArchive", "BadChain", "Malformed"], () => read_archive(changed), `at ${at}`);
  }
});

test("an archive that is cut off anywhere but after an event is not read", () => {
  const file = write_archive(PARTS);
  for (let at = 0; at < file.length; at += 256) {
    try {
      read_archive(file.subarray(0, at));
    } catch (error) {
      assert(error instanceof BallotError);
      continue;
    }
    assert.deepEqual(last_name(file.subarray(0, at)), "event.json", `at ${at}`);
  }
  refused("BadArchive", () => read_archive(new Uint8Array(0)));
  const ended = Uint8Array.from([...file, ...new Uint8Array(1024)]);
  refused("BadArchive", () => read_archive(ended), "end-of-archive blocks");
});

function text_of(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Signed with an unused card: the inverse of each ciphertext of a ballot, with that ballot's proofs. */
function cancelling(ballot: Uint8Array, card: string): Uint8Array {
  const { signature: _, ...rest } = json(text_of(ballot)) as Ballot;
  const inverse = (hex: string): string => point_hex(point_of_hex(hex).negate());
  const answers = rest.answers.map((answer) => ({
    ...answer,
    choices: answer.choices.map(({ alpha, beta }) => ({ alpha: inverse(alpha), beta: inverse(beta) })),
  }));
  const unsigned = { ...rest, credential: public_credential(UUID, card), answers };
  const hash = sha256_base64(JSON.stringify(unsigned));
  const proof = prove_knowledge(`sig|${hash}|`, secret_scalar(UUID, card), fixed_random(card));
  return utf8(JSON.stringify({ ...unsigned, signature: { hash, proof } }));
}

function last_name(file: Uint8Array): string {
  const names = text_of(file).match(/[0-9a-f]{64}\.(data|event)\.json/g) ?? [];
  return names[names.length - 1]?.slice(65) ?? "";
}

/** A closed box in which one thing is done otherwise. */
function box(change: (file: Bel) => void): Uint8Array {
  const file = new Bel();
  const [election, trustees, credentials] = [PARTS.election, PARTS.trustees, PARTS.credentials].map((text) =>
    file.data(text),
  );
  file.event("Setup", file.data(JSON.stringify({ election, trustees, credentials })));
  change(file);
  return file.bytes();
}

test("events that do not follow one another are refused", () => {
  for (const [why, change] of [
    [
      "a wrong parent",
      (file: Bel): void => file.event("Ballot", file.data(FIRST), { parent: "0".repeat(64) }),
    ],
    ["a wrong height", (file: Bel): void => file.event("Ballot", file.data(FIRST), { height: 7 })],
    ["no payload", (file: Bel): void => file.event("Ballot")],
    ["a payload of EndBallots", (file: Bel): void => file.event("EndBallots", file.data(FIRST))],
    ["a sum before the end", (file: Bel): void => file.event("EncryptedTally", file.data(FIRST))],
    ["a second Setup", (file: Bel): void => file.event("Setup", file.data(FIRST))],
    [
      "a ballot after the end",
      (file: Bel): void => {
        file.event("EndBallots");
        file.event("Ballot", file.data(FIRST));
      },
    ],
    ["data of no event", (file: Bel): void => void file.data(FIRST)],
    [
      "data of another event",
      (file: Bel): void => {
        file.data(SECOND);
        file.event("Ballot", file.data(FIRST));
      },
    ],
    ["a payload that is not there", (file: Bel): void => file.event("Ballot", "0".repeat(64))],
    [
      "one ballot twice",
      (file: Bel): void => {
        file.event("Ballot", file.data(FIRST));
        file.event("Ballot", file.data(FIRST));
      },
    ],
  ] as const) {
    refused("BadChain", () => read_archive(box(change)), why);
  }
});

test("an event or a header written in any other way is refused", () => {
  refused("Malformed", () => read_archive(box((file) => file.event("Shuffle", file.data(FIRST)))));
  refused("Malformed", () =>
    read_archive(box((file) => file.event("Ballot", file.data(FIRST), { more: 1 }))),
  );
  refused("BadChain", () => read_archive(new Bel().bytes()), "nothing but a header");
  for (const header of [
    "{}",
    '{"version":1,"timestamp":1795302733}',
    '{"version":2,"timestamp":"1795302733"}',
    '{"version":1, "timestamp":"1795302733"}',
  ]) {
    refused("Malformed", () => read_archive(new Bel(header).bytes()), header);
  }
  for (const timestamp of ["", "x", "01", "-1", "1e9", "99999999999"]) {
    refused(
      "BadArchive",
      () => read_archive(new Bel(JSON.stringify({ version: 1, timestamp })).bytes()),
      timestamp,
    );
  }
});
