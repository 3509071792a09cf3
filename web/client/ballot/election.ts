/** The election document: what is voted on, under which key, and its fingerprint φ (NOTES §4). */
import { is_uuid } from "./credentials.ts";
import { sha256_base64 } from "./encoding.ts";
import { BallotError } from "./errors.ts";
import { member_of_hex } from "./group.ts";
import { type Of, boolean, integer, list, optional, pair, read, record, text } from "./shape.ts";

const QUESTION = record({
  answers: list(text),
  blank: optional(boolean),
  min: integer,
  max: integer,
  question: text,
});

const DOCUMENT = record({
  version: integer,
  description: text,
  name: text,
  group: text,
  public_key: text,
  questions: list(QUESTION),
  uuid: text,
  administrator: optional(text),
  credential_authority: optional(text),
  language: optional(pair(text, text)),
});

const DESCRIPTION = /^票决办法 SHA-256 ([0-9a-f]{64})；回执验证 Ed25519 ([0-9a-f]{64})$/;

export type Question = Of<typeof QUESTION>;

/** Any Belenios election we can vote in; `text` is kept as it came and never written anew. */
export interface AnyElection {
  readonly text: string;
  readonly fingerprint: string;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly public_key: string;
  readonly questions: readonly Question[];
}

/** One of ours: its description binds the rules and the key that signs receipts, 64 hex digits each. */
export interface Election extends AnyElection {
  readonly rules_hash: string;
  readonly server_key: string;
}

/** Ciphertexts in an answer: one per choice, and first the blank bit where there is one. */
export function size_of(question: Question): number {
  return question.answers.length + (question.blank === true ? 1 : 0);
}

/** Throws Malformed for the text; BadElection or BadPoint for what it says. */
export function read_any_election(document: string): AnyElection {
  const election = read(document, DOCUMENT, "election");
  if (election.version !== 1 || election.group !== "Ed25519")
    throw new BallotError("BadElection", "version, group");
  if (!is_uuid(election.uuid)) throw new BallotError("BadElection", "uuid");
  if (election.questions.length === 0) throw new BallotError("BadElection", "no question");
  for (const question of election.questions) check_question(question);
  member_of_hex(election.public_key);
  const { uuid, name, description, public_key, questions } = election;
  return {
    text: document,
    fingerprint: sha256_base64(document),
    uuid,
    name,
    description,
    public_key,
    questions,
  };
}

function check_question({ answers, min, max, question }: Question): void {
  const distinct = new Set(answers).size === answers.length;
  const possible = 0 <= min && min <= max && 1 <= max && max <= answers.length;
  if (!distinct || !possible) throw new BallotError("BadElection", question);
}

/** One of our elections. Throws as `read_any_election`, and BadElection for another description. */
export function read_election(document: string): Election {
  const election = read_any_election(document);
  const [, rules_hash, server_key] = DESCRIPTION.exec(election.description) ?? [];
  if (rules_hash === undefined || server_key === undefined)
    throw new BallotError("BadElection", "description");
  return { ...election, rules_hash, server_key };
}
