// One round on the scrutineer's page: keeps what this device knows of it, draws its stage, and does its work.

import {
  new_seed,
  own_public_key,
  partial_decryption,
  read_any_election,
  sign_report,
  signing_key,
  trustee_keys,
  trustee_public_key,
  type Recount,
} from "../../ballot/index.ts";
import { element, fill, paragraph } from "../dom.ts";
import { random } from "../fitness.ts";
import { Refused, Unreachable } from "../http.ts";
import { breath } from "../sealing.ts";
import type { Round, ScrutineerApi } from "./api.ts";
import { check_box } from "./checking.ts";
import type { Memory } from "./memory.ts";
import { panel, type Acts } from "./panels.ts";
import { own_part, stage_of, type Known, type OwnPart, type Stage } from "./stage.ts";
import { step_list } from "./steps.ts";

export class RoundDesk {
  readonly block: HTMLElement;
  readonly #body = element("div", { class: "desk" });
  readonly #said = element("p", { class: "error", role: "alert" });
  readonly #api: ScrutineerApi;
  readonly #memory: Memory;
  readonly #news: () => void;
  #round: Round;
  #recount: Recount | "failed" | null = null;
  #replacing = false;
  #drawn = "";
  #busy = false;
  #own: { about: string; part: OwnPart } = { about: "", part: null };

  /** `news` tells the page that this desk has changed something on the server. */
  constructor(round: Round, api: ScrutineerApi, memory: Memory, news: () => void) {
    this.#round = round;
    this.#api = api;
    this.#memory = memory;
    this.#news = news;
    const heading = element("h2", {}, round.title);
    this.block = element("section", { class: "round", "data-round": round.id }, heading, this.#body, this.#said);
  }

  update(round: Round): void {
    this.#round = round;
    if (this.#busy) return;
    this.#draw();
    if (this.#stage_shown() === "recounting") void this.#work(() => this.#check());
  }

  #known(): Known {
    const { id } = this.#round;
    return {
      public_key: this.#memory.public_key(id),
      election: this.#memory.election(id),
      recount: this.#recount,
      replacing: this.#replacing,
    };
  }

  /** Draws only what is new, so that nothing moves under somebody who is copying or typing. */
  #draw(): void {
    const known = this.#known();
    const stage = stage_of(this.#round, known, this.#own_part(known.public_key));
    if (stage === "await_close" || stage === "recounting") this.#remember_election();
    const now = JSON.stringify([stage, this.#round]);
    if (now === this.#drawn) return;
    const same_matter = this.#stage_shown() === stage && HOLDS_STILL.includes(stage);
    this.#drawn = now;
    if (!same_matter) this.#show(stage);
  }

  #stage_shown(): string | null {
    return this.block.getAttribute("data-stage");
  }

  #show(stage: Stage): void {
    const scrutineers = this.#trustees();
    const recount = this.#recount === "failed" ? null : this.#recount;
    const facts = { round: this.#round, seed: this.#memory.seed(this.#round.id), recount, scrutineers };
    this.block.setAttribute("data-stage", stage);
    this.#said.textContent = "";
    fill(this.#body, step_list(stage), ...panel(stage, facts, this.#acts()));
  }

  #own_part(public_key: string | null): OwnPart {
    const about = JSON.stringify([this.#round.election, this.#round.trustees, public_key]);
    if (about !== this.#own.about) this.#own = { about, part: own_part(this.#round, public_key) };
    return this.#own.part;
  }

  #remember_election(): void {
    const { id, election } = this.#round;
    if (election !== null && this.#memory.election(id) === null) {
      this.#memory.keep_election(id, read_any_election(election).fingerprint);
    }
  }

  #trustees(): number | null {
    const { election, trustees } = this.#round;
    if (election === null || trustees === null || this.#own.part !== "inside") return null;
    return trustee_keys(read_any_election(election), trustees).length;
  }

  #acts(): Acts {
    const { id } = this.#round;
    return {
      make_key: () => {
        this.#memory.keep_seed(id, new_seed(random));
        this.#draw();
      },
      register: () => void this.#work(() => this.#register()),
      restore: (seed) => this.#restore(seed),
      replace: () => {
        this.#memory.drop_seed(id);
        this.#replacing = true;
        this.#draw();
      },
      open: () => void this.#work(() => this.#open()),
      recount_again: () => {
        this.#recount = null;
        this.#draw();
        this.#news();
      },
      sign: (report) => void this.#work(() => this.#sign(report)),
    };
  }

  /** Does one thing at a time; what goes wrong is said under the panel, and can be tried again. */
  async #work(task: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#said.textContent = "";
    this.#enable(false);
    try {
      await task();
      this.#news();
    } catch (error) {
      this.#said.textContent = sentence_for(error);
    } finally {
      this.#busy = false;
      this.#enable(true);
      this.#draw();
    }
  }

  #enable(yes: boolean): void {
    for (const one of Array.from(this.#body.querySelectorAll("button"))) one.disabled = !yes;
  }

  async #register(): Promise<void> {
    const seed = this.#own_seed();
    await this.#api.register_key(this.#round.id, trustee_public_key(seed, random), signing_key(seed));
    this.#replacing = false;
    this.#round = { ...this.#round, key_registered: true, public_key: own_public_key(seed) };
  }

  #restore(seed: string): void {
    if (own_public_key(seed) === this.#round.public_key) {
      this.#memory.keep_seed(this.#round.id, seed);
      this.#draw();
    } else {
      this.#said.textContent = "这个备用码和您登记的开箱钥匙对不上。请核对是不是这一轮的备用码。";
    }
  }

  async #check(): Promise<void> {
    const bar = element("progress", { "aria-label": "核对进度" });
    const count = paragraph("正在下载票箱……", "number");
    this.#body.querySelector(".checking")?.remove();
    this.#body.appendChild(element("div", { class: "checking" }, bar, count));
    const bytes = await this.#api.archive(this.#round.id);
    this.#recount = await check_box(bytes, this.#round, this.#known(), (done, total) => {
      bar.max = total;
      bar.value = done;
      count.textContent = `已核对${done}张，共${total}张`;
    });
  }

