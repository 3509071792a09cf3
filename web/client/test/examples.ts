/** Small elections, cards and keys for the tests, all from fixed randomness; and writing what the client only reads. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { sha256_bytes, sha256_hex } from "../ballot/encoding.ts";
import { IDENTITY, member_of_hex, point_hex, product } from "../ballot/group.ts";
import {
  BallotError,
  type Election,
  type Kind,
  type Random,
  finish,
  own_public_key,
  public_credential,
  read_election,
  seal,
  signing_key,
  trustee_public_key,
} from "../ballot/index.ts";

/** The tests are started in web/client. */
export const VECTORS = `${process.cwd()}/../../ballots/vectors`;

/** The same bytes for the same name, each call others. */
export function fixed_random(name: string): Random {
  let calls = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let start = 0; start < length; start += 32) {
      const block = sha256_bytes(`${name}|${(calls += 1)}`);
      bytes.set(block.subarray(0, Math.min(32, length - start)), start);
    }
    return bytes;
  };
}

export const UUID = "ShiYanPiaoJue27";
export const SEEDS = ["Bei9YongMa4Jian3PiaoAa", "Bei9YongMa4Jian3PiaoBb"] as const;
/** Stands for the installation: its Ed25519 key is derived like a scrutineer's. */
export const SERVER_SEED = "FuWuQiQianMing77777777";
export const CARDS = [
  "Aa111-Bb2222-Cc333-Dd4444",
  "Ee555-Ff6666-Gg777-Hh8888",
  "Jj999-Kk1111-Mm222-Nn3333",
] as const;

type Question = { answers: string[]; blank?: true; min: number; max: number; question: string };

/** 差额: at most two of three, or a deliberate blank. */
export const SELECTION: Question = {
  answers: ["农村公路改造", "校园食堂改建", "社区养老服务站"],
  blank: true,
  min: 1,
  max: 2,
  question: "请选出不超过两项",
};
/** 等额: one of three stances on one candidate. */
export const STANCES: Question = {
  answers: ["赞成", "反对", "弃权"],
  min: 1,
  max: 1,
  question: "农村公路改造",
};
/** One of four grades, or 弃权, for one project. */
export const GRADES: Question = {
  answers: ["满意", "基本满意", "不满意", "不了解", "弃权"],
  min: 1,
  max: 1,
  question: "农村公路改造",
};
/** Any number, none included, and a blank besides. */
export const ANY_NUMBER: Question = { answers: ["甲", "乙"], blank: true, min: 0, max: 2, question: "任选" };

export function election_text(questions: readonly Question[], changes: object = {}): string {
  const key = SEEDS.map((seed) => member_of_hex(own_public_key(seed))).reduce(product, IDENTITY);
  const description = `票决办法 SHA-256 ${sha256_hex("rules")}；回执验证 Ed25519 ${signing_key(SERVER_SEED)}`;
  return JSON.stringify({
    version: 1,
    description,
    name: "示例县民生实事项目票决",
    group: "Ed25519",
    public_key: point_hex(key),
    questions,
    uuid: UUID,
    ...changes,
  });
}

export function election_of(...questions: Question[]): Election {
  return read_election(election_text(questions));
}

export function seal_at_once(election: Election, card: string, choices: number[][], name = card): Uint8Array {
  return finish(seal(election, card, choices, fixed_random(name)));
}

export function trustees_text(): string {
  return JSON.stringify(
    SEEDS.map((seed) => ["Single", JSON.parse(trustee_public_key(seed, fixed_random(seed))) as unknown]),
  );
}

export function credentials_text(): string {
  return JSON.stringify(CARDS.map((card) => public_credential(UUID, card)).sort());
}

/** Asserts that `work` throws a BallotError of one of these kinds, and nothing else. */
export function refused(kinds: Kind | readonly Kind[], work: () => unknown, message?: string): void {
  assert.throws(
    work,
    (error) => error instanceof BallotError && [kinds].flat().includes(error.kind),
    message,
  );
}

export function json(text: string): unknown {
  return JSON.parse(text);
}

export function example_file(name: string): Uint8Array {
  return new Uint8Array(readFileSync(`${VECTORS}/peer/${name}`));
}
