// What the scrutineer's page asks the server, with the cookie of the personal link. Nothing secret is among it.

import { ask, ask_text, refusal_in, value_of } from "../http.ts";
import { list, one_of, or_null, record, text, whole, yes_no, type Reader } from "../shapes.ts";

const DOWNLOAD_MS = 300_000;

const STATES = [
  "drafted",
  "adopted",
  "sealed",
  "open",
  "closed",
  "reconciled",
  "counted",
  "announced",
  "published",
  "void",
] as const;

export type State = (typeof STATES)[number];

export interface Round {
  id: string;
  title: string;
  /** 票决 or 测评. */
  act: string;
  /** Who declares and announces: 执行主席, or in a meeting of the 常委会 its 主持人. */
  presider: string;
  state: State;
  /** The key that the scrutineers make together; null: each has an own one, and all are needed. */
  ceremony: string | null;
  /** How many scrutineers open the box. */
  needed: number;
  key_registered: boolean;
  public_key: string | null;
  election: string | null;
  trustees: string | null;
  closing_head: string | null;
  ballots: number | null;
  /** In the box and on paper, as the hall's screen says. */
  returned: number | null;
  decrypted: boolean;
  /** How many scrutineers have opened so far. */
  opened: number | null;
  /** As many have opened as are needed, and the sum did not open. */
  stuck: boolean;
  /** Who has signed the head of the closed box. */
  confirmations: Confirmation[];
  /** For the 总监票人, from sealing to opening. */
  empty: EmptyBox | null;
  /** What the tellers agreed on, to be signed. */
  paper: PaperSheet | null;
  report: string | null;
  signed: boolean;
}

export interface Confirmation {
  number: number;
  signature: string;
}

export interface EmptyBox {
  ballots: number;
  confirmed: boolean;
}

export interface PaperSheet {
  text: string;
  signed: boolean;
}

export interface Colleague {
  name: string;
  /** Has done what everybody is waiting for at this moment. */
  ready: boolean;
  compared: boolean;
  restored: boolean;
}

const PHASES = ["certificates", "deals", "shares", "complete"] as const;

/** A key in the making, as the server tells it; `certificate` is the own one, once it is there. */
export interface KeyInMaking {
  id: string;
  number: number;
  threshold: number;
  phase: (typeof PHASES)[number];
  colleagues: Colleague[];
  certificate: string | null;
  dealt: boolean;
  received: boolean;
  compared: boolean;
}

/** All messages so far, in the scrutineers' order; `share` is the own one. */
export interface Material {
  certificates: (string | null)[];
  deals: (string | null)[];
  share: string | null;
  trustees: string | null;
}

export interface Overview {
  name: string;
  number: number;
  ceremonies: KeyInMaking[];
  rounds: Round[];
}

const read_round = record<Round>({
  id: text,
  title: text,
  act: text,
  presider: text,
  state: one_of(...STATES),
  ceremony: or_null(text),
  needed: whole,
  key_registered: yes_no,
  public_key: or_null(text),
  election: or_null(text),
  trustees: or_null(text),
  closing_head: or_null(text),
  ballots: or_null(whole),
  returned: or_null(whole),
  decrypted: yes_no,
  opened: or_null(whole),
  stuck: yes_no,
  confirmations: list(record<Confirmation>({ number: whole, signature: text })),
  empty: or_null(record<EmptyBox>({ ballots: whole, confirmed: yes_no })),
  paper: or_null(record<PaperSheet>({ text, signed: yes_no })),
  report: or_null(text),
  signed: yes_no,
});

const read_key = record<KeyInMaking>({
  id: text,
  number: whole,
  threshold: whole,
  phase: one_of(...PHASES),
  colleagues: list(record<Colleague>({ name: text, ready: yes_no, compared: yes_no, restored: yes_no })),
  certificate: or_null(text),
  dealt: yes_no,
  received: yes_no,
  compared: yes_no,
});

const read_material = record<Material>({
  certificates: list(or_null(text)),
  deals: list(or_null(text)),
  share: or_null(text),
  trustees: or_null(text),
});

const read_overview = record<Overview>({
  name: text,
  number: whole,
  ceremonies: list(read_key),
  rounds: list(read_round),
});
const read_anything: Reader<null> = () => null;

/** The routes of one personal link; each raises Unreachable or Refused. */
export class ScrutineerApi {
  readonly #base: string;

  constructor(page: string) {
    this.#base = `${page.replace(/\/$/, "")}/api`;
  }

  async overview(): Promise<Overview> {
    return value_of(await ask_text(this.#base, { credentials: "same-origin" }), read_overview);
  }

  /** The record as far as it is written; after closing, up to the sum. */
  async archive(round: string): Promise<Uint8Array> {
    const url = this.#of(round, "ballots.bel");
    const how = { credentials: "same-origin" as const, patience_ms: DOWNLOAD_MS };
    const answer = await ask(url, (response) => response.arrayBuffer(), how);
    const bytes = new Uint8Array(answer.body);
    if (answer.status === 200) return bytes;
    throw refusal_in({ ...answer, body: new TextDecoder().decode(bytes) });
  }

  register_key(round: string, public_key: string, signing_key: string): Promise<null> {
    return this.#post(round, "key", { public_key, signing_key });
  }

  submit_decryption(round: string, decryption: string): Promise<null> {
    return this.#post(round, "decryption", { decryption });
  }

  submit_signature(round: string, signature: string): Promise<null> {
    return this.#post(round, "signature", { signature });
  }

  confirm_box(round: string, signature: string): Promise<null> {
    return this.#post(round, "confirmation", { signature });
  }

  confirm_empty(round: string): Promise<null> {
    return this.#post(round, "empty", {});
  }

  sign_paper(round: string, signature: string): Promise<null> {
    return this.#post(round, "paper", { signature });
  }

  async material(key: string): Promise<Material> {
    const how = { credentials: "same-origin" as const };
    return value_of(await ask_text(this.#of("ceremonies", key), how), read_material);
  }

  give_certificate(key: string, own: { certificate: string; signing_key: string; endorsement: string }): Promise<null> {
    return this.#post(["ceremonies", key], "certificate", own);
  }

  give_deal(key: string, deal: string): Promise<null> {
    return this.#post(["ceremonies", key], "deal", { deal });
  }

  give_share(key: string, share: string): Promise<null> {
    return this.#post(["ceremonies", key], "share", { share });
  }

  say_compared(key: string): Promise<null> {
    return this.#post(["ceremonies", key], "compared", {});
  }

  say_restored(key: string, signature: string): Promise<null> {
    return this.#post(["ceremonies", key], "restored", { signature });
  }

  async #post(about: string | string[], what: string, value: object): Promise<null> {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify(value);
    const url = this.#of(...(typeof about === "string" ? [about] : about), what);
    const answer = await ask_text(url, { method: "POST", body, headers, credentials: "same-origin" });
    if (answer.status === 204) return null;
    return value_of(answer, read_anything);
  }

  #of(...parts: string[]): string {
    return [this.#base, ...parts.map(encodeURIComponent)].join("/");
  }
}

