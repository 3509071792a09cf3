// The one line about the network. It has its place at all times, so that nothing moves when it speaks.

import { by_id } from "./dom.ts";

/** Two things may fail, looking and sending; the line is calm again when neither does. */
export class ConnectionLine {
  readonly #words: string;
  readonly #failing = new Set<"looking" | "sending">();

  /** `words` is what the line says while the network fails. */
  constructor(words: string) {
    this.#words = words;
  }

  report(what: "looking" | "sending", failing: boolean): void {
    if (failing) this.#failing.add(what);
    else this.#failing.delete(what);
    this.#draw();
  }

  #draw(): void {
    const line = by_id("connection");
    const words = this.#failing.size > 0 ? this.#words : "";
    if (line.textContent === words) return;
    line.textContent = words;
    line.classList.toggle("shaky", words !== "");
  }
}
