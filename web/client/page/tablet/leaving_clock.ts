// When a tablet is cleared for the next person. Pure: every moment is handed in, in milliseconds.

export interface Patience {
  /** How long a receipt stays. */
  receipt_ms: number;
  /** How long a tablet stays as it is while nobody touches it. */
  idle_ms: number;
}

/** The last part of the idle time, in which the tablet says that it is about to clear. */
const WARNING_MS = 20_000;

/** What the tablet does now: nothing, warn, or clear itself; `left` is in whole seconds. */
export type Verdict = { kind: "stay" } | { kind: "warn"; left: number } | { kind: "receipt"; left: number } | { kind: "clear" };

export class LeavingClock {
  readonly #patience: Patience;
  #touched: number;
  #receipt_since: number | null = null;

  constructor(patience: Patience, now: number) {
    this.#patience = patience;
    this.#touched = now;
  }

  /** Somebody is there. */
  touch(now: number): void {
    this.#touched = now;
  }

  /** A receipt is shown; it stays only so long, whether or not somebody touches the tablet. */
  show_receipt(now: number): void {
    this.#receipt_since = now;
    this.#touched = now;
  }

  /** No receipt is shown, or its reader wants to keep it: only the idle time counts. */
  without_receipt(now: number): void {
    this.#receipt_since = null;
    this.#touched = now;
  }

  verdict(now: number): Verdict {
    const { receipt_ms, idle_ms } = this.#patience;
    if (this.#receipt_since !== null) return counted("receipt", this.#receipt_since + receipt_ms - now);
    const left = this.#touched + idle_ms - now;
    return left > WARNING_MS ? { kind: "stay" } : counted("warn", left);
  }
}

function counted(kind: "warn" | "receipt", left: number): Verdict {
  return left <= 0 ? { kind: "clear" } : { kind, left: Math.ceil(left / 1_000) };
}
