// The ballots of a box checked in several threads at once. What no thread does, the page does itself, in steps.

import { checker, walk, type CheckRun, type Part, type Progress, type StoredBallot } from "../../ballot/index.ts";
import { NoThread, own_script, Thread } from "../own_thread.ts";
import { breath } from "../sealing.ts";
import { Runs, type Run } from "./runs.ts";

/** A run of ballots to check, and the text of the election that they must belong to. */
interface Order {
  election: string;
  ballots: Uint8Array[];
}

type Said = { kind: "step"; step: Progress } | { kind: "part"; part: Part };

/** More only warm the phone: the slow cores beside the fast ones would come last with their runs. */
const MOST_THREADS = 8;

/** In the thread: checks what it is given, and tells of every ballot. The tables are made once for an election. */
export function serve_checking(): void {
  const say = (said: Said): void => self.postMessage(said);
  let known: { election: string; check: CheckRun } | null = null;
  self.onmessage = ({ data: { election, ballots } }: MessageEvent<Order>) => {
    if (known?.election !== election) known = { election, check: checker(election) };
    const steps = known.check(ballots);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) say({ kind: "step", step: step.value });
    say({ kind: "part", part: step.value });
  };
}

/** On the page: what the ballots come to, in their order, up to the first run in which one is refused. */
export async function check_ballots(
  election: string,
  ballots: readonly StoredBallot[],
  progress: (done: number, total: number) => void,
): Promise<Part[]> {
  const runs = new Runs(ballots, progress);
  await check_in_threads(election, runs);
  let check: CheckRun | null = null;
  for (let run = runs.next(); run !== null; run = runs.next()) {
    check ??= checker(election);
    const { number, ballots: own } = run;
    runs.finish(number, await walk(check(own), breath, ({ done }) => runs.step(number, done)));
  }
  return runs.parts();
}

async function check_in_threads(election: string, runs: Runs): Promise<void> {
  const count = Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1, runs.waiting);
  if (count === 0) return;
  try {
    const script = await own_script();
    await Promise.all(Array.from({ length: count }, () => employ(script, election, runs)));
  } catch (error) {
    if (!(error instanceof NoThread)) throw error;
  }
}

/** One thread, as long as there is something to do; a run that it leaves undone is for others. */
async function employ(script: Blob, election: string, runs: Runs): Promise<void> {
  let run: Run | null = null;
  try {
    const thread = new Thread<Order, Said>(script);
    for (run = runs.next(); run !== null; run = runs.next()) await check_run(thread, election, run, runs);
    thread.end();
  } catch (error) {
    if (!(error instanceof NoThread)) throw error;
    if (run !== null) runs.put_back(run.number);
  }
}

function check_run(
  thread: Thread<Order, Said>,
  election: string,
  { number, ballots }: Run,
  runs: Runs,
): Promise<void> {
  // Copies: a ballot is a view of the whole archive, and a thread that is given a view is given everything.
  const order = { election, ballots: ballots.map((bytes) => bytes.slice()) };
  return thread.ask(order, (said) => {
    if (said.kind === "step") runs.step(number, said.step.done);
    else runs.finish(number, said.part);
    return said.kind === "part";
  });
}
