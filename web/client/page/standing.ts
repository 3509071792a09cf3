// How each round knows this card, and what therefore remains to be done on this device.

import { public_credential } from "../ballot/index.ts";
import type { BallotApi, CardStanding, Round, Session } from "./ballot_api.ts";
import type { Device } from "./device.ts";
import { Refused, Unreachable } from "./http.ts";
import { paper_of, TornPaper } from "./paper.ts";

/** Where one round stands for this card. */
export type Progress = "to_come" | "to_do" | "on_its_way" | "done" | "barred" | "missed";

export interface Listed {
  round: Round;
  progress: Progress;
}

/** What the server has said about the card in use, one answer for each round. */
export class Standings {
  readonly #known = new Map<string, CardStanding>();

  of(round: string): CardStanding | null {
    return this.#known.get(round) ?? null;
  }

  forget(): void {
    this.#known.clear();
  }

  /** Asks about every round that can tell and has not; a lost answer is asked for another time. */
  async learn(session: Session, device: Device, api: BallotApi): Promise<void> {
    const card = device.card();
    if (card === null) return;
    const open_questions = session.rounds.filter((round) => this.#is_asked(round, device));
    for (const round of open_questions) await this.#ask(round, card, api);
  }

  /** Asks anew, after a refusal. Raises nothing: without an answer nothing changes. */
  async ask_again(round: Round, card: string, api: BallotApi): Promise<CardStanding | null> {
    this.#known.delete(round.id);
    await this.#ask(round, card, api);
    return this.of(round.id);
  }

  #is_asked(round: Round, device: Device): boolean {
    const settled = this.#known.has(round.id) || device.receipt(round.id) !== null || device.sealed(round.id) !== null;
    return round.election !== null && !settled;
  }

  async #ask(round: Round, card: string, api: BallotApi): Promise<void> {
    try {
      const { uuid } = paper_of(round).election;
      this.#known.set(round.id, await api.standing(round.id, public_credential(uuid, card)));
    } catch (error) {
      const expected = error instanceof Unreachable || error instanceof Refused || error instanceof TornPaper;
      if (!expected) throw error;
    }
  }
}

export function listed(session: Session, device: Device, standings: Standings): Listed[] {
  return session.rounds.map((round) => ({ round, progress: progress_of(round, device, standings.of(round.id)) }));
}

function progress_of(round: Round, device: Device, standing: CardStanding | null): Progress {
  if (device.receipt(round.id) !== null) return "done";
  if (device.sealed(round.id) !== null) return "on_its_way";
  if (standing?.state === "used") return "done";
  if (standing?.state === "dead" || standing?.state === "unknown") return "barred";
  if (round.state === "waiting") return "to_come";
  return round.state === "open" ? "to_do" : "missed";
}
