// One key on the scrutineer's page: takes this device's part in making it, step by step, as soon as the others'
// messages are there. Nothing is kept but the secret and what was compared: a closed page goes on where it was.

import {
  BallotError,
  type Ceremony,
  deal,
  hash_of,
  is_own_certificate,
  make_certificate,
  new_seed,
  public_key_of,
  read_ceremony,
  receive,
  shared_secret,
  sign_text,
  signing_key,
} from "../../ballot/index.ts";
import { element, fill } from "../dom.ts";
import { random } from "../fitness.ts";
import { Refused } from "../http.ts";
import { breath } from "../sealing.ts";
import type { ScrutineerApi } from "./api.ts";
import type { KeyInMaking, Material } from "./told.ts";
import { key_panel, type KeyActs } from "./key_panels.ts";
import { BY_ITSELF, check_key, key_stage, type CheckedKey, type KeyStage, type OwnKey } from "./key_stage.ts";
import type { KeyMemory } from "./memory.ts";
import { sentence_for } from "./words.ts";

export class KeyDesk {
  readonly block: HTMLElement;
  readonly #body = element("div", { class: "desk" });
  readonly #said = element("p", { class: "error", role: "alert" });
  readonly #api: ScrutineerApi;
  readonly #memory: KeyMemory;
  readonly #news: () => void;
  #key: KeyInMaking;
  #checked: CheckedKey | "broken" | null = null;
  #culprit: string | null = null;
  /** What the server has refused is not sent again before it tells something new. */
  #refused = "";
  #drawn = "";
  #busy = false;
  #pressed: (() => Promise<void>) | null = null;

