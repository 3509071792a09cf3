/** The vectors that the client adds to ballots/vectors, all from fixed randomness; `npm run vectors` writes them. */
import { secret_scalar } from "../ballot/credentials.ts";
import { sha256_base64, text_of, utf8 } from "../ballot/encoding.ts";
import { ORDER, point_hex, point_of_hex } from "../ballot/group.ts";
import {
  type Kind,
  check_ballot,
  decrypt_with,
  own_public_key,
  public_credential,
  sign_report,
  signing_key,
  tracker,
  trustee_public_key,
  trustee_secret,
} from "../ballot/index.ts";
import { prove_knowledge } from "../ballot/proofs.ts";
import { tally_of } from "./bel.ts";
import {
  ANY_NUMBER,
  CARDS,
  GRADES,
  SEEDS,
  SELECTION,
  SERVER_SEED,
  STANCES,
  UUID,
  election_of,
  election_text,
  fixed_random,
  seal_at_once,
} from "./examples.ts";

export type Vector = { readonly kind: string; readonly comment: string; readonly expect: string } & {
  readonly [name: string]: unknown;
};

const [CARD, OTHER_CARD] = CARDS;
const ELECTION = election_of(ANY_NUMBER);
const BALLOT = text_of(seal_at_once(ELECTION, CARD, [[0, 1, 0]]));
const IDENTITY = `${"0".repeat(63)}1`;
const ORDER_2 = `7${"f".repeat(61)}ec`;
const ORDER_2Q = "99".repeat(31) + "95";

/** Every vector by its file name without `client-` and `.json`. */
export function vectors(): Map<string, Vector> {
  return new Map([
    ...cards(),
    ...elections(),
    ...good_ballots(),
    ...bad_ballots(),
    ...receipts(),
    ...keys(),
    ...decryptions(),
  ]);
}

function* cards(): Iterable<[string, Vector]> {
  for (const [index, credential] of CARDS.entries()) {
    const derived = public_credential(UUID, credential);
    yield [
      `credential-${index + 1}`,
      {
        kind: "public_credential",
        comment: "g to the derived secret",
        expect: "ok",
        uuid: UUID,
        credential,
        public_credential: derived,
      },
    ];
  }
  for (const [name, credential] of [
    ["no-dashes", CARD.replace(/-/g, "")],
    ["zero", CARD.replace("A", "0")],
    ["lower-l", CARD.replace("A", "l")],
  ] as const) {
    yield [
      `credential-${name}`,
      { kind: "public_credential", comment: name, expect: "Malformed", uuid: UUID, credential },
    ];
  }
}

function* elections(): Iterable<[string, Vector]> {
  const good = election_text([SELECTION, STANCES]);
  yield [
    "election",
    election("ok", "one question with a blank, one without", good, { fingerprint: sha256_base64(good) }),
  ];
  for (const [name, expect, text] of [
    ["space", "Malformed", good.replace(":", ": ")],
    ["repeated-field", "Malformed", good.replace("{", '{"version":1,')],
    ["unknown-field", "Malformed", good.replace(/}$/, ',"more":1}')],
    ["null-field", "Malformed", good.replace(/}$/, ',"administrator":null}')],
    ["escape", "Malformed", good.replace("示", "\\u793a")],
    ["version", "BadElection", election_text([SELECTION], { version: 2 })],
    ["group", "BadElection", election_text([SELECTION], { group: "BELENIOS-2048" })],
    ["min-above-max", "BadElection", election_text([{ ...SELECTION, min: 3 }])],
    ["max-above-answers", "BadElection", election_text([{ ...SELECTION, max: 4 }])],
    ["answer-twice", "BadElection", election_text([{ ...SELECTION, answers: ["甲", "甲", "乙"] }])],
    ["no-question", "BadElection", election_text([])],
    ["uuid", "BadElection", election_text([SELECTION], { uuid: "ShiYanPiaoJue0" })],
    ["key-identity", "BadPoint", election_text([SELECTION], { public_key: IDENTITY })],
    ["key-order-2", "BadPoint", election_text([SELECTION], { public_key: ORDER_2 })],
    ["key-order-2q", "BadPoint", election_text([SELECTION], { public_key: ORDER_2Q })],
    [
      "key-capitals",
      "BadPoint",
      election_text([SELECTION], { public_key: own_public_key(SEEDS[0]).toUpperCase() }),
    ],
  ] as const) {
    yield [`election-${name}`, election(expect, name, text)];
  }
}

