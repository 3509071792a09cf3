// Sending sealed ballots until the server has answered each: the same bytes every time, whatever happens in between.

import { check_receipt, tracker, type Election } from "../ballot/index.ts";
import type { BallotApi, Receipt } from "./ballot_api.ts";
import type { Device, Unsent } from "./device.ts";
import { Refused, Unreachable } from "./http.ts";
import { pause_after } from "./polling.ts";

/** How a delivery ended: recorded, with a receipt that holds; refused; or answered with one that does not hold. */
export type Delivery =
  | { kind: "recorded"; receipt: Receipt }
  | { kind: "refused"; refusal: Refused }
  | { kind: "false_receipt" };

export interface Sender {
  /** The election of a round, once it is known: without it no receipt can be checked, and nothing is sent. */
  election_of: (round: string) => Election | null;
  delivered: (unsent: Unsent, delivery: Delivery) => void;
  /** Called after every attempt: is the network failing? */
  failing: (yes: boolean) => void;
}

export class Outbox {
  readonly #device: Device;
  readonly #api: BallotApi;
  readonly #sender: Sender;
  readonly #held = new Set<string>();
  #timer = 0;
  #busy = false;
  #wanted = false;
  #failures = 0;

  constructor(device: Device, api: BallotApi, sender: Sender) {
    this.#device = device;
    this.#api = api;
    this.#sender = sender;
    window.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => this.now());
  }

  /** Tries at once; goes on by itself while anything is left to send. */
  now(): void {
    clearTimeout(this.#timer);
    if (this.#busy) this.#wanted = true;
    else void this.#send_all();
  }

  /** Sends again what was held back after a false receipt. */
  again(unsent: Unsent): void {
    this.#held.delete(name_of(unsent));
    this.now();
  }

  async #send_all(): Promise<void> {
    this.#busy = true;
    this.#wanted = false;
    try {
      for (const unsent of this.#waiting()) await this.#send(unsent);
      this.#failures = 0;
      this.#sender.failing(false);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.#failures += 1;
      this.#sender.failing(true);
      this.#timer = window.setTimeout(() => this.now(), pause_after(this.#failures - 1));
    } finally {
      this.#busy = false;
      if (this.#wanted) this.now();
    }
  }

  #waiting(): Unsent[] {
    return this.#device.unsent().filter((unsent) => !this.#held.has(name_of(unsent)));
  }

  async #send(unsent: Unsent): Promise<void> {
    const election = this.#sender.election_of(unsent.round);
    if (election === null) return;
    const delivery = await deliver(this.#api, election, unsent);
    if (delivery.kind === "recorded") this.#device.acknowledge(unsent, delivery.receipt);
    else if (delivery.kind === "refused") this.#device.drop_sealed(unsent);
    else this.#held.add(name_of(unsent));
    this.#sender.delivered(unsent, delivery);
  }
}

/** Refusals that say nothing about the ballot: the same bytes may well be taken the next time. */
const PASSING = ["not_received", "interrupted"];

function name_of({ slot, round }: Unsent): string {
  return `${slot}/${round}`;
}

/** One attempt. Raises Unreachable. */
async function deliver(api: BallotApi, election: Election, unsent: Unsent): Promise<Delivery> {
  try {
    const receipt = await api.cast(unsent.round, unsent.ballot);
    const own = tracker(new TextEncoder().encode(unsent.ballot));
    const holds = unsent.fingerprint === election.fingerprint && check_receipt(election, own, receipt);
    return holds ? { kind: "recorded", receipt } : { kind: "false_receipt" };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (PASSING.includes(error.kind)) throw new Unreachable(error.kind);
    return { kind: "refused", refusal: error };
  }
}
