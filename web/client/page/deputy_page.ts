// The deputy's page as a whole: which screen follows which, and what the server's news mean for the one that is shown.

import { digest_hex_of, seal_ballot } from "./sealing.ts";
import { BallotApi, is_over, type Receipt, type Round, type Session } from "./ballot_api.ts";
import { take_fragment } from "./card.ts";
import { fits, no_choices, type Choices } from "./choosing.ts";
import { ConnectionLine } from "./connection.ts";
import { Device, type Unsent } from "./device.ts";
import type { Manner } from "./manner.ts";
import { Outbox, type Delivery } from "./outbox.ts";
import { paper_of, TornPaper, type Paper } from "./paper.ts";
import { Polling } from "./polling.ts";
import { read_card } from "./scanned_card.ts";
import { show_read_back } from "./screens/read_back.ts";
import { show_used_card } from "./screens/receipt.ts";
import { show_sealing } from "./screens/sending.ts";
import * as trouble from "./screens/trouble.ts";
import { show_voting } from "./screens/voting.ts";
import { show_starting, show_waiting, still_to_come } from "./screens/waiting.ts";
import { listed, Standings, type Listed } from "./standing.ts";

/** What the screen that is shown does when the server has news, and when sending fails. */
interface View {
  news: () => void;
  failing?: (yes: boolean) => void;
  /** Whoever sits in front of it has nothing to do but wait. */
  waits?: true;
}

const AT_REST: View = { news: () => undefined };

export class DeputyPage {
  readonly #manner: Manner;
  readonly #device: Device;
  readonly #api: BallotApi;
  readonly #connection: ConnectionLine;
  readonly #standings = new Standings();
  readonly #outbox: Outbox;
  readonly #polling: Polling;
  #session: Session | null = null;
  #view: View = AT_REST;