  /** `news` tells the page that this desk has changed something. */
  constructor(key: KeyInMaking, api: ScrutineerApi, memory: KeyMemory, news: () => void) {
    this.#key = key;
    this.#api = api;
    this.#memory = memory;
    this.#news = news;
    const heading = element("h2", {}, "开箱钥匙");
    this.block = element("section", { class: "round", "data-ceremony": key.id }, heading, this.#body, this.#said);
  }

  update(key: KeyInMaking): void {
    this.#key = key;
    if (this.#busy) return;
    this.#draw();
    if (BY_ITSELF.includes(this.#stage()) && this.#refused !== JSON.stringify(key)) {
      void this.#work(() => this.#go_on());
    } else if (this.#must_say_restored()) {
      void this.#work(() => this.#say_restored());
    }
  }

  /** Whether others wait for this page or this page for others, so that it is worth asking often. */
  get pending(): boolean {
    return this.#key.phase !== "complete" && this.#memory.seed !== null;
  }

  /** The finished key; null as long as anything is to be done or is wrong. */
  own(): OwnKey | null {
    const { seed, restored } = this.#memory;
    const checked = this.#checked;
    if (this.#stage() !== "ready" || seed === null || checked === null || checked === "broken") return null;
    return { number: this.#key.number, seed, restored, checked, secret: () => this.#secret(seed, checked) };
  }

  #stage(): KeyStage {
    const { seed, document } = this.#memory;
    return key_stage(this.#key, { seed, checked: this.#checked, compared: document });
  }

  /** Draws only what is new, so that nothing moves under somebody who is copying or typing. */
  #draw(): void {
    const stage = this.#stage();
    const now = JSON.stringify([stage, this.#key]);
    if (now === this.#drawn) return;
    const same_matter = this.block.getAttribute("data-stage") === stage && HOLDS_STILL.includes(stage);
    this.#drawn = now;
    if (same_matter) return;
    this.block.setAttribute("data-stage", stage);
    this.#said.textContent = "";
    const checked = this.#checked === "broken" ? null : this.#checked;
    const facts = { key: this.#key, seed: this.#memory.seed, checked, culprit: this.#culprit };
    fill(this.#body, ...key_panel(stage, facts, this.#acts()));
  }

  #acts(): KeyActs {
    return {
      make_key: () => {
        this.#memory.keep_seed(new_seed(random), "made here");
        this.#draw();
      },
      register: () => void this.#work(() => this.#register()),
      restore: (seed) => this.#restore(seed),
      replace: () => {
        this.#memory.drop_seed();
        this.#key = { ...this.#key, certificate: null };
        this.#draw();
      },
      same: () => void this.#work(() => this.#compared()),
    };
  }

  /** Does one thing at a time, what was pressed meanwhile afterwards; what goes wrong is said under the panel. */
  async #work(task: () => Promise<void>): Promise<void> {
    if (this.#busy) {
      this.#pressed = task;
      return;
    }
    this.#busy = true;
    this.#said.textContent = "";
    try {
      await breath();
      await task();
      this.#news();
    } catch (error) {
      if (error instanceof BallotError) this.#break(error);
      else this.#said.textContent = sentence_for(error);
      if (error instanceof Refused) this.#refused = JSON.stringify(this.#key);
    } finally {
      this.#busy = false;
      this.#draw();
    }
    const next = this.#pressed;
    this.#pressed = null;
    if (next !== null) await this.#work(next);
  }

  async #register(): Promise<void> {
    const { number, threshold, colleagues, id } = this.#key;
    const seed = this.#seed();
    const certificate = make_certificate(seed, number, threshold, colleagues.length, random);
    const report_key = signing_key(seed);
    const endorsement = sign_text(seed, `piaojue-report-key|${report_key}`, random);
    await this.#api.give_certificate(id, { certificate, signing_key: report_key, endorsement });
    this.#key = { ...this.#key, certificate };
  }

  #restore(seed: string): void {
    if (is_own_certificate(seed, this.#key.certificate ?? "")) {
      this.#memory.keep_seed(seed, "typed in");
      this.#draw();
      this.#news();
    } else {
      this.#said.textContent = "这个备用码和您登记的开箱钥匙对不上。请核对是不是这一次的备用码。";
    }
  }

  #must_say_restored(): boolean {
    const told = this.#key.colleagues[this.#key.number - 1]?.restored ?? true;
    return this.#memory.seed !== null && this.#memory.restored && !told;
  }

  async #say_restored(): Promise<void> {
    await this.#api.say_restored(this.#key.id, sign_text(this.#seed(), `piaojue-restored|${this.#key.id}`, random));
  }

  /** The step that is due. Everything is checked before the own message is made. */
  async #go_on(): Promise<void> {
    const stage = this.#stage();
    const material = await this.#api.material(this.#key.id);
    await breath();
    if (stage === "fetch") this.#take(material);
    else if (stage === "deal") await this.#deal(read_ceremony(all(material.certificates), this.#key.threshold));
    else await this.#receive(material, read_ceremony(all(material.certificates), this.#key.threshold));
  }

  async #deal(ceremony: Ceremony): Promise<void> {
    await this.#api.give_deal(this.#key.id, deal(this.#seed(), ceremony, random));
    this.#key = { ...this.#key, dealt: true };
  }

  /** The own portion among them is signed over all certificates: none can have been exchanged since. */
  async #receive(material: Material, ceremony: Ceremony): Promise<void> {
    await this.#api.give_share(this.#key.id, receive(this.#seed(), ceremony, all(material.deals), random));
    this.#key = { ...this.#key, received: true };
  }

  #take({ trustees }: Material): void {
    const document = trustees ?? "";
    this.#checked = check_key(document, this.#key, this.#seed(), hash_of(document));
  }

  async #compared(): Promise<void> {
    if (this.#checked === null || this.#checked === "broken") return;
    this.#memory.keep_document(this.#checked.hash);
    await this.#api.say_compared(this.#key.id);
  }

  async #secret(seed: string, { joint }: CheckedKey): Promise<bigint> {
    const { share } = await this.#api.material(this.#key.id);
    if (joint.ceremony === null) throw new BallotError("BadTrustee", "no common key");
    const secret = shared_secret(seed, joint.ceremony, share ?? "");
    if (public_key_of(secret) !== joint.keys[this.#key.number - 1]) throw new BallotError("BadTrustee", "share");
    return secret;
  }

  #break(error: BallotError): void {
    const [, place] = /^(?:share|message) of (\d+)$/.exec(error.detail) ?? [];
    this.#culprit = place === undefined ? null : (this.#key.colleagues[Number(place) - 1]?.name ?? null);
    this.#checked = "broken";
  }

  #seed(): string {
    const { seed } = this.#memory;
    if (seed === null) throw new Error("no seed on this device");
    return seed;
  }
}

/** Somebody is typing, copying or comparing: news that change nothing for them wait. */
const HOLDS_STILL: KeyStage[] = ["make_key", "copy_code", "restore"];

/** All messages of one kind. Throws BadTrustee while one is missing. */
function all(messages: readonly (string | null)[]): string[] {
  return messages.map((message) => {
    if (message === null) throw new BallotError("BadTrustee", "missing");
    return message;
  });
}
