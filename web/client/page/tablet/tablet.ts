// A tablet that everybody may use: one person after another, each of whom finds the start and leaves nothing behind.

import { DeputyPage } from "../deputy_page.ts";
import { ask_before_leaving, by_id, element, fill } from "../dom.ts";
import type { Manner } from "../manner.ts";
import type { Scanner } from "../camera/scanner.ts";
import { LeavingClock, type Patience, type Verdict } from "./leaving_clock.ts";
import { MemoryShelf } from "./memory_shelf.ts";
import { show_tablet_false_receipt, show_tablet_receipt, show_tablet_sending } from "./screens.ts";
import type { ReceiptActs } from "../screens/receipt.ts";
import { show_start } from "./start_screen.ts";

const TICK_MS = 250;
// The ends of touches: at their beginnings a browser does not yet count somebody as being there.
const TOUCHES = ["touchend", "mouseup", "keydown", "wheel"];
const IN_USE = "in use";

export class Tablet {
  readonly #code: string;
  readonly #clock: LeavingClock;
  readonly #page: DeputyPage;
  #scanner: Scanner | null = null;

  constructor(code: string, patience: Patience) {
    this.#code = code;
    this.#clock = new LeavingClock(patience, Date.now());
    this.#page = new DeputyPage(code, this.#manner());
  }

  start(): void {
    for (const kind of TOUCHES) document.addEventListener(kind, () => this.#touched(), { passive: true });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#clear();
    });
    window.addEventListener("popstate", () => this.#clear());
    window.addEventListener("pagehide", () => this.#clear());
    window.addEventListener("beforeunload", (event) => {
      if (is_bound(this.#screen())) ask_before_leaving(event);
    });
    window.setInterval(() => this.#tick(), TICK_MS);
    this.#page.start();
  }

  #manner(): Manner {
    return {
      shelf: new MemoryShelf(),
      shaky: "网络不稳，正在重试。请不要离开",
      cannot_seal: "这台平板没能把票封好。请再试一次，或者换一台平板。",
      ask_card: (trouble, on_card) => this.#ask_card(trouble, on_card),
      other_card: () => this.#clear(),
      sending: show_tablet_sending,
      receipt: (title, tracker, act) => this.#receipt(title, tracker, act),
      false_receipt: show_tablet_false_receipt,
    };
  }

  #ask_card(trouble: string | null, on_card: (credential: string) => void): void {
    this.#clock.without_receipt(Date.now());
    this.#scanner?.stop();
    this.#scanner = show_start(this.#code, trouble, (credential) => {
      this.#clock.without_receipt(Date.now());
      on_card(credential);
      guard();
    });
  }

  #receipt(title: string, tracker: string, { go_on, trial }: ReceiptActs): (go_on: () => void) => void {
    const next = (press: () => void) => (): void => {
      this.#clock.without_receipt(Date.now());
      press();
    };
    this.#clock.show_receipt(Date.now());
    const offer = show_tablet_receipt(
      title,
      tracker,
      { go_on: go_on === null ? null : next(go_on), trial },
      { stay: () => this.#clock.without_receipt(Date.now()), clear: () => this.#clear() },
    );
    return (later) => offer(next(later));
  }

  #touched(): void {
    this.#clock.touch(Date.now());
    if (this.#screen() !== "entry") guard();
  }

  #tick(): void {
    if (this.#is_blank() || is_bound(this.#screen())) {
      this.#clock.touch(Date.now());
      return this.#announce({ kind: "stay" });
    }
    const verdict = this.#clock.verdict(Date.now());
    this.#announce(verdict);
    if (verdict.kind === "clear") this.#clear();
  }

  /** Everything of this person goes; but a sealed ballot stays until the server has it. */
  #clear(): void {
    if (!this.#is_blank() && !is_bound(this.#screen())) this.#page.forget();
  }

  /** The start, and nobody has typed anything there. */
  #is_blank(): boolean {
    const typed = Array.from(by_id("page").querySelectorAll("input")).some((input) => input.value !== "");
    return this.#screen() === "entry" && !typed;
  }

  #screen(): string {
    return by_id("page").getAttribute("data-screen") ?? "";
  }

  #announce(verdict: Verdict): void {
    const line = by_id("leaving");
    if (verdict.kind !== "warn" && verdict.kind !== "receipt") {
      if (line.textContent !== "") fill(line);
      return;
    }
    const words = verdict.kind === "warn" ? "很快就要清除。要继续，请点一下屏幕。" : "回执号很快就从这里清除。";
    if (line.getAttribute("data-kind") !== verdict.kind || line.textContent === "") {
      line.setAttribute("data-kind", verdict.kind);
      // Read out once; the seconds that run are for the eye.
      fill(line, element("span", {}, words), element("span", { class: "number", "aria-hidden": "true" }));
    }
    const seconds = line.lastElementChild;
    if (seconds !== null) seconds.textContent = `${verdict.left} 秒`;
  }
}

/** One entry of the history for whoever uses the tablet: Back takes it away, and that leads to the start. */
function guard(): void {
  if (history.state !== IN_USE) history.pushState(IN_USE, "");
}

/** Screens that are not left before the ballot is where it belongs. */
function is_bound(screen: string): boolean {
  return ["sealing", "sending", "false-receipt"].includes(screen);
}
