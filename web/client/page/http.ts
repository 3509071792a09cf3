// One way to speak to the server: no cookie unless asked for, no cache, never for ever.

import { read_json, record, text, Unreadable, type Reader } from "./shapes.ts";

const PATIENCE_MS = 15_000;

/** No answer, or one that is not ours (a gateway's page, a broken server): worth trying again. */
export class Unreachable extends Error {}

/** The server understood and says no: the sentence is for the person in front of the screen. */
export class Refused extends Error {
  readonly kind: string;
  readonly sentence: string;

  constructor(kind: string, sentence: string) {
    super(kind);
    this.kind = kind;
    this.sentence = sentence;
  }
}

const read_refusal = record<{ error: string; sentence: string }>({ error: text, sentence: text });

export interface Ask {
  method?: "GET" | "POST";
  body?: BodyInit;
  headers?: Record<string, string>;
  /** "same-origin" sends the cookie of a personal link; the ballot's routes never do. */
  credentials?: "omit" | "same-origin";
  /** A form's answer may send on to a page; nothing else does. */
  redirect?: "error" | "follow";
  patience_ms?: number;
}

export interface Answer<T> {
  status: number;
  etag: string | null;
  body: T;
}

/** The answer to a request with its whole body, whatever its status. Raises Unreachable. */
export async function ask<T>(url: string, take: (response: Response) => Promise<T>, how: Ask = {}): Promise<Answer<T>> {
  const { patience_ms = PATIENCE_MS, ...request } = how;
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), patience_ms);
  try {
    const response = await fetch(url, { ...SPARING, ...request, signal: stop.signal });
    return { status: response.status, etag: response.headers.get("ETag"), body: await take(response) };
  } catch {
    throw new Unreachable(url);
  } finally {
    clearTimeout(clock);
  }
}

const SPARING: RequestInit = { credentials: "omit", cache: "no-store", redirect: "error" };

export const ask_text = (url: string, how: Ask = {}): Promise<Answer<string>> =>
  ask(url, (response) => response.text(), how);

/** The value of a good answer. Raises Refused for a refusal in our own form, Unreachable for anything else. */
export function value_of<T>(answer: Answer<string>, read: Reader<T>): T {
  if (answer.status === 200 || answer.status === 201) return ours(() => read_json(answer.body, read));
  throw refusal_in(answer);
}

export function refusal_in(answer: Answer<string>): Refused | Unreachable {
  if (answer.status < 400 || answer.status >= 500) return new Unreachable(String(answer.status));
  const refusal = ours(() => read_json(answer.body, read_refusal));
  return new Refused(refusal.error, refusal.sentence);
}

function ours<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) throw new Unreachable("not ours");
    throw error;
  }
}
