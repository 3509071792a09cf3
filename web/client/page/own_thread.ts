// Threads that run the very script that this page was given, for work that would make the page stand still.

/** This browser gives no thread (an old Safari's reading of the page's rules), or one has fallen silent. */
export class NoThread extends Error {}

const SILENCE_MS = 8_000;
const TICK_MS = 1_000;

// Known only while the script itself runs; in the thread there is no document.
const OWN_SCRIPT = typeof document === "undefined" ? null : document.currentScript;

/**
 * The page's own script once more, held by the browser against the same hash. Threads are made of these bytes and
 * not of the script's address: whoever serves that could serve something else the second time. Raises NoThread.
 */
export async function own_script(): Promise<Blob> {
  if (!(OWN_SCRIPT instanceof HTMLScriptElement) || typeof Worker !== "function") throw new NoThread();
  const { src, integrity } = OWN_SCRIPT;
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), SILENCE_MS);
  try {
    const answer = await fetch(src, { integrity, cache: "force-cache", credentials: "omit", signal: stop.signal });
    return new Blob([await answer.arrayBuffer()], { type: "text/javascript" });
  } catch {
    throw new NoThread();
  } finally {
    clearTimeout(clock);
  }
}

/** A thread that takes one order after the other; the page's script knows what to do with them. */
export class Thread<Order, Said> {
  readonly #address: string;
  readonly #worker: Worker;

  /** Raises NoThread. */
  constructor(script: Blob) {
    this.#address = URL.createObjectURL(script);
    try {
      this.#worker = new Worker(this.#address);
    } catch {
      URL.revokeObjectURL(this.#address);
      throw new NoThread();
    }
  }

  /** Gives an order and hears what is said until `hear` has heard the last of it. Raises NoThread. */
  ask(order: Order, hear: (said: Said) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let silent_ms = 0;
      // In ticks: a phone that sleeps stops its threads and this clock together, and nobody has been silent.
      const clock = setInterval(() => {
        silent_ms += TICK_MS;
        if (silent_ms > SILENCE_MS) give_up();
      }, TICK_MS);
      const give_up = (): void => {
        clearInterval(clock);
        this.end();
        reject(new NoThread());
      };
      this.#worker.onerror = (event) => {
        event.preventDefault();
        give_up();
      };
      this.#worker.onmessage = ({ data }: MessageEvent<Said>) => {
        silent_ms = 0;
        if (!hear(data)) return;
        clearInterval(clock);
        resolve();
      };
      this.#worker.postMessage(order);
    });
  }

  end(): void {
    this.#worker.terminate();
    URL.revokeObjectURL(this.#address);
  }
}
