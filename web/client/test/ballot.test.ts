import assert from "node:assert/strict";
import { test } from "node:test";

import { bytes_of_hex, text_of, utf8 } from "../ballot/encoding.ts";
import { ORDER, member_of_hex, point_hex, random_scalar } from "../ballot/group.ts";
import {
  BallotError,
  check_ballot,
  digest_hex,
  finish,
  read_archive,
  seal,
  tracker,
} from "../ballot/index.ts";
import { read_any_election, public_credential, walk } from "../ballot/index.ts";
import {
  ANY_NUMBER,
  CARDS,
  GRADES,
  SELECTION,
  STANCES,
  UUID,
  election_of,
  election_text,
  example_file,
  fixed_random,
  refused,
  seal_at_once,
} from "./examples.ts";

const BOTH = election_of(SELECTION, STANCES);
const SEALED = seal_at_once(BOTH, CARDS[0], [
  [0, 1, 0, 1],
  [0, 0, 1],
]);
const TEXT = text_of(SEALED);

function check_text(text: string): void {
  check_ballot(BOTH, utf8(text));
}

test("every choice that the rules allow is sealed into a ballot that checks", () => {
  for (const [question, choices] of [
    [SELECTION, [1, 0, 0, 0]],
    [SELECTION, [0, 0, 0, 1]],
    [SELECTION, [0, 1, 1, 0]],
    [STANCES, [1, 0, 0]],
    [STANCES, [0, 0, 1]],
    [GRADES, [0, 0, 0, 1, 0]],
    [GRADES, [0, 0, 0, 0, 1]],
    [ANY_NUMBER, [0, 0, 0]],
    [ANY_NUMBER, [0, 1, 1]],
    [ANY_NUMBER, [1, 0, 0]],
  ] as const) {
    const election = election_of(question);
    const ballot = check_ballot(election, seal_at_once(election, CARDS[1], [[...choices]]));
    assert.equal(ballot.credential, public_credential(UUID, CARDS[1]));
  }
});

test("a ballot with several questions has an answer for each, in the protocol's order of fields", () => {
  assert.deepEqual(Object.keys(JSON.parse(TEXT) as object), [
    "election_uuid",
    "election_hash",
    "credential",
    "answers",
    "signature",
  ]);
  const { answers } = check_ballot(BOTH, SEALED);
  assert.deepEqual(
    answers.map((answer) => Object.keys(answer)),
    [
      ["choices", "individual_proofs", "overall_proof", "blank_proof"],
      ["choices", "individual_proofs", "overall_proof", "blank_proof"],
    ],
  );
  assert.deepEqual(
    answers.map((answer) => [answer.choices.length, answer.overall_proof.length]),
    [
      [4, 3],
      [3, 1],
    ],
  );
  assert.equal(TEXT.includes("undefined"), false);
});

test("the ballots that belenios-tool made check", () => {
  const archive = read_archive(example_file("ed25519-basic-3.3.0.bel"));
  const election = read_any_election(archive.election);
  assert.equal(archive.ballots.length, 2);
  for (const { bytes, digest } of archive.ballots) {
    check_ballot(election, bytes);
    assert.equal(digest_hex(bytes), digest);
  }
});

test("a ballot from another sealing of the same choice has nothing in common with it but the card", () => {
  const other = JSON.parse(
    text_of(
      seal_at_once(
        BOTH,
        CARDS[0],
        [
          [0, 1, 0, 1],
          [0, 0, 1],
        ],
        "again",
      ),
    ),
  ) as object;
  const first = JSON.parse(TEXT) as object;
  const numbers = (ballot: object): string[] =>
    JSON.stringify(ballot).match(/"[0-9a-f]{64}"|"\d{70,}"/g) ?? [];
  const common = numbers(first).filter((number) => numbers(other).includes(number));
  assert.deepEqual(common, [`"${public_credential(UUID, CARDS[0])}"`]);
});

test("choices that the rules do not allow are not sealed", () => {
  for (const choices of [
    [],
    [[0, 1, 0, 0]],
    [[0, 1, 0, 0], [1, 0, 0], [1]],
    [
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      [0, 0, 0, 0],
      [1, 0, 0],
    ],
    [
      [0, 1, 1, 1],
      [1, 0, 0],
    ],
    [
      [1, 1, 0, 0],
      [1, 0, 0],
    ],
    [
      [0, 1, 0, 0],
      [0, 0, 0],
    ],
    [
      [0, 1, 0, 0],
      [1, 1, 0],
    ],
    [
      [0, 2, 0, 0],
      [1, 0, 0],
    ],
    [
      [0, 0.5, 0.5, 0],
      [1, 0, 0],
    ],
    [
      [0, 1, Number.NaN, 0],
      [1, 0, 0],
    ],
    [
      [0, 2, -1, 0],
      [1, 0, 0],
    ],
  ]) {
    refused("BadChoices", () => seal_at_once(BOTH, CARDS[0], choices), JSON.stringify(choices));
  }
});

test("nothing is sealed with a mistyped card or with randomness that fails", () => {
  refused("Malformed", () =>
    seal_at_once(BOTH, CARDS[0].replace("-", ""), [
      [0, 1, 0, 1],
      [0, 0, 1],
    ]),
  );
  for (const random of [
    (): Uint8Array => {
      throw new Error("no source");
    },
    (n: number) => new Uint8Array(n),
    (n: number) => new Uint8Array(n).fill(255),
    (n: number) => fixed_random("short")(n - 1),
  ]) {
    refused("BadRandomness", () =>
      finish(
        seal(
          BOTH,
          CARDS[0],
          [
            [0, 1, 0, 1],
            [0, 0, 1],
          ],
          random,
        ),
      ),
    );
  }
});

