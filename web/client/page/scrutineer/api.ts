// What the scrutineer's page asks the server, with the cookie of the personal link. Nothing secret is among it.

import { ask, ask_text, refusal_in, value_of } from "../http.ts";
import type { Reader } from "../shapes.ts";
import { read_material, read_overview, type Material, type Overview } from "./told.ts";

const DOWNLOAD_MS = 300_000;

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

