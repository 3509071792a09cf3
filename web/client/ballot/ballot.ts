/** A ballot: sealed on the deputy's own device, and checked by whoever wants to (NOTES §5). */
import { public_credential, secret_scalar } from "./credentials.ts";
import { sha256_base64, sha256_hex, text_of, utf8 } from "./encoding.ts";
import { type AnyElection, type Question, size_of } from "./election.ts";
import { BallotError } from "./errors.ts";
import {
  type Random,
  member_of_hex,
  point_hex,
  point_of_hex,
  power,
  product,
  random_scalar,
} from "./group.ts";
import {
  type Bases,
  type Branch,
  CIPHERTEXT,
  type Ciphertext,
  type Claim,
  type Opening,
  PROOF,
  type Sealed,
  TWO_PROOFS,
  bases,
  check_claims,
  knows,
  prove_knowledge,
  prove_one_of,
  sealed_of,
  sum_of,
} from "./proofs.ts";
import { type Of, list, optional, read, record, text } from "./shape.ts";
import type { Steps } from "./steps.ts";

const ANSWER = record({
  choices: list(CIPHERTEXT),
  individual_proofs: list(TWO_PROOFS),
  overall_proof: list(PROOF),
  blank_proof: optional(TWO_PROOFS),
});

const UNSIGNED = {
  election_uuid: text,
  election_hash: text,
  credential: text,
  answers: list(ANSWER),
};

const BALLOT = record({ ...UNSIGNED, signature: record({ hash: text, proof: PROOF }) });

/** Bytes; twenty graded sub-items are about 100 KB. */
const LIMIT = 256 * 1024;

export type Answer = Of<typeof ANSWER>;
export type Ballot = Of<typeof BALLOT>;

/** 回执号: 43 characters by which a deputy finds the own ballot. */
export function tracker(ballot: Uint8Array): string {
  return sha256_base64(ballot);
}

/** The same hash in hex: the ballot's name in the record. */
export function digest_hex(ballot: Uint8Array): string {
  return sha256_hex(ballot);
}

/**
 * The signed ballot as bytes, in steps of one sealed choice or one proof.
 *
 * `choices`: for each question its list of 0 and 1, first the blank bit if the question has a blank.
 * Throws Malformed for the credential, BadChoices for what the rules do not allow, BadRandomness.
 */
export function* seal(
  election: AnyElection,
  credential: string,
  choices: readonly (readonly number[])[],
  random: Random,
): Steps<Uint8Array> {
  check_choices(election, choices);
  const secret = secret_scalar(election.uuid, credential);
  const signer = public_credential(election.uuid, credential);
  const context = `${election.fingerprint}|${signer}`;
  const tables = bases(member_of_hex(election.public_key), "once");
  const total = election.questions.reduce((sum, question) => sum + size_of(question) + 1, 1);
  let done = 0;
  const answers: Answer[] = [];
  for (const [index, question] of election.questions.entries()) {
    const answer = seal_answer(tables, question, choices[index] ?? [], context, random);
    let step = answer.next();
    for (; step.done !== true; step = answer.next()) yield { done: (done += 1), total };
    answers.push(step.value);
  }
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: signer,
    answers,
  };
  const hash = sha256_base64(JSON.stringify(unsigned));
  const signature = { hash, proof: prove_knowledge(`sig|${hash}|`, secret, random) };
  yield { done: total, total };
  return utf8(JSON.stringify({ ...unsigned, signature }));
}

/** Throws BadChoices for another shape and for what the rules do not allow. */
function check_choices(election: AnyElection, choices: readonly (readonly number[])[]): void {
  const allowed =
    Array.isArray(choices) &&
    choices.length === election.questions.length &&
    election.questions.every((question, index) => may_choose(question, choices[index]));
  if (!allowed) throw new BallotError("BadChoices", "not allowed by the rules");
}

