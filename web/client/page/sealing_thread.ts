// Sealing in a thread of its own, so that the page answers while twenty projects are sealed. The thread runs the very
// file that this page was given: the browser holds it against the same hash before it is loaded a second time.

import { BallotError, read_election, seal, type Progress } from "../ballot/index.ts";
import { random } from "./fitness.ts";

/** One ballot to seal: the election's text, the card, and per question one 0 or 1 for each answer. */
export interface Order {
  election: string;
  card: string;
  marks: number[][];
}

type Said = { kind: "step"; step: Progress } | { kind: "sealed"; ballot: string } | { kind: "failed" };

/** This browser gives no thread (an old Safari's reading of the page's rules), or it has fallen silent. */
export class NoThread extends Error {}

const SILENCE_MS = 8_000;

// Known only while the script itself runs; in the thread there is no document.
const OWN_SCRIPT = typeof document === "undefined" ? null : document.currentScript;

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
  const thread = await start();
  return new Promise((resolve, reject) => {
    let clock = 0;
    const end = (): void => {
      clearTimeout(clock);
      thread.terminate();
    };
    const give_up = (): void => {
      end();
      reject(new NoThread());
    };
    const wait = (): void => {
      clearTimeout(clock);
      clock = window.setTimeout(give_up, SILENCE_MS);
    };
    thread.onerror = (event) => {
      event.preventDefault();
      give_up();
    };
    thread.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.kind === "step") {
        wait();
        progress(data.step);
        return;
      }
      end();
      resolve(data.kind === "sealed" ? data.ballot : null);
    };
    wait();
    thread.postMessage(order);
  });
}

async function start(): Promise<Worker> {
  if (!(OWN_SCRIPT instanceof HTMLScriptElement) || typeof Worker !== "function") throw new NoThread();
  const { src, integrity } = OWN_SCRIPT;
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), SILENCE_MS);
  try {
    await fetch(src, { integrity, cache: "force-cache", credentials: "omit", signal: stop.signal });
    return new Worker(src);
  } catch {
    throw new NoThread();
  } finally {
    clearTimeout(clock);
  }
}
