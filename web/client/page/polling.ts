// Asking the server again and again how the session stands, without hurry and without fuss.

import { Refused, Unreachable } from "./http.ts";

const EVERY_MS = 3_000;
const JITTER_MS = 1_000;
/** Somebody who waits for the opening hears of it within 3 s: these two, and the age of what the server tells. */
const BRISK_MS = 1_500;
const BRISK_JITTER_MS = 500;
const SLOWEST_MS = 10_000;

export interface Watch {
  /** One question to the server; raises Unreachable or Refused. */
  look: () => Promise<void>;
  /** Called when the connection is lost for more than a blink, and when it is back. */
  shaky: (yes: boolean) => void;
  refused: (refusal: Refused) => void;
  /** Whether something is awaited at this moment, so that it is worth asking more often. */
  brisk?: () => boolean;
}

/** Looks every few seconds while the page can be seen, more rarely the longer it fails, at once when it may be back. */
export class Polling {
  readonly #watch: Watch;
  #failures = 0;
  #timer = 0;
  #looking = false;

  constructor(watch: Watch) {
    this.#watch = watch;
    window.addEventListener("online", () => this.now());
    window.addEventListener("offline", () => watch.shaky(true));
    window.addEventListener("pageshow", () => this.now());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.now();
    });
  }

  now(): void {
    clearTimeout(this.#timer);
    if (!this.#looking) void this.#look();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    try {
      await this.#watch.look();
      this.#went(0);
    } catch (error) {
      if (error instanceof Refused) this.#watch.refused(error);
      else if (error instanceof Unreachable) this.#went(this.#failures + 1);
      else throw error;
    } finally {
      this.#looking = false;
      if (!document.hidden) this.#timer = window.setTimeout(() => this.now(), this.#pause());
    }
  }

  #pause(): number {
    const brisk = this.#failures === 0 && this.#watch.brisk?.() === true;
    return brisk ? BRISK_MS + Math.random() * BRISK_JITTER_MS : pause_after(Math.max(0, this.#failures - 1));
  }

  #went(failures: number): void {
    this.#failures = failures;
    // One lost answer is no news in a hall full of phones.
    if (failures !== 1) this.#watch.shaky(failures > 0);
  }
}

/** 3 s and a little chance, so that a hall does not ask in step; doubled with every failure after the first. */
export function pause_after(failures: number): number {
  return Math.min(EVERY_MS * 2 ** failures, SLOWEST_MS) + Math.random() * JITTER_MS;
}