function may_choose(question: Question, bits: unknown): boolean {
  if (!Array.isArray(bits) || bits.length !== size_of(question)) return false;
  if (!bits.every((bit) => bit === 0 || bit === 1)) return false;
  const numbers = bits as readonly number[];
  const count = numbers.reduce((sum, bit) => sum + bit, 0);
  if (question.blank === true && numbers[0] === 1) return count === 1;
  return question.min <= count && count <= question.max;
}

function* seal_answer(
  tables: Bases,
  question: Question,
  bits: readonly number[],
  context: string,
  random: Random,
): Generator<undefined, Answer, void> {
  const choices: Ciphertext[] = [];
  const individual_proofs: Of<typeof TWO_PROOFS>[] = [];
  const openings = bits.map((number) => ({ number, secret: random_scalar(random) }));
  for (const opening of openings) {
    const choice = encrypt(tables, opening);
    const prefix = `prove|${context}|${choice.alpha},${choice.beta}|`;
    const [zero, one] = prove_one_of(prefix, tables, is_a_bit(opening), random);
    if (zero === undefined || one === undefined) throw new BallotError("BadChoices", "bit");
    choices.push(choice);
    individual_proofs.push([zero, one]);
    yield;
  }
  const whole = `${context}|${joined(choices)}`;
  const proofs = prove_answer(tables, question, openings, whole, random);
  yield;
  return { choices, individual_proofs, ...proofs };
}

function prove_answer(
  tables: Bases,
  question: Question,
  openings: readonly Opening[],
  whole: string,
  random: Random,
): Pick<Answer, "overall_proof" | "blank_proof"> {
  const [blank] = openings;
  if (question.blank !== true || blank === undefined) {
    const sum = opening_of_sum(openings);
    const { alpha, beta } = encrypt(tables, sum);
    const prefix = `prove|${whole}|${alpha},${beta}|`;
    return {
      overall_proof: prove_one_of(prefix, tables, in_range(question, sum), random),
      blank_proof: undefined,
    };
  }
  const sum = opening_of_sum(openings.slice(1));
  const allowed = [{ about: blank, claim: 1 }, ...in_range(question, sum)];
  const overall_proof = prove_one_of(`bproof1|${whole}|`, tables, allowed, random);
  const [first, second] = prove_one_of(`bproof0|${whole}|`, tables, not_both(blank, sum), random);
  if (first === undefined || second === undefined) throw new BallotError("BadChoices", "blank");
  return { overall_proof, blank_proof: [first, second] };
}

function encrypt({ g, y }: Bases, { number, secret }: Opening): Ciphertext {
  const beta = product(power(y, secret), power(g, BigInt(number)));
  return { alpha: point_hex(power(g, secret)), beta: point_hex(beta) };
}

function opening_of_sum(openings: readonly Opening[]): Opening {
  return {
    number: openings.reduce((sum, one) => sum + one.number, 0),
    secret: openings.reduce((sum, one) => sum + one.secret, 0n),
  };
}

function is_a_bit<T>(about: T): Branch<T>[] {
  return [0, 1].map((claim) => ({ about, claim }));
}

function in_range<T>(question: Question, about: T): Branch<T>[] {
  const length = question.max - question.min + 1;
  return Array.from({ length }, (_, index) => ({ about, claim: question.min + index }));
}

function not_both<T>(blank: T, sum: T): Branch<T>[] {
  return [blank, sum].map((about) => ({ about, claim: 0 }));
}

/** All ciphertexts of an answer as the proofs about the whole of it hash them. */
function joined(choices: readonly Ciphertext[]): string {
  return choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(",");
}

/**
 * Parses a ballot of this election; no arithmetic yet. Throws TooLarge, Malformed or WrongElection.
 */
