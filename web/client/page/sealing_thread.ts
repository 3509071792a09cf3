// Sealing in a thread of its own, so that the page answers while twenty projects are sealed.

import { BallotError, read_election, seal, type Progress } from "../ballot/index.ts";
import { random } from "./fitness.ts";
import { own_script, Thread } from "./own_thread.ts";

/** One ballot to seal: the election's text, the card, and per question one 0 or 1 for each answer. */
export interface Order {
  election: string;
  card: string;
  marks: number[][];
}

type Said = { kind: "step"; step: Progress } | { kind: "sealed"; ballot: string } | { kind: "failed" };

/** In the thread: seals what it is asked to, and tells of every step. */
export function serve_sealing(): void {
  const say = (said: Said): void => self.postMessage(said);
  self.onmessage = ({ data }: MessageEvent<Order>) => {
    try {
      seal_aloud(data, say);
    } catch (error) {
      if (!(error instanceof BallotError)) throw error;
      say({ kind: "failed" });
    }
  };
}

function seal_aloud({ election, card, marks }: Order, say: (said: Said) => void): void {
  const steps = seal(read_election(election), card, marks, random);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) say({ kind: "step", step: step.value });
  say({ kind: "sealed", ballot: new TextDecoder().decode(step.value) });
}

/** On the page: the sealed ballot as text, or null when it cannot be made. Raises NoThread. */
export async function seal_in_thread(order: Order, progress: (step: Progress) => void): Promise<string | null> {
  const thread = new Thread<Order, Said>(await own_script());
  let sealed: string | null = null;
  await thread.ask(order, (said) => {
    if (said.kind === "step") progress(said.step);
    if (said.kind === "sealed") sealed = said.ballot;
    return said.kind !== "step";
  });
  thread.end();
  return sealed;
}
