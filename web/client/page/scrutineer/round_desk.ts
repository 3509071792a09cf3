// One round on the scrutineer's page: keeps what this device knows of it, draws its stage, and does its work.

import {
  decrypt_with,
  new_seed,
  own_public_key,
  read_any_election,
  sign_report,
  sign_text,
  signing_key,
  trustee_public_key,
  trustee_secret,
  type Recount,
} from "../../ballot/index.ts";
import { element, fill, paragraph } from "../dom.ts";
import { random } from "../fitness.ts";
import { breath } from "../sealing.ts";
import type { ScrutineerApi } from "./api.ts";
import type { Round } from "./told.ts";
import { check_box } from "./checking.ts";
import type { OwnKey } from "./key_stage.ts";
import type { Memory } from "./memory.ts";
import { panel, type Acts } from "./panels.ts";
import { box_text, confirmations_needed, own_part, stage_of, type Known, type OwnPart, type Stage } from "./stage.ts";
import { step_list } from "./steps.ts";
import { OtherBox, sentence_for } from "./words.ts";

export class RoundDesk {
  readonly block: HTMLElement;
  readonly #body = element("div", { class: "desk" });
  readonly #said = element("p", { class: "error", role: "alert" });
  readonly #api: ScrutineerApi;
  readonly #memory: Memory;
  readonly #news: () => void;
  readonly #own_name: string;
  #round: Round;
  #together: OwnKey | null = null;
  #recount: Recount | "failed" | null = null;
  #replacing = false;
  #drawn = "";
  #busy = false;
  #own: { about: string; part: OwnPart } = { about: "", part: null };

  /**
   * `own_name` is whose desk this is, as reports name scrutineers; `news` tells the page that this desk has changed
   * something on the server.
   */
  constructor(round: Round, own_name: string, api: ScrutineerApi, memory: Memory, news: () => void) {
    this.#own_name = own_name;
    this.#round = round;
    this.#api = api;
    this.#memory = memory;
    this.#news = news;
    const heading = element("h2", {}, round.title);
    this.block = element("section", { class: "round", "data-round": round.id }, heading, this.#body, this.#said);
  }

  /** `together` is the part in the key that the scrutineers of this round have made together. */
  update(round: Round, together: OwnKey | null): void {
    this.#round = round;
    this.#together = together;
    if (this.#busy) return;
    this.#draw();
    if (this.#stage_shown() === "recounting") void this.#work(() => this.#check());
  }

  #known(): Known {
    const { id } = this.#round;
    return {
      own_name: this.#own_name,
      public_key: this.#public_key(),
      together: this.#together,
      election: this.#memory.election(id),
      recount: this.#recount,
      replacing: this.#replacing,
    };
  }

  #public_key(): string | null {
    if (this.#round.ceremony === null) return this.#memory.public_key(this.#round.id);
    return this.#together?.checked.joint.keys[this.#together.number - 1] ?? null;
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
    const confirmations = this.#together === null ? 0 : confirmations_needed(this.#together);
    const recount = this.#recount === "failed" ? null : this.#recount;
    const facts = { round: this.#round, seed: this.#memory.seed(this.#round.id), recount, confirmations };
    this.block.setAttribute("data-stage", stage);
    this.#said.textContent = "";
    fill(this.#body, step_list(stage), ...panel(stage, facts, this.#acts()));
  }

  #own_part(public_key: string | null): OwnPart {
    const about = JSON.stringify([this.#round.election, this.#round.trustees, public_key]);
    if (about !== this.#own.about) this.#own = { about, part: own_part(this.#round, public_key, this.#together) };
    return this.#own.part;
  }

  #remember_election(): void {
    const { id, election } = this.#round;
    if (election !== null && this.#memory.election(id) === null) {
      this.#memory.keep_election(id, read_any_election(election).fingerprint);
    }
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
      empty: () => void this.#work(() => this.#confirm_empty()),
      sign_paper: (text) => void this.#work(() => this.#sign_paper(text)),
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

  async #confirm_empty(): Promise<void> {
    await this.#api.confirm_empty(this.#round.id);
  }

  async #sign_paper(text: string): Promise<void> {
    await this.#api.sign_paper(this.#round.id, sign_report(this.#own_seed(), new TextEncoder().encode(text)));
  }

  /**
   * Opens the sum that was just recounted, and remembers it first: in this election no other one is ever opened,
   * nor its head confirmed for others.
   */
  async #open(): Promise<void> {
    const recount = this.#recount;
    if (recount === null || recount === "failed") return;
    this.#pin(recount);
    await breath();
    const secret = this.#together === null ? trustee_secret(this.#own_seed()) : await this.#together.secret();
    if (this.#together !== null) {
      await this.#api.confirm_box(this.#round.id, sign_text(this.#own_seed(), box_text(recount), random));
    }
    const part = decrypt_with(recount.election, recount.encrypted_tally_text, secret, random);
    await this.#api.submit_decryption(this.#round.id, part);
    this.#round = { ...this.#round, decrypted: true };
  }

  /** Throws OtherBox for a second sum of an election. */
  #pin({ election, encrypted_tally_hash }: Recount): void {
    const before = this.#memory.opened(election.uuid);
    if (before !== null && before !== encrypted_tally_hash) throw new OtherBox();
    this.#memory.keep_opened(election.uuid, encrypted_tally_hash);
  }

  /** Signs the text that stands on the screen, whatever the server has said since. */
  async #sign(report: string): Promise<void> {
    if (this.#recount !== null && this.#recount !== "failed") this.#pin(this.#recount);
    const signature = sign_report(this.#own_seed(), new TextEncoder().encode(report));
    await this.#api.submit_signature(this.#round.id, signature);
    this.#round = { ...this.#round, signed: true };
  }

  #own_seed(): string {
    const seed = this.#round.ceremony === null ? this.#memory.seed(this.#round.id) : (this.#together?.seed ?? null);
    if (seed === null) throw new Error("no seed on this device");
    return seed;
  }
}

/** Somebody is typing, copying or comparing: news that change nothing for them wait. */
const HOLDS_STILL: Stage[] = ["make_key", "copy_code", "restore", "recounting", "sign_paper", "compare", "sign"];
