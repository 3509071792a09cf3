import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Measures,
  type Stances,
  fill_rest,
  fits,
  is_complete,
  is_one_too_many,
  marks,
  no_choices,
  read_choices,
  take_stance,
  unanswered,
} from "../page/choosing.ts";
import { Unreadable } from "../page/shapes.ts";

const ANSWERS = ["满意", "基本满意", "不满意", "弃权"];
const GRADED: Measures = { form: "grades", candidates: ["甲", "乙", "丙"], places: 0, choices: ANSWERS, most_for: false };
const CHOSEN: Measures = { form: "select_k", candidates: ["甲", "乙", "丙"], places: 2, choices: [], most_for: false };

function said(...stances: (number | null)[]): Stances {
  return { form: "grades", stances };
}

test("nothing is marked on a new ballot, and it is not complete", () => {
  assert.deepEqual(no_choices("grades", 3), said(null, null, null));
  assert.equal(is_complete(no_choices("grades", 3)), false);
  assert.equal(is_complete(no_choices("select_k", 3)), false);
});

test("a ballot is complete once every project has an answer, and not before", () => {
  const some = take_stance(said(null, 1, null), 0, 2);
  assert.deepEqual(unanswered(some), [2]);
  assert.equal(is_complete(some), false);
  assert.equal(is_complete(take_stance(some, 2, 0)), true);
});

test("the rest abstains, and what was said stays", () => {
  assert.deepEqual(fill_rest(said(0, null, 2), 3), said(0, 3, 2));
  assert.deepEqual(fill_rest(said(0, 1, 2), 3), said(0, 1, 2));
});

test("each project has as many marks as there are answers, exactly one of them set", () => {
  assert.deepEqual(marks(said(0, 3, 2), 4), [
    [1, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 1, 0],
  ]);
  assert.deepEqual(marks(said(4), 7), [[0, 0, 0, 0, 1, 0, 0]]);
  assert.deepEqual(marks({ form: "select_k", chosen: [true, false], abstained: false }, 0), [[0, 1, 0]]);
});

test("choices kept on the device come back as they were, and only onto the ballot they fit", () => {
  const kept: unknown = JSON.parse(JSON.stringify(said(0, null, 3)));
  assert.deepEqual(read_choices(kept), said(0, null, 3));
  assert.equal(fits(said(0, null, 3), GRADED), true);
  for (const other of [said(0, null), said(0, null, 4), said(0, null, -1), said(0, null, 0.5)]) {
    assert.equal(fits(other, GRADED), false);
  }
  assert.equal(fits({ form: "for_against", stances: [0, 1, 2] }, GRADED), false);
  assert.equal(fits({ form: "select_k", chosen: [true, true, false], abstained: false }, CHOSEN), true);
  assert.equal(fits({ form: "select_k", chosen: [true, true, true], abstained: false }, CHOSEN), false);
  assert.equal(fits({ form: "select_k", chosen: [true, false, false], abstained: true }, CHOSEN), false);
});

test("what is not a ballot's choices is not read", () => {
  for (const stored of [null, {}, { form: "grades" }, { form: "grades", stances: ["0"] }, { form: "other", stances: [] }]) {
    assert.throws(
      () => read_choices(stored),
      (error) => error instanceof Unreadable,
    );
  }
});

test("where at most two may be approved a third is one too many, and changing one of them is not", () => {
  const two: Stances = { form: "for_against", stances: [0, 0, 1, null] };
  assert.equal(is_one_too_many(two, 3, 0, 2), true);
  assert.equal(is_one_too_many(two, 2, 0, 2), true);
  assert.equal(is_one_too_many(two, 3, 1, 2), false);
  assert.equal(is_one_too_many(two, 0, 0, 2), false);
  assert.equal(is_one_too_many(take_stance(two, 0, 1), 3, 0, 2), false);
});

test("choices kept on the device that approve too many do not fit", () => {
  const stances = { form: "for_against" as const, candidates: ["甲", "乙"], places: 1, choices: ["赞成", "反对", "弃权"] };
  const both: Stances = { form: "for_against", stances: [0, 0] };
  assert.equal(fits(both, { ...stances, most_for: true }), false);
  assert.equal(fits(both, { ...stances, most_for: false }), true);
});
