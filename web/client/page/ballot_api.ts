// What the deputy's page asks the server. None of these requests carries a cookie or the card's secret.

import { ask_text, value_of } from "./http.ts";
import { list, one_of, or_null, record, text, whole, yes_no } from "./shapes.ts";

export type Form = "select_k" | "for_against" | "grades";
export type Kind = "decision" | "satisfaction";
export type RoundState = "waiting" | "open" | "closed" | "announced" | "published";
export type CardState = "unused" | "used" | "dead" | "unknown";

export interface Candidate {
  number: number;
  title: string;
  content: string;
  place: string;
  cost: string;
  unit: string;
  deadline: string;
}

export interface Round {
  id: string;
  title: string;
  kind: Kind;
  state: RoundState;
  form: Form;
  places: number;
  /** Whether at most `places` of them may be approved. */
  most_for: boolean;
  /** 试投: whatever is cast is thrown away. */
  trial: boolean;
  /** What may be said of each candidate, in the order of the election's answers; none for select_k. */
  choices: string[];
  election: string | null;
  candidates: Candidate[];
  notes: string[];
}

/** No ballot of this round can be cast any more. */
export function is_over({ state }: Round): boolean {
  return state !== "waiting" && state !== "open";
}

export interface Session {
  session: { code: string; title: string; congress: string };
  rounds: Round[];
}

/** What the server says it took in, signed by the installation. */
export interface Receipt {
  fingerprint: string;
  tracker: string;
  signature: string;
}

export interface CardStanding {
  state: CardState;
  tracker: string | null;
}

const read_candidate = record<Candidate>({
  number: whole,
  title: text,
  content: text,
  place: text,
  cost: text,
  unit: text,
  deadline: text,
});

const read_round = record<Round>({
  id: text,
  title: text,
  kind: one_of("decision", "satisfaction"),
  state: one_of("waiting", "open", "closed", "announced", "published"),
  form: one_of("select_k", "for_against", "grades"),
  places: whole,
  most_for: yes_no,
  trial: yes_no,
  choices: list(text),
  election: or_null(text),
  candidates: list(read_candidate),
  notes: list(text),
});

const read_session = record<Session>({
  session: record({ code: text, title: text, congress: text }),
  rounds: list(read_round),
});

export const read_receipt = record<Receipt>({ fingerprint: text, tracker: text, signature: text });

const read_standing = record<CardStanding>({
  state: one_of("unused", "used", "dead", "unknown"),
  tracker: or_null(text),
});

const read_recorded = record<{ recorded: boolean }>({ recorded: yes_no });

/** The routes of one session; each raises Unreachable or Refused. */
export class BallotApi {
  readonly #base: string;
  #etag: string | null = null;

  constructor(code: string) {
    this.#base = `/api/v/${encodeURIComponent(code)}`;
  }

  /** The session as it stands, or null when nothing has changed since the last answer. */
  async session(): Promise<Session | null> {
    const headers: Record<string, string> = this.#etag === null ? {} : { "If-None-Match": this.#etag };
    const answer = await ask_text(this.#base, { headers });
    if (answer.status === 304) return null;
    const session = value_of(answer, read_session);
    this.#etag = answer.etag;
    return session;
  }

  async cast(round: string, ballot: string): Promise<Receipt> {
    const headers = { "Content-Type": "application/json" };
    const answer = await ask_text(this.#of(round, "ballots"), { method: "POST", body: ballot, headers });
    return value_of(answer, read_receipt);
  }

  /** Whether the ballot with this digest (64 hex digits) is in the box. */
  async recorded(round: string, digest: string): Promise<boolean> {
    return value_of(await ask_text(this.#of(round, "receipts", digest)), read_recorded).recorded;
  }

  /** How the round knows the card with this public number; the ballot does not wait long for it. */
  async standing(round: string, public_credential: string): Promise<CardStanding> {
    const url = this.#of(round, "cards", public_credential);
    return value_of(await ask_text(url, { patience_ms: 4_000 }), read_standing);
  }

  #of(...parts: string[]): string {
    return [this.#base, ...parts.map(encodeURIComponent)].join("/");
  }
}
