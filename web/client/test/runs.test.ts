import assert from "node:assert/strict";
import { test } from "node:test";

import type { Part, StoredBallot } from "../ballot/index.ts";
import { type Run, Runs } from "../page/scrutineer/runs.ts";

const SOUND: Part = { credentials: [], sums: [], refusal: null };
const REFUSED: Part = { ...SOUND, refusal: { kind: "BadProof", detail: "" } };

/** A box of so many ballots, the first of which is the byte 0, the next 1; and the progress that is shown. */
function box_of(ballots: number): { runs: Runs; shown: number[] } {
  const shown: number[] = [];
  const stored = Array.from({ length: ballots }, (_, n): StoredBallot => ({ digest: "", bytes: Uint8Array.of(n) }));
  return { runs: new Runs(stored, (done) => shown.push(done)), shown };
}

function take(runs: Runs): Run {
  const run = runs.next();
  assert(run !== null);
  return run as Run;
}

test("every ballot is in one run, in the order of the archive", () => {
  for (const ballots of [0, 1, 4, 9]) {
    const { runs } = box_of(ballots);
    const found: number[] = [];
    for (let run = runs.next(); run !== null; run = runs.next()) found.push(...run.ballots.map(([byte]) => byte ?? -1));
    assert.deepEqual(found, [...Array(ballots).keys()]);
  }
});

test("a run that was put back comes before those that nobody has had, and its ballots count as not checked", () => {
  const { runs, shown } = box_of(16);
  const [first, second] = [take(runs), take(runs)];
  runs.step(first.number, 3);
  runs.step(second.number, 2);
  runs.put_back(second.number);
  runs.put_back(first.number);
  assert.deepEqual([take(runs), take(runs), take(runs)].map(({ number }) => number), [0, 1, 2]);
  assert.deepEqual(shown, [3, 5, 3, 0]);
});

test("after a refusal only what stands before it is still checked, and parts end with it", () => {
  const { runs } = box_of(20);
  const [first, second, third] = [take(runs), take(runs), take(runs)];
  runs.finish(third.number, SOUND);
  runs.finish(second.number, REFUSED);
  assert.equal(runs.next(), null);
  runs.put_back(first.number);
  assert.deepEqual(take(runs).ballots, first.ballots);
  runs.finish(first.number, SOUND);
  assert.equal(runs.next(), null);
  assert.deepEqual(runs.parts(), [SOUND, REFUSED]);
});
