// What a scrutineer's own device keeps, and nobody else has:
//
//   piaojue-scrutineer/LINK/ROUND/seed      the secret behind the 开箱钥匙; its written form is the 备用码
//   piaojue-scrutineer/LINK/ROUND/election  fingerprint of the election in which the own key was found
//   piaojue-scrutineer/key/ID/NUMBER/seed      the secret behind the part in a key that is made together
//   piaojue-scrutineer/key/ID/NUMBER/restored  set where that secret was typed in from paper
//   piaojue-scrutineer/key/ID/NUMBER/document  SHA-256 of the document whose code was compared aloud
//   piaojue-scrutineer/UUID/opened          hash of the one sum this device may open in that election; another
//                                           link for the same person is no way to a second one

import { own_public_key, parse_seed } from "../../ballot/index.ts";

export class Memory {
  readonly #shelf: Storage;
  readonly #root: string;

  constructor(shelf: Storage, link: string) {
    this.#shelf = shelf;
    this.#root = `piaojue-scrutineer/${link}/`;
  }

  seed(round: string): string | null {
    const stored = this.#shelf.getItem(`${this.#root}${round}/seed`);
    const typed = stored === null ? null : parse_seed(stored);
    return typed?.ok === true ? typed.seed : null;
  }

  keep_seed(round: string, seed: string): void {
    this.#shelf.setItem(`${this.#root}${round}/seed`, seed);
  }

  drop_seed(round: string): void {
    this.#shelf.removeItem(`${this.#root}${round}/seed`);
  }

  /** The public half of the key on this device, 64 hex digits. */
  public_key(round: string): string | null {
    const seed = this.seed(round);
    return seed === null ? null : own_public_key(seed);
  }

  election(round: string): string | null {
    return this.#shelf.getItem(`${this.#root}${round}/election`);
  }

  keep_election(round: string, fingerprint: string): void {
    this.#shelf.setItem(`${this.#root}${round}/election`, fingerprint);
  }

  opened(uuid: string): string | null {
    return this.#shelf.getItem(`piaojue-scrutineer/${uuid}/opened`);
  }

  keep_opened(uuid: string, tally_hash: string): void {
    this.#shelf.setItem(`piaojue-scrutineer/${uuid}/opened`, tally_hash);
  }
}

/** The same of one person's part in one key; another link for the same person finds it again. */
export class KeyMemory {
  readonly #shelf: Storage;
  readonly #root: string;

  constructor(shelf: Storage, key: string, number: number) {
    this.#shelf = shelf;
    this.#root = `piaojue-scrutineer/key/${key}/${number}/`;
  }

  get seed(): string | null {
    const stored = this.#shelf.getItem(`${this.#root}seed`);
    const typed = stored === null ? null : parse_seed(stored);
    return typed?.ok === true ? typed.seed : null;
  }

  /** A phone into which the secret was typed does not know what another one has opened with it. */
  keep_seed(seed: string, from: "made here" | "typed in"): void {
    if (from === "typed in") this.#shelf.setItem(`${this.#root}restored`, "yes");
    else this.#shelf.removeItem(`${this.#root}restored`);
    this.#shelf.setItem(`${this.#root}seed`, seed);
  }

  drop_seed(): void {
    this.#shelf.removeItem(`${this.#root}seed`);
  }

  get restored(): boolean {
    return this.#shelf.getItem(`${this.#root}restored`) !== null;
  }

  get document(): string | null {
    return this.#shelf.getItem(`${this.#root}document`);
  }

  keep_document(hash: string): void {
    this.#shelf.setItem(`${this.#root}document`, hash);
  }
}
