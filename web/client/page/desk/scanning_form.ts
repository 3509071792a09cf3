// A form with `data-scan` gets a camera beside its field; without this script it is the plain form it was.
//
//   <form method="post" action="…" data-scan="pass">
//     <input name="…" data-scanned> <button>…</button>
//   </form>
//   <div id="…" data-scan-part>…</div>
//
// data-scan="pass"  the text of the 出席证 (PJ1:…) is sent in the field marked data-scanned.
// data-scan="card"  of a 投票卡 only public numbers are sent, in a field called `credentials`: one for each uuid in
//                   data-uuids (parted by spaces), in that order, parted by spaces; data-session is the session's
//                   code. The secret of a card that is typed or read into the field by a hand scanner stays here too.
// data-scan-part    an element with an id whose counterpart in the answer takes its place; the camera stays on.

import { scan, type Scanner } from "../camera/scanner.ts";
import { button, element, fill } from "../dom.ts";
import { Unreachable } from "../http.ts";
import { card_text, may_be_card, pass_text, type Sent } from "./codes.ts";
import { renew_parts, send, sentence_of } from "./sending.ts";

const UNREACHED = "网络不通，这一次可能没有记上。请再扫一次，不会重复登记。";

export class ScanningForm {
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #place = element("div", { class: "camera" });
  readonly #said = element("p", { class: "scan-said", role: "status" });
  readonly #keys = element("p", { class: "scan-keys" });
  #scanner: Scanner | null = null;
  #busy = false;

  constructor(form: HTMLFormElement, field: HTMLInputElement) {
    this.#form = form;
    this.#field = field;
    const bar = element("div", { class: "scan-bar" }, this.#place, this.#keys, this.#said);
    form.insertBefore(bar, form.firstChild);
    form.addEventListener("submit", (event) => this.#submit(event));
    this.#closed();
  }

  get #cards(): boolean {
    return this.#form.getAttribute("data-scan") === "card";
  }

  #closed(): void {
    this.#scanner?.stop();
    this.#scanner = null;
    fill(this.#keys, key("打开摄像头", () => this.#open()));
  }

  #open(): void {
    this.#say("");
    const trouble = (sentence: string): void => {
      this.#closed();
      this.#say(sentence);
    };
    this.#scanner = scan(this.#place, (text) => void this.#take(text), trouble);
    const turn = key("换另一个摄像头", () => this.#scanner?.turn());
    fill(this.#keys, turn, key("关闭摄像头", () => this.#closed()));
  }

  #say(words: string): void {
    this.#said.textContent = words;
  }

  /** Typed, or read by a hand scanner that types: a card's secret is turned into its public numbers first. */
  #submit(event: Event): void {
    const text = this.#field.value.trim();
    if (!may_be_card(text)) return;
    event.preventDefault();
    this.#field.value = "";
    void this.#take(text);
  }

  async #take(text: string): Promise<void> {
    if (this.#busy) return;
    const sent = this.#read(text);
    if (!sent.ok) return this.#say(sent.sentence);
    this.#busy = true;
    try {
      this.#say("正在查……");
      await this.#send(sent.text);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.#say(UNREACHED);
    } finally {
      this.#busy = false;
    }
  }

  #read(text: string): Sent {
    if (!this.#cards) return pass_text(text);
    const uuids = (this.#form.getAttribute("data-uuids") ?? "").split(/\s+/).filter((uuid) => uuid !== "");
    return card_text(text, uuids, this.#form.getAttribute("data-session") ?? "");
  }

  async #send(text: string): Promise<void> {
    const name = this.#cards ? "credentials" : this.#field.name;
    const answer = await send(this.#form, this.#cards ? { [name]: text, [this.#field.name]: "" } : { [name]: text });
    const renewed = renew_parts(answer.body.document);
    this.#say(renewed > 0 ? "" : sentence_of(answer.body.document));
    if (renewed === 0 && answer.status < 400) location.assign(answer.body.address);
  }
}

/** Beside the form's own button, which stays the first thing to press. */
function key(words: string, press: () => void): HTMLButtonElement {
  const made = button(words, press);
  made.classList.add("quiet");
  return made;
}

/** Every form on the page that can be scanned into. */
export function offer_scanning(): void {
  for (const form of Array.from(document.querySelectorAll<HTMLFormElement>("form[data-scan]"))) {
    const field = form.querySelector<HTMLInputElement>("input[data-scanned]");
    if (field !== null) new ScanningForm(form, field);
  }
}
