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
  key_registered: boolean;
  public_key: string | null;
  election: string | null;
  trustees: string | null;
  closing_head: string | null;
  ballots: number | null;
  decrypted: boolean;
  /** How many scrutineers have opened so far. */
  opened: number | null;
  report: string | null;
  signed: boolean;
}

export interface Overview {
  name: string;
  number: number;
  rounds: Round[];
}

const read_round = record<Round>({
  id: text,
  title: text,
  act: text,
  presider: text,
  state: one_of(...STATES),
  key_registered: yes_no,
  public_key: or_null(text),
  election: or_null(text),
  trustees: or_null(text),
  closing_head: or_null(text),
  ballots: or_null(whole),
  decrypted: yes_no,
  opened: or_null(whole),
  report: or_null(text),
  signed: yes_no,
});

const read_overview = record<Overview>({ name: text, number: whole, rounds: list(read_round) });
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

  async #post(round: string, what: string, value: object): Promise<null> {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify(value);
    const answer = await ask_text(this.#of(round, what), { method: "POST", body, headers, credentials: "same-origin" });
    if (answer.status === 204) return null;
    return value_of(answer, read_anything);
  }

  #of(...parts: string[]): string {
    return [this.#base, ...parts.map(encodeURIComponent)].join("/");
  }
}