  /** Opens the sum that was just recounted, and remembers it first: in this election no other one is ever opened. */
  async #open(): Promise<void> {
    const recount = this.#recount;
    if (recount === null || recount === "failed") return;
    const { uuid } = recount.election;
    const before = this.#memory.opened(uuid);
    if (before !== null && before !== recount.encrypted_tally_hash) throw new OtherBox();
    this.#memory.keep_opened(uuid, recount.encrypted_tally_hash);
    await breath();
    const part = partial_decryption(recount.election, recount.encrypted_tally_text, this.#own_seed(), random);
    await this.#api.submit_decryption(this.#round.id, part);
    this.#round = { ...this.#round, decrypted: true };
  }

  /** Signs the text that stands on the screen, whatever the server has said since. */
  async #sign(report: string): Promise<void> {
    const signature = sign_report(this.#own_seed(), new TextEncoder().encode(report));
    await this.#api.submit_signature(this.#round.id, signature);
    this.#round = { ...this.#round, signed: true };
  }

  #own_seed(): string {
    const seed = this.#memory.seed(this.#round.id);
    if (seed === null) throw new Error("no seed on this device");
    return seed;
  }
}

/** Somebody is typing, copying or comparing: news that change nothing for them wait. */
const HOLDS_STILL: Stage[] = ["make_key", "copy_code", "restore", "recounting", "compare", "sign"];

/** A second, different sum of an election this device has opened: it would give away single ballots. */
class OtherBox extends Error {}

function sentence_for(error: unknown): string {
  if (error instanceof OtherBox) {
    return "这台设备已经为这一轮开过另一个票箱，不能再开这一个。请马上告诉总监票人和主持人。";
  }
  if (error instanceof Refused) return error.sentence;
  if (error instanceof Unreachable) return "网络不通，没有送到。请检查网络后再试一次。";
  throw error;
}
