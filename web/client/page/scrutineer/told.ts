// What the server tells a scrutineer's page, and how it is read. Nothing secret is among it. Pure.

import { list, one_of, or_null, record, text, whole, yes_no } from "../shapes.ts";

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

export const read_material = record<Material>({
  certificates: list(or_null(text)),
  deals: list(or_null(text)),
  share: or_null(text),
  trustees: or_null(text),
});

export const read_overview = record<Overview>({
  name: text,
  number: whole,
  ceremonies: list(read_key),
  rounds: list(read_round),
});
