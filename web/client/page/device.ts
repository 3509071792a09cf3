// What the page keeps on the device, and when it lets go of it.
//
//   piaojue/CODE/card                 the card in use in this session
//   piaojue/CODE/SLOT/ROUND/choices   marks of a ballot being filled in      } gone once the server
//   piaojue/CODE/SLOT/ROUND/sealed    the sealed ballot, before it is sent   } has acknowledged it
//   piaojue/CODE/SLOT/ROUND/receipt   the receipt
//   piaojue/CODE/ROUND/election       the election first met for a round
//
// SLOT stands for the card, so that on a shared tablet nobody meets another's choices or receipt.

import { digest_hex } from "../ballot/index.ts";
import { read_receipt, type Receipt } from "./ballot_api.ts";
import { read_choices, type Choices } from "./choosing.ts";
import { read_json, record, text, Unreadable, type Reader } from "./shapes.ts";

/** Choices belong to the one election they were made for. */
export interface Draft {
  fingerprint: string;
  choices: Choices;
}

export interface Sealed {
  fingerprint: string;
  ballot: string;
}

/** A sealed ballot of any card that still waits on this device for the server's word. */
export interface Unsent extends Sealed {
  slot: string;
  round: string;
}

const read_draft = record<Draft>({ fingerprint: text, choices: read_choices });
const read_sealed = record<Sealed>({ fingerprint: text, ballot: text });

/** Where things are kept: the browser's own store, or on a tablet that everybody uses the memory of the page. */
export interface Shelf {
  readonly length: number;
  key: (index: number) => string | null;
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
}

export class Device {
  readonly #shelf: Shelf;
  readonly #root: string;

  constructor(shelf: Shelf, code: string) {
    this.#shelf = shelf;
    this.#root = `piaojue/${code}/`;
  }

  card(): string | null {
    return this.#shelf.getItem(`${this.#root}card`);
  }

  /** Takes another card into use; of the one before, only ballots on their way stay. */
  use_card(credential: string): void {
    if (credential === this.card()) return;
    this.forget_card();
    this.#shelf.setItem(`${this.#root}card`, credential);
  }

  forget_card(): void {
    const stays = (key: string): boolean => key.endsWith("/sealed") || key.endsWith("/election");
    for (const key of this.#keys()) if (!stays(key)) this.#shelf.removeItem(key);
  }

  draft(round: string): Draft | null {
    return this.#read(this.#key(this.#slot(), round, "choices"), read_draft);
  }

  keep_draft(round: string, draft: Draft): void {
    this.#shelf.setItem(this.#key(this.#slot(), round, "choices"), JSON.stringify(draft));
  }

  /** A sealed round never changes: another election under its name was put there to open this one ballot. */
  is_first_election(round: string, fingerprint: string): boolean {
    const key = `${this.#root}${round}/election`;
    const first = this.#shelf.getItem(key);
    if (first === null) this.#shelf.setItem(key, fingerprint);
    return first === null || first === fingerprint;
  }

  drop_draft(round: string): void {
    this.#shelf.removeItem(this.#key(this.#slot(), round, "choices"));
  }

  sealed(round: string): Unsent | null {
    const slot = this.#slot();
    const sealed = this.#read(this.#key(slot, round, "sealed"), read_sealed);
    return sealed && { ...sealed, slot, round };
  }

  keep_sealed(round: string, sealed: Sealed): void {
    this.#shelf.setItem(this.#key(this.#slot(), round, "sealed"), JSON.stringify(sealed));
  }

  is_own(unsent: Unsent): boolean {
    return unsent.slot === this.#slot();
  }

  drop_sealed({ slot, round }: Unsent): void {
    this.#shelf.removeItem(this.#key(slot, round, "sealed"));
  }

  receipt(round: string): Receipt | null {
    return this.#read(this.#key(this.#slot(), round, "receipt"), read_receipt);
  }

  /** The server has the ballot: the receipt stays, every trace of the choice goes. */
  acknowledge(unsent: Unsent, receipt: Receipt): void {
    const { slot, round } = unsent;
    if (this.is_own(unsent)) this.#shelf.setItem(this.#key(slot, round, "receipt"), JSON.stringify(receipt));
    this.#shelf.removeItem(this.#key(slot, round, "choices"));
    this.drop_sealed(unsent);
  }

  /** Ballots of whatever card that are still to be sent. */
  unsent(): Unsent[] {
    return this.#keys().flatMap((key) => {
      const [slot, round, kind] = key.slice(this.#root.length).split("/");
      if (slot === undefined || round === undefined || kind !== "sealed") return [];
      const sealed = this.#read(key, read_sealed);
      return sealed === null ? [] : [{ ...sealed, slot, round }];
    });
  }

  #slot(): string {
    return digest_hex(new TextEncoder().encode(`piaojue|${this.card() ?? ""}`)).slice(0, 16);
  }

  #key(slot: string, round: string, kind: string): string {
    return `${this.#root}${slot}/${round}/${kind}`;
  }

  #keys(): string[] {
    const all = Array.from({ length: this.#shelf.length }, (_, index) => this.#shelf.key(index) ?? "");
    return all.filter((key) => key.startsWith(this.#root));
  }

  #read<T>(key: string, read: Reader<T>): T | null {
    const stored = this.#shelf.getItem(key);
    if (stored === null) return null;
    try {
      return read_json(stored, read);
    } catch (error) {
      if (error instanceof Unreadable) return null;
      throw error;
    }
  }
}
