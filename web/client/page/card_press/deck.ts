// The cards of a plenary, made in this browser: secrets that are printed, and public numbers that may leave it. Pure.

import { new_credential, public_credential, type Progress, type Random } from "../../ballot/index.ts";

export const MOST_CARDS = 2_000;
export const LAST_NUMBER = 999_999;

export interface Card {
  /** Six digits and a check digit, on the stub and on the card's inside. */
  serial: string;
  /** The secret, `XXXXX-XXXXXX-XXXXX-XXXXXX`. */
  credential: string;
  /** What the service may know: 64 hex digits for each of the deck's uuids, in their order. */
  public_credentials: string[];
}

export interface Order {
  /** 1..MOST_CARDS. */
  number: number;
  /** The number of the first card; the last must not pass LAST_NUMBER. */
  first: number;
  /** Of all rounds that these cards may vote in, planned and spare. */
  uuids: readonly string[];
}

/** Six digits and a check digit (Luhn): one wrong digit, or two neighbours that changed places, is noticed. */
export function serial_of(number: number): string {
  const digits = String(number).padStart(6, "0");
  const sum = Array.from(digits).reduce((total, digit, at) => total + (at % 2 === 1 ? folded(Number(digit)) : Number(digit)), 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/** The digits of twice a digit, added. */
function folded(digit: number): number {
  const twice = 2 * digit;
  return twice > 9 ? twice - 9 : twice;
}

/** Makes the cards one after the other; the page may draw between two of them. Throws BadRandomness. */
export function* make_cards(order: Order, random: Random): Generator<Progress, Card[], void> {
  const cards: Card[] = [];
  for (let at = 0; at < order.number; at += 1) {
    const credential = new_credential(random);
    const public_credentials = order.uuids.map((uuid) => public_credential(uuid, credential));
    cards.push({ serial: serial_of(order.first + at), credential, public_credentials });
    yield { done: at + 1, total: order.number };
  }
  return cards;
}

/** `deck.json`: what the service is given. Nothing in it opens, casts or names anything. */
export function deck_file(session: string, uuids: readonly string[], cards: readonly Card[]): string {
  const rows = cards.map((card) => [card.serial, card.public_credentials]);
  return JSON.stringify({ version: 1, session, uuids, cards: rows });
}
