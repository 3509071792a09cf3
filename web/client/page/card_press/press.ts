// The card press: cards are made here, printed from here, and forgotten here. What leaves the page is `deck.json`.

import { BallotError, walk } from "../../ballot/index.ts";
import { ask_before_leaving, by_id, button, element, fill, paragraph } from "../dom.ts";
import { random } from "../fitness.ts";
import { ask, Unreachable } from "../http.ts";
import { breath } from "../sealing.ts";
import { sentence_of } from "../desk/sending.ts";
import { deck_file, LAST_NUMBER, make_cards, MOST_CARDS, type Card } from "./deck.ts";
import { CARDS_PER_SHEET, mask, sheets } from "./sheets.ts";

/** What the server says about the session; the page's element carries it. */
export interface Press {
  congress: string;
  session: string;
  code: string;
  address: string;
  uuids: string[];
  /** Where `deck.json` is handed in, and the page to go on with. */
  hand_in: string;
  back: string;
}

interface Made {
  cards: Card[];
  file: string;
}

export class CardPress {
  readonly #press: Press;
  #made: Made | null = null;
  /** The public numbers are where they belong: the page may be closed. */
  #kept = false;

  constructor(press: Press) {
    this.#press = press;
  }

  start(): void {
    by_id("press-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#make();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.#made !== null && !this.#kept) ask_before_leaving(event);
    });
    window.addEventListener("pagehide", () => this.#forget());
    (by_id("press-go") as HTMLButtonElement).disabled = false;
  }

  async #make(): Promise<void> {
    const number = this.#field("number", 1, MOST_CARDS);
    const first = this.#field("first", 1, LAST_NUMBER - (number ?? 1) + 1);
    if (number === null || first === null) return;
    const bar = element("progress", { max: String(number), value: "0", "aria-label": "正在制卡" });
    fill(by_id("press-steps"), paragraph("正在制卡，请稍候。"), bar);
    by_id("press-form").hidden = true;
    try {
      const made = make_cards({ number, first, uuids: this.#press.uuids }, random);
      const cards = await walk(made, breath, ({ done }) => {
        bar.value = done;
      });
      this.#show({ cards, file: deck_file(this.#press.code, this.#press.uuids, cards) });
    } catch (error) {
      if (!(error instanceof BallotError)) throw error;
      fill(by_id("press-steps"), paragraph("本机的随机数不可靠，没有制卡。请换一台电脑。", "wrong"));
    }
  }

  /** A whole number in its bounds, or null with the sentence beside the field. */
  #field(name: string, least: number, most: number): number | null {
    const input = by_id(name) as HTMLInputElement;
    const value = /^\d{1,6}$/.test(input.value.trim()) ? Number(input.value) : NaN;
    const fits = value >= least && value <= most;
    by_id(`${name}-fault`).textContent = fits ? "" : `请填写 ${least} 至 ${most} 之间的整数。`;
    input.setAttribute("aria-invalid", String(!fits));
    if (!fits) input.focus();
    return fits ? value : null;
  }

  #show(made: Made): void {
    this.#made = made;
    const { congress, session, address } = this.#press;
    const drawn = sheets(made.cards, { congress, session, address, mask: mask() });
    fill(by_id("sheets-of-cards"), ...drawn);
    const [first, last] = [made.cards[0]?.serial ?? "", made.cards[made.cards.length - 1]?.serial ?? ""];
    const count = made.cards.length;
    by_id("cover-number").textContent = String(count);
    by_id("cover-serials").textContent = `${first} 至 ${last}`;
    by_id("cover-sheets").textContent = String(Math.ceil(count / CARDS_PER_SHEET));
    const said = element("p", { id: "press-said", role: "status" });
    fill(
      by_id("press-steps"),
      element("h2", { tabindex: "-1" }, `已制好 ${count} 张，编号 ${first} 至 ${last}`),
      element("ol", { class: "press-list" }, ...this.#steps(said)),
      said,
    );
    by_id("press-steps").querySelector("h2")?.focus();
  }

  #steps(said: HTMLElement): HTMLElement[] {
    const step = (words: string, ...keys: HTMLElement[]): HTMLElement => element("li", {}, paragraph(words), ...keys);
    return [
      step(
        "打印。A4 白纸，单面，比例 100%（不要选“适合页面”），边距选“无”，不要存成 PDF。第一张是说明，不含卡号。",
        button("打印投票卡", () => window.print(), "primary"),
      ),
      step(
        "印好、数清以后，把不含秘密的名单送进系统；也可以下载，以后再导入。",
        button("送入系统", () => void this.#hand_in(said), "primary"),
        this.#download(said),
      ),
      step("清除这一页上的卡号。清除以后不能再打印这一批。", button("清除", () => this.#clear(said))),
    ];
  }

  async #hand_in(said: HTMLElement): Promise<void> {
    if (this.#made === null) return;
    const body = new FormData();
    body.append("deck", new Blob([this.#made.file], { type: "application/json" }), "deck.json");
    said.textContent = "正在送出……";
    try {
      const answer = await ask(this.#press.hand_in, (response) => response.text(), {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "follow",
        patience_ms: 60_000,
      });
      this.#kept ||= answer.status < 400;
      said.textContent = answer.status < 400 ? "名单已送入系统。" : sentence_of(new DOMParser().parseFromString(answer.body, "text/html"));
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      said.textContent = "网络不通，名单没有送出。请再试一次，或者先下载。";
    }
  }

  #download(said: HTMLElement): HTMLElement {
    const file = new Blob([this.#made?.file ?? ""], { type: "application/json" });
    const address = URL.createObjectURL(file);
    const note = (): void => {
      this.#kept = true;
      said.textContent = "名单已下载（deck.json）。请在会议页面导入。";
    };
    return element("a", { class: "button quiet", href: address, download: "deck.json", onclick: note }, "下载名单");
  }

  #clear(said: HTMLElement): void {
    if (!this.#kept) {
      said.textContent = "名单还没有送入系统，也没有下载。没有名单，印好的卡不能使用。请先送入系统。";
      return;
    }
    this.#forget();
    const done = paragraph("已清除。请清空打印机的任务记录，把印坏的纸当场销毁。", "notice");
    fill(by_id("press-steps"), done, element("a", { class: "button", href: this.#press.back }, "回到会议页面"));
  }

  #forget(): void {
    this.#made = null;
    fill(by_id("sheets-of-cards"));
  }
}