function read_ballot(election: AnyElection, bytes: Uint8Array): Ballot {
  if (bytes.length > LIMIT) throw new BallotError("TooLarge", String(bytes.length));
  const ballot = read(text_of(bytes), BALLOT, "ballot");
  if (ballot.election_uuid !== election.uuid || ballot.election_hash !== election.fingerprint) {
    throw new BallotError("WrongElection", ballot.election_uuid.slice(0, 80));
  }
  const shaped =
    ballot.answers.length === election.questions.length &&
    election.questions.every((question, index) => has_shape(question, ballot.answers[index]));
  if (!shaped) throw new BallotError("Malformed", "answers");
  return ballot;
}

function has_shape(question: Question, answer: Answer | undefined): boolean {
  const blank = question.blank === true;
  const branches = question.max - question.min + 1 + (blank ? 1 : 0);
  return (
    answer?.choices.length === size_of(question) &&
    answer.individual_proofs.length === size_of(question) &&
    answer.overall_proof.length === branches &&
    (answer.blank_proof !== undefined) === blank
  );
}

/**
 * A ballot whose signature and proofs all hold; whether its card is on the list is the caller's to say.
 * Throws TooLarge, Malformed, WrongElection, BadSignature, BadPoint, BadScalar or BadProof.
 */
export function check_ballot(election: AnyElection, bytes: Uint8Array): Ballot {
  return check_with(bases(member_of_hex(election.public_key), "once"), election, bytes).ballot;
}

/** The same with tables that are there, and per question the numbers that the ballot seals. */
export function check_with(
  tables: Bases,
  election: AnyElection,
  bytes: Uint8Array,
): { readonly ballot: Ballot; readonly numbers: readonly (readonly Sealed[])[] } {
  const ballot = read_ballot(election, bytes);
  check_signature(ballot, tables);
  const context = `${election.fingerprint}|${ballot.credential}`;
  const numbers = election.questions.map((question, index) =>
    check_answer(tables, question, ballot.answers[index] as Answer, context),
  );
  return { ballot, numbers };
}

function check_signature(ballot: Ballot, { g }: Bases): void {
  const { signature, ...unsigned } = ballot;
  const hash = sha256_base64(JSON.stringify(unsigned));
  if (signature.hash !== hash) throw new BallotError("BadSignature", "hash");
  const key = point_of_hex(ballot.credential);
  if (!knows(`sig|${hash}|`, g, key, signature.proof)) throw new BallotError("BadSignature", "proof");
}

/** The numbers it seals. */
function check_answer(tables: Bases, question: Question, answer: Answer, context: string): Sealed[] {
  const numbers = answer.choices.map(sealed_of);
  const bits = numbers.map((number, index): Claim => {
    const { alpha, beta } = answer.choices[index] ?? { alpha: "", beta: "" };
    const proofs = answer.individual_proofs[index] ?? [];
    return { prefix: `prove|${context}|${alpha},${beta}|`, branches: is_a_bit(number), proofs };
  });
  const whole = `${context}|${joined(answer.choices)}`;
  check_claims(tables, numbers, [...bits, ...claims_of_whole(question, answer, numbers, whole)]);
  return numbers;
}

/** What is claimed of the number of choices. */
function claims_of_whole(
  question: Question,
  { blank_proof, overall_proof: proofs }: Answer,
  numbers: readonly Sealed[],
  whole: string,
): Claim[] {
  const [blank] = numbers;
  if (blank_proof === undefined || blank === undefined) {
    const sum = sum_of(numbers);
    const prefix = `prove|${whole}|${point_hex(sum.alpha)},${point_hex(sum.beta)}|`;
    return [{ prefix, branches: in_range(question, sum), proofs }];
  }
  const sum = sum_of(numbers.slice(1));
  const allowed = [{ about: blank, claim: 1 }, ...in_range(question, sum)];
  return [
    { prefix: `bproof0|${whole}|`, branches: not_both(blank, sum), proofs: blank_proof },
    { prefix: `bproof1|${whole}|`, branches: allowed, proofs },
  ];
}
