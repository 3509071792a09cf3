// A page that somebody only looks at: it asks every second whether it is still true, and keeps what it shows.
//
// What is renewed stands in [data-renew]. Beside it, outside, #connection says when the figures are old; nothing else
// on the page ever changes, and nothing moves unless the server has news. Where somebody has begun to fill something in,
// it is never renewed again; while a part is unfolded, not yet.

import { ask_text, type Answer } from "./http.ts";

const EVERY_MS = 1_000;
const PATIENCE_MS = 4_000;
/** So long without an answer, and old figures could be taken for new ones. */
const OLD_MS = 3_000;

const CUT = "连接中断，正在重连";
const REFUSED = "画面不是最新的，请重新打开这个页面";

export class Screen {
  readonly #place: Element;
  readonly #heard_now: () => void;
  #as_sent: string;
  #touched = false;
  #etag: string | null = null;
  #heard = Date.now();
  #timer = 0;
  #looking = false;

  /** `heard_now` is called whenever what is shown is known to be current. */
  constructor(place: Element, heard_now: () => void = () => undefined) {
    this.#place = place;
    this.#heard_now = heard_now;
    this.#as_sent = place.innerHTML;
    for (const kind of ["input", "focusin"]) {
      place.addEventListener(kind, (event) => {
        if (/^(INPUT|TEXTAREA|SELECT)$/.test((event.target as Element).tagName)) this.#touched = true;
      });
    }
    window.addEventListener("online", () => this.#now());
    window.addEventListener("offline", () => say_cut());
    window.addEventListener("pageshow", () => this.#now());
    document.addEventListener("visibilitychange", () => this.#now());
  }

  start(): void {
    this.#timer = window.setTimeout(() => this.#now(), EVERY_MS);
  }

  #now(): void {
    clearTimeout(this.#timer);
    if (!this.#looking) void this.#look();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    try {
      this.#read(await ask_text(location.href, this.#question()));
    } catch {
      if (Date.now() - this.#heard > OLD_MS) say_cut();
    } finally {
      this.#looking = false;
      this.start();
    }
  }

  #question(): { headers: Record<string, string>; credentials: "same-origin"; patience_ms: number } {
    const headers: Record<string, string> = this.#etag === null ? {} : { "If-None-Match": this.#etag };
    return { headers, credentials: "same-origin", patience_ms: PATIENCE_MS };
  }

  /** Throws what is not ours, like a gateway's page. */
  #read(answer: Answer<string>): void {
    if (answer.status >= 400 && answer.status < 500) return say(REFUSED);
    if (answer.status === 200) this.#etag = this.#show(answer.body) ? answer.etag : null;
    else if (answer.status !== 304) throw new Error(String(answer.status));
    this.#heard = Date.now();
    this.#heard_now();
    say("");
  }

  /** Whether it stands there now. */
  #show(page: string): boolean {
    const fresh = new DOMParser().parseFromString(page, "text/html");
    const place = fresh.querySelector("[data-renew]");
    if (place === null) throw new Error("another page");
    if (place.innerHTML === this.#as_sent) return true;
    if (this.#touched || this.#place.querySelector("details[open]") !== null) return false;
    document.body.className = fresh.body.className;
    this.#as_sent = place.innerHTML;
    this.#place.innerHTML = place.innerHTML;
    return true;
  }
}

/** Words that stand there already stay: of a screen that was kept they say how old it is (hall_worker.js). */
function say_cut(): void {
  if (document.getElementById("connection")?.textContent === "") say(CUT);
}

function say(words: string): void {
  const line = document.getElementById("connection");
  if (line === null || line.textContent === words) return;
  line.textContent = words;
  line.classList.toggle("shaky", words !== "");
}