test("sealing goes in small steps and says how far it is", async () => {
  const seen: number[] = [];
  let pauses = 0;
  const steps = seal(
    BOTH,
    CARDS[0],
    [
      [0, 1, 0, 1],
      [0, 0, 1],
    ],
    fixed_random(CARDS[0]),
  );
  const pause = async (): Promise<void> => void (pauses += 1);
  const bytes = await walk(steps, pause, ({ done, total }) => seen.push(done / total));
  assert.deepEqual(bytes, SEALED);
  assert.equal(pauses, 4 + 1 + 3 + 1 + 1);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.equal(seen[seen.length - 1], 1);
});

test("the tracker and the digest are one hash in two writings", () => {
  assert.equal(tracker(utf8("abc")), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0");
  assert.equal(digest_hex(utf8("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.equal(tracker(SEALED).length, 43);
});

test("a ballot written in any other way is refused", () => {
  for (const [why, text] of [
    ["nothing", ""],
    ["no JSON", TEXT.slice(1)],
    ["a space", TEXT.replace(",", ", ")],
    ["a line end", `${TEXT}\n`],
    ["an unknown field", TEXT.replace(/}$/, ',"more":1}')],
    ["an unknown field in an answer", TEXT.replace('{"choices"', '{"more":1,"choices"')],
    ["a repeated field", TEXT.replace("{", '{"credential":"",')],
    ["an escape", TEXT.replace('"election_uuid":"S', '"election_uuid":"\\u0053')],
    ["a number for a text", TEXT.replace(/"challenge":"(\d+)"/, '"challenge":$1')],
    ["one answer", TEXT.replace(/"answers":\[.*\],"signature"/, '"answers":[],"signature"')],
    ["no blank proof", TEXT.replace(/,"blank_proof":\[.*?\]/, "")],
    ["no signature", TEXT.replace(/,"signature":.*$/, "}")],
  ] as const) {
    refused("Malformed", () => check_text(text), why);
  }
  refused("Malformed", () => check_ballot(BOTH, Uint8Array.of(0x22, 0xff, 0x22)), "not UTF-8");
  refused("TooLarge", () => check_ballot(BOTH, new Uint8Array(256 * 1024 + 1)));
});

test("a ballot for another election is refused", () => {
  refused("WrongElection", () => check_ballot(election_of(STANCES, SELECTION), SEALED), "fingerprint");
  const other = read_any_election(election_text([SELECTION, STANCES], { uuid: "QiTaYiLun222222" }));
  refused("WrongElection", () => check_ballot(other, SEALED), "uuid");
});

test("a ballot whose content was changed is refused by its signature", () => {
  const key = public_credential(UUID, CARDS[1]);
  refused(
    "BadSignature",
    () => check_text(TEXT.replace(public_credential(UUID, CARDS[0]), key)),
    "another card",
  );
  const swapped = TEXT.replace(/"alpha":"(\w+)","beta":"(\w+)"/, '"alpha":"$2","beta":"$1"');
  refused("BadSignature", () => check_text(swapped), "alpha and beta");
  const doubled = TEXT.replace(
    /"response":"(\d+)"}}}$/,
    (_, number: string) => `"response":"${plus_one(number)}"}}}`,
  );
  refused("BadSignature", () => check_text(doubled), "response");
});

test("numbers that are zero, not below the group order, or padded are refused", () => {
  for (const number of [
    "0",
    "00",
    "01",
    "-1",
    ORDER.toString(),
    (ORDER + 1n).toString(),
    "1e3",
    "",
    " 1",
    "9".repeat(78),
  ]) {
    const text = TEXT.replace(/"challenge":"\d+"(?=,"response":"\d+"}}}$)/, `"challenge":"${number}"`);
    assert.notEqual(text, TEXT);
    refused("BadScalar", () => check_text(text), number);
  }
});

test("a ballot whose choices seal their number with nothing, so that everybody can read it, is refused", () => {
  const election = election_of(STANCES);
  const usual = fixed_random("usual");
  let secrets = 0n;
  let calls = 0;
  const cancelling = (length: number): Uint8Array => {
    const drawn = usual(length);
    calls += 1;
    if (calls <= 2) secrets += random_scalar(() => drawn);
    return calls === 3 ? drawn_for(ORDER - 1n - (secrets % ORDER)) : drawn;
  };
  const ballot = finish(seal(election, CARDS[0], [[1, 0, 0]], cancelling));
  refused("BadPoint", () => check_ballot(election, ballot));
});

test("whatever byte of a ballot is changed, it is refused with a BallotError", () => {
  for (let at = 0; at < SEALED.length; at += 499) {
    const bytes = SEALED.slice();
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    assert.throws(
      () => check_ballot(BOTH, bytes),
      (error) => error instanceof BallotError,
      `at ${at}`,
    );
  }
});

test("a key that is no point can neither seal nor be read back from its own writing", () => {
  const key = member_of_hex(BOTH.public_key);
  assert.equal(point_hex(key), BOTH.public_key);
  refused("BadPoint", () =>
    finish(
      seal(
        { ...BOTH, public_key: "0".repeat(64) },
        CARDS[0],
        [
          [0, 1, 0, 1],
          [0, 0, 1],
        ],
        fixed_random("x"),
      ),
    ),
  );
});

/** What `random_scalar` makes n + 1 of. */
function drawn_for(n: bigint): Uint8Array {
  return bytes_of_hex(n.toString(16).padStart(128, "0"), 64, "number");
}

function plus_one(number: string): string {
  return (BigInt(number) + 1n).toString();
}