  constructor(code: string, manner: Manner) {
    this.#manner = manner;
    this.#connection = new ConnectionLine(manner.shaky);
    this.#device = new Device(manner.shelf, code);
    this.#api = new BallotApi(code);
    this.#outbox = new Outbox(this.#device, this.#api, {
      election_of: (round) => this.#paper(round)?.election ?? null,
      delivered: (unsent, delivery) => void this.#delivered(unsent, delivery),
      failing: (yes) => this.#failing(yes),
    });
    this.#polling = new Polling({
      look: () => this.#look(),
      shaky: (yes) => this.#connection.report("looking", yes),
      refused: (refusal) => {
        if (this.#session === null) trouble.show_no_session(refusal.sentence);
      },
      brisk: () => this.#view.waits === true && still_to_come(this.#listed()),
    });
  }

  start(): void {
    this.#take_card();
    window.addEventListener("hashchange", () => this.#take_card());
    window.addEventListener("storage", () => this.#view.news());
    this.#polling.now();
  }

  /** A card in the address becomes the card in use; without any card, one is asked for. */
  #take_card(): void {
    const fragment = take_fragment();
    const scanned = fragment === null ? null : read_card(fragment);
    if (scanned?.ok === true) this.#use_card(scanned.credential);
    else if (scanned !== null) this.#enter("扫到的二维码不完整。请对准投票卡再扫一次，或者在这里输入卡号。");
    else if (this.#device.card() === null) this.#enter(null);
    else if (this.#session === null) this.#begin();
  }

  #use_card(credential: string): void {
    if (credential !== this.#device.card()) this.#standings.forget();
    this.#device.use_card(credential);
    this.#begin();
    if (this.#session !== null) void this.#learn();
    this.#polling.now();
  }

  #begin(): void {
    this.#view = { news: () => this.#arrive() };
    show_starting();
  }

  #enter(message: string | null): void {
    this.#view = AT_REST;
    this.#manner.ask_card(message, (credential) => this.#use_card(credential));
  }

  async #look(): Promise<void> {
    const session = await this.#api.session();
    if (session !== null) this.#take_session(session);
    await this.#learn(session !== null);
  }

  /** What was marked on a ballot that can no longer be cast is nobody's business. */
  #take_session(session: Session): void {
    this.#session = session;
    const over = session.rounds.filter(is_over);
    for (const round of over) this.#device.drop_draft(round.id);
  }

  /** Learns what it can about the card, then lets the screen react if anything is new. */
  async #learn(news = true): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    const before = session.rounds.map((round) => this.#standings.of(round.id));
    await this.#standings.learn(session, this.#device, this.#api);
    const learned = session.rounds.some((round, at) => this.#standings.of(round.id) !== before[at]);
    if (news || learned) this.#view.news();
    if (news) this.#outbox.now();
  }

  #listed(): Listed[] {
    return this.#session === null ? [] : listed(this.#session, this.#device, this.#standings);
  }

  #round(id: string): Round | null {
    return this.#session?.rounds.find((round) => round.id === id) ?? null;
  }

  #paper(id: string): Paper | null {
    const round = this.#round(id);
    const paper = round === null || round.election === null ? null : paper_or_null(round);
    return paper !== null && this.#device.is_first_election(id, paper.election.fingerprint) ? paper : null;
  }

  /** The first screen after a scan or a reload: straight to what is under way, if there is just one such thing. */
  #arrive(): void {
    const rounds = this.#listed();
    const only = (progress: Listed["progress"]): string | null => {
      const found = rounds.filter((one) => one.progress === progress);
      return found.length === 1 ? (found[0]?.round.id ?? null) : null;
    };
    const under_way = only("on_its_way") ?? only("to_do");
    const past = rounds.length === 1 ? (only("done") ?? only("barred")) : null;
    const goal = under_way ?? past;
    if (goal === null) this.#wait();
    else this.#open(goal);
  }

  #wait(): void {
    const open_now = (): string[] => this.#listed().flatMap((one) => (one.progress === "to_do" ? [one.round.id] : []));
    let known = open_now();
    const redraw = show_waiting(this.#listed(), {
      begin: (round) => this.#open(round),
      look: (round) => this.#open(round),
      other_card: () => this.#other_card(),
      paper: (round) => this.#paper(round),
    });
    this.#view = {
      waits: true,
      news: () => {
        const now = open_now();
        const opened = now.find((round) => !known.includes(round));
        known = now;
        if (opened !== undefined && now.length === 1) this.#open(opened);
        else redraw(this.#listed());
      },
    };
  }

  #other_card(): void {
    this.#view = AT_REST;
    const unsent = this.#listed().some((one) => one.progress === "on_its_way");
    this.#manner.other_card(unsent, () => this.forget(), () => this.#wait());
  }

  /** Lets go of the card and of all that was marked with it, and asks for a card. */
  forget(): void {
    this.#device.forget_card();
    this.#standings.forget();
    this.#enter(null);
  }

  /** Whatever there is to show about a round: its receipt, its ballot on the way, or the ballot to fill in. */
  #open(id: string, at: number | null = null): void {
    const round = this.#round(id);
    if (round === null) return this.#wait();
    const receipt = this.#device.receipt(id);
    const standing = this.#standings.of(id);
    if (receipt !== null) this.#receipt(round, receipt);
    else if (this.#device.sealed(id) !== null) this.#sending(id);
    else if (standing?.state === "used") this.#used(round, standing.tracker);
    else if (standing?.state === "dead" || standing?.state === "unknown") this.#bad_card(standing.state);
    else this.#vote(round, at);
  }

  #vote(round: Round, at: number | null): void {
    const paper = this.#paper(round.id);
    if (paper === null) {
      this.#view = AT_REST;
      trouble.show_torn_paper(round.title, () => this.#wait());
      return;
    }
    const choices = { now: this.#kept_choices(paper) };
    const close = show_voting(
      paper,
      choices.now,
      {
        changed: (changed) => {
          choices.now = changed;
          this.#keep(paper, changed);
        },
        done: () => this.#read_back(paper, choices.now),
        leave: () => this.#leave(paper),
      },
      at,
    );
    this.#view = { news: () => this.#news_while_filling(paper, close) };
    this.#view.news();
  }

  #keep(paper: Paper, choices: Choices): void {
    this.#device.keep_draft(paper.round, { fingerprint: paper.election.fingerprint, choices });
  }

  #kept_choices(paper: Paper): Choices {
    const draft = this.#device.draft(paper.round);
    const same = draft?.fingerprint === paper.election.fingerprint;
    if (draft !== null && same && fits(draft.choices, paper)) return draft.choices;
    return no_choices(paper.form, paper.candidates.length);
  }

  /** A ballot being filled in stays as it is, unless it cannot be cast any more. */
  #news_while_filling(paper: Paper, close: () => void): void {
    const standing = this.#standings.of(paper.round);
    const elsewhere = this.#device.receipt(paper.round) !== null || this.#device.sealed(paper.round) !== null;
    const barred = standing !== null && standing.state !== "unused";
    if (elsewhere || barred) return this.#open(paper.round);
    const state = this.#round(paper.round)?.state;
    if (state === "open") return;
    close();
    this.#view = AT_REST;
  }

  #leave(paper: Paper): void {
    this.#device.drop_draft(paper.round);
    this.#wait();
  }

  #read_back(paper: Paper, choices: Choices): void {
    const close = show_read_back(paper, choices, {
      submit: () => void this.#submit(paper, choices),
      back: (candidate) => this.#open(paper.round, candidate),
      change: (changed) => {
        this.#keep(paper, changed);
        this.#read_back(paper, changed);
      },
      leave: () => this.#leave(paper),
    });
    this.#view = { news: () => this.#news_while_filling(paper, close) };
    this.#view.news();
  }

  async #submit(paper: Paper, choices: Choices): Promise<void> {
    const card = this.#device.card();
    if (card === null) return this.#enter(null);
    this.#view = AT_REST;
    const ballot = await seal_ballot(paper, card, choices, show_sealing());
    if (ballot === null) {
      trouble.show_refused(this.#manner.cannot_seal, null, () => this.#open(paper.round));
      return;
    }
    // Another window on this device may have been quicker; its ballot is the one on the way.
    const first = this.#device.sealed(paper.round) === null && this.#device.receipt(paper.round) === null;
    if (first) this.#device.keep_sealed(paper.round, { fingerprint: paper.election.fingerprint, ballot });
    this.#open(paper.round);
  }

  #sending(round: string): void {
    const screen = this.#manner.sending(() => this.#outbox.now());
    this.#view = { news: () => this.#news_while_sending(round), failing: (yes) => screen.failing(yes) };
    this.#outbox.now();
  }

  #news_while_sending(round: string): void {
    if (this.#device.receipt(round) !== null) this.#open(round);
  }

  #failing(yes: boolean): void {
    this.#connection.report("sending", yes);
    this.#view.failing?.(yes);
  }

  async #delivered(unsent: Unsent, delivery: Delivery): Promise<void> {
    if (delivery.kind === "recorded") this.#view.news();
    else if (!this.#device.is_own(unsent)) return;
    else if (delivery.kind === "false_receipt") this.#false_receipt(unsent);
    else await this.#refused(unsent, delivery.refusal.sentence);
  }

  #false_receipt(unsent: Unsent): void {
    this.#view = AT_REST;
    this.#manner.false_receipt(() => {
      this.#outbox.again(unsent);
      this.#open(unsent.round);
    });
  }

  /** The sealed ballot will never be taken: it goes; the marks stay as long as a vote is still possible. */
  async #refused(unsent: Unsent, sentence_of_server: string): Promise<void> {
    const round = this.#round(unsent.round);
    const card = this.#device.card();
    if (round === null || card === null) return;
    const standing = await this.#standings.ask_again(round, card, this.#api);
    const retry = !is_over(round) && (standing === null || standing.state === "unused");
    if (!retry) this.#device.drop_draft(round.id);
    this.#view = AT_REST;
    if (standing?.state === "used") this.#open(round.id);
    else trouble.show_refused(sentence_of_server, null, () => (retry ? this.#open(round.id) : this.#wait()));
  }

  #receipt(round: Round, receipt: Receipt): void {
    const next = (): (() => void) | null => {
      const left = this.#listed().find((one) => one.progress === "to_do");
      return left === undefined ? null : () => this.#open(left.round.id);
    };
    const offer = this.#manner.receipt(round.title, receipt.tracker, {
      check: () => this.#api.recorded(round.id, digest_hex_of(receipt.tracker)),
      go_on: next(),
      back: () => this.#wait(),
      trial: round.trial,
    });
    this.#view = {
      waits: true,
      news: () => {
        const go_on = next();
        if (go_on !== null) offer(go_on);
      },
    };
  }

  #used(round: Round, tracker: string | null): void {
    this.#view = AT_REST;
    const check = (): Promise<boolean> => this.#api.recorded(round.id, digest_hex_of(tracker ?? ""));
    show_used_card(round.title, tracker, { check, back: () => this.#wait() });
  }

  #bad_card(state: "dead" | "unknown"): void {
    this.#view = AT_REST;
    trouble.show_bad_card(state, () => this.#other_card());
  }
}

function paper_or_null(round: Round): Paper | null {
  try {
    return paper_of(round);
  } catch (error) {
    if (error instanceof TornPaper) return null;
    throw error;
  }
}

