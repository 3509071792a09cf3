// A box as runs of a few ballots: which are still to be checked, and what the others come to.

import type { Part, StoredBallot } from "../../ballot/index.ts";

/** Some neighbours of the archive. */
export interface Run {
  readonly number: number;
  readonly ballots: readonly Uint8Array[];
}

const LENGTH = 4;

export class Runs {
  readonly #ballots: readonly StoredBallot[];
  readonly #progress: (done: number, total: number) => void;
  /** Numbers in their order. */
  #waiting: number[];
  /** For each run, how many of its ballots have been checked. */
  readonly #done: number[];
  readonly #parts = new Map<number, Part>();
  /** The first run known to hold a ballot that is refused. */
  #refused = Infinity;

  constructor(ballots: readonly StoredBallot[], progress: (done: number, total: number) => void) {
    this.#ballots = ballots;
    this.#progress = progress;
    this.#waiting = Array.from({ length: Math.ceil(ballots.length / LENGTH) }, (_, number) => number);
    this.#done = this.#waiting.map(() => 0);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** The first run that nobody has; none once a ballot is refused, unless it stands before that one. */
  next(): Run | null {
    const number = this.#waiting[0];
    if (number === undefined || number > this.#refused) return null;
    this.#waiting = this.#waiting.slice(1);
    const start = number * LENGTH;
    return { number, ballots: this.#ballots.slice(start, start + LENGTH).map(({ bytes }) => bytes) };
  }

  /** Who had it will not finish it. */
  put_back(number: number): void {
    this.#waiting = [...this.#waiting, number].sort((a, b) => a - b);
    this.step(number, 0);
  }

  step(number: number, done: number): void {
    this.#done[number] = done;
    this.#progress(
      this.#done.reduce((sum, one) => sum + one, 0),
      this.#ballots.length,
    );
  }

  finish(number: number, part: Part): void {
    this.#parts.set(number, part);
    if (part.refusal !== null) this.#refused = Math.min(this.#refused, number);
  }

  /** In their order, up to the first with a refusal. */
  parts(): Part[] {
    const numbers = Array.from(this.#parts.keys()).sort((a, b) => a - b);
    return numbers.filter((number) => number <= this.#refused).map((number) => this.#parts.get(number) as Part);
  }
}