function election(expect: Kind | "ok", comment: string, text: string, more: object = {}): Vector {
  return { kind: "election", comment, expect, election: text, ...more };
}

function* good_ballots(): Iterable<[string, Vector]> {
  for (const [name, question, choices] of [
    ["chosen", SELECTION, [0, 1, 0, 1]],
    ["blank", SELECTION, [1, 0, 0, 0]],
    ["stance", STANCES, [0, 1, 0]],
    ["grade", GRADES, [0, 1, 0, 0, 0]],
    ["none-chosen", ANY_NUMBER, [0, 0, 0]],
  ] as const) {
    const voted = election_of(question);
    const sealed = seal_at_once(voted, CARD, [[...choices]]);
    yield [
      `ballot-${name}`,
      ballot("ok", name, text_of(sealed), { election: voted.text, tracker: tracker(sealed) }),
    ];
  }
}

function ballot(expect: Kind | "ok", comment: string, text: string, more: object = {}): Vector {
  return { kind: "ballot", comment, expect, election: ELECTION.text, ballot: text, ...more };
}

function* bad_ballots(): Iterable<[string, Vector]> {
  const first = /"alpha":"\w+"/;
  const shift = (text: string): string =>
    text.replace(/\d+/, (number) => ((BigInt(number) % (ORDER - 1n)) + 1n).toString());
  for (const [name, expect, text] of [
    ["space", "Malformed", BALLOT.replace(",", ", ")],
    [
      "order-of-fields",
      "Malformed",
      signed(BALLOT.replace(/"alpha":("\w+"),"beta":("\w+")/, '"beta":$2,"alpha":$1')),
    ],
    ["unknown-field", "Malformed", signed(BALLOT.replace('{"choices"', '{"more":1,"choices"'))],
    ["number-for-text", "Malformed", signed(BALLOT.replace(/"challenge":"(\d+)"/, '"challenge":$1'))],
    ["three-choices-of-four", "Malformed", signed(BALLOT.replace(/{"alpha":"\w+","beta":"\w+"},/, ""))],
    ["wrong-fingerprint", "WrongElection", signed(BALLOT.replace(ELECTION.fingerprint, "A".repeat(43)))],
    ["wrong-uuid", "WrongElection", signed(BALLOT.replace(UUID, `${UUID}a`))],
    ["changed-after-signing", "BadSignature", BALLOT.replace(/"challenge":"\d+"/, shift)],
    [
      "signature-names-another-hash",
      "BadSignature",
      BALLOT.replace(/"hash":"[^"]*"/, `"hash":"${"A".repeat(43)}"`),
    ],
    ["signed-by-another", "BadSignature", signed(BALLOT, OTHER_CARD)],
    [
      "another-card",
      "BadProof",
      signed(BALLOT.replace(public_credential(UUID, CARD), public_credential(UUID, OTHER_CARD)), OTHER_CARD),
    ],
    ["bit-proof", "BadProof", signed(BALLOT.replace(/"individual_proofs":\[\[{"challenge":"\d+"/, shift))],
    ["sum-proof", "BadProof", signed(BALLOT.replace(/"overall_proof":\[{"challenge":"\d+"/, shift))],
    ["blank-proof", "BadProof", signed(BALLOT.replace(/"blank_proof":\[{"challenge":"\d+"/, shift))],
    [
      "swapped-choices",
      "BadProof",
      signed(BALLOT.replace(/({"alpha":"\w+","beta":"\w+"}),({"alpha":"\w+","beta":"\w+"})/, "$2,$1")),
    ],
    ["inverse-choice", "BadProof", signed(BALLOT.replace(/"alpha":"(\w+)","beta":"(\w+)"/, inverse))],
    ["zero-challenge", "BadScalar", signed(BALLOT.replace(/"challenge":"\d+"/, '"challenge":"0"'))],
    ["response-of-order", "BadScalar", signed(BALLOT.replace(/"response":"\d+"/, `"response":"${ORDER}"`))],
    ["padded-response", "BadScalar", signed(BALLOT.replace(/"response":"(\d+)"/, '"response":"0$1"'))],
    ["alpha-identity", "BadPoint", signed(BALLOT.replace(first, `"alpha":"${IDENTITY}"`))],
    ["alpha-order-2", "BadPoint", signed(BALLOT.replace(first, `"alpha":"${ORDER_2}"`))],
    ["alpha-order-2q", "BadPoint", signed(BALLOT.replace(first, `"alpha":"${ORDER_2Q}"`))],
    ["alpha-off-curve", "BadPoint", signed(BALLOT.replace(first, `"alpha":"${"0".repeat(63)}2"`))],
    ["alpha-not-canonical", "BadPoint", signed(BALLOT.replace(first, `"alpha":"7${"f".repeat(61)}ee"`))],
    ["alpha-capitals", "BadPoint", signed(BALLOT.replace(first, `"alpha":"${"AB".repeat(32)}"`))],
    ["credential-order-2q", "BadPoint", signed(BALLOT.replace(public_credential(UUID, CARD), ORDER_2Q))],
  ] as const) {
    yield [`ballot-${name}`, ballot(expect, name, text)];
  }
}

/** The ballot with a new signature over what now stands in it. */
function signed(text: string, card: string = CARD): string {
  const unsigned = `${text.slice(0, text.lastIndexOf(',"signature":'))}}`;
  const hash = sha256_base64(unsigned);
  const proof = prove_knowledge(`sig|${hash}|`, secret_scalar(UUID, card), fixed_random("signed"));
  return `${unsigned.slice(0, -1)},"signature":${JSON.stringify({ hash, proof })}}`;
}

function inverse(_: string, alpha: string, beta: string): string {
  const [a, b] = [alpha, beta].map((hex) => point_hex(point_of_hex(hex).negate()));
  return `"alpha":"${a}","beta":"${b}"`;
}

function* receipts(): Iterable<[string, Vector]> {
  const own = tracker(utf8(BALLOT));
  const message = `piaojue-receipt|${ELECTION.fingerprint}|${own}`;
  const sign = (seed: string, text: string): object => ({
    fingerprint: ELECTION.fingerprint,
    tracker: own,
    signature: sign_report(seed, utf8(text)),
  });
  for (const [name, expect, receipt] of [
    ["receipt", "ok", sign(SERVER_SEED, message)],
    ["receipt-another-key", "BadSignature", sign(SEEDS[0], message)],
    ["receipt-another-text", "BadSignature", sign(SERVER_SEED, message.slice(1))],
  ] as const) {
    yield [name, { kind: "receipt", comment: name, expect, election: ELECTION.text, tracker: own, receipt }];
  }
}

function* keys(): Iterable<[string, Vector]> {
  for (const [index, seed] of SEEDS.entries()) {
    const report = "计票结果报告单：收回 1 票";
    yield [
      `scrutineer-${index + 1}`,
      {
        kind: "scrutineer",
        comment: "all that one backup code gives",
        expect: "ok",
        seed,
        secret: trustee_secret(seed).toString(),
        trustee_public_key: trustee_public_key(seed, fixed_random(seed)),
        signing_key: signing_key(seed),
        report,
        signature: sign_report(seed, utf8(report)),
      },
    ];
  }
}

function* decryptions(): Iterable<[string, Vector]> {
  const tally = tally_of([check_ballot(ELECTION, utf8(BALLOT))]);
  const nobody = tally.replace(/"(alpha|beta)":"\w+"/g, `"$1":"${IDENTITY}"`);
  const [seed, other] = SEEDS;
  const make = (sum: string): string =>
    decrypt_with(ELECTION, sum, trustee_secret(seed), fixed_random("decryption"));
  for (const [name, expect, encrypted_tally, key] of [
    ["decryption", "ok", tally, seed],
    ["decryption-nobody", "ok", nobody, seed],
    ["decryption-another-key", "BadDecryption", tally, other],
  ] as const) {
    const decryption = make(encrypted_tally);
    yield [
      name,
      {
        kind: "partial_decryption",
        comment: name,
        expect,
        election: ELECTION.text,
        encrypted_tally,
        public_key: own_public_key(key),
        seed,
        decryption,
      },
    ];
  }
}
