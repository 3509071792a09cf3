// The scrutineer's page: who is at work, and one desk for each round.

import { ConnectionLine } from "../connection.ts";
import { by_id, element, paragraph, show_screen } from "../dom.ts";
import type { Refused } from "../http.ts";
import { Polling } from "../polling.ts";
import { ScrutineerApi } from "./api.ts";
import type { KeyInMaking, Overview } from "./told.ts";
import { KeyDesk } from "./key_desk.ts";
import { KeyMemory, Memory } from "./memory.ts";
import { RoundDesk } from "./round_desk.ts";

export class ScrutineerPage {
  readonly #api: ScrutineerApi;
  readonly #memory: Memory;
  readonly #connection = new ConnectionLine("网络不稳，正在重试");
  readonly #keys = new Map<string, KeyDesk>();
  readonly #desks = new Map<string, RoundDesk>();
  readonly #polling: Polling;
  #changes = 0;

  /** `path` is the address of the personal link's page: /scrutineer/LINK. */
  constructor(path: string) {
    this.#api = new ScrutineerApi(path);
    this.#memory = new Memory(localStorage, path.split("/").filter(Boolean).join("/"));
    this.#polling = new Polling({
      look: () => this.#look(),
      shaky: (yes) => this.#connection.report("looking", yes),
      refused: (refusal) => show_refusal(refusal),
      brisk: () => Array.from(this.#keys.values()).some((desk) => desk.pending),
    });
  }

  start(): void {
    this.#polling.now();
  }

  /** An answer that set out before one of the desks changed something is out of date. */
  async #look(): Promise<void> {
    const changes = this.#changes;
    const overview = await this.#api.overview();
    if (changes === this.#changes) this.#take(overview);
  }

  #changed(): void {
    this.#changes += 1;
    this.#polling.now();
  }

  #take(overview: Overview): void {
    if (by_id("page").getAttribute("data-screen") !== "desk") this.#show(overview);
    this.#take_keys(overview);
    for (const round of overview.rounds) {
      const desk = this.#desks.get(round.id) ?? this.#new_desk(round, `${overview.number}. ${overview.name}`);
      desk.update(round, this.#keys.get(round.ceremony ?? "")?.own() ?? null);
    }
  }

  /** A key that was begun anew takes the place of the one before. */
  #take_keys({ ceremonies }: Overview): void {
    for (const [id, desk] of Array.from(this.#keys)) {
      if (ceremonies.some((one) => one.id === id)) continue;
      desk.block.remove();
      this.#keys.delete(id);
    }
    for (const key of ceremonies) (this.#keys.get(key.id) ?? this.#new_key(key)).update(key);
  }

  #show(overview: Overview): void {
    const who = overview.number === 1 ? "总监票人" : "监票人";
    const nothing = overview.rounds.length === 0 && overview.ceremonies.length === 0;
    const none = nothing ? paragraph("还没有需要您监票的投票。有了会自动出现。", "none") : null;
    const places = [element("div", { id: "keys" }), element("div", { id: "desks" })];
    show_screen("desk", element("h1", {}, `${who} ${overview.name}`), none, ...places);
    for (const desk of this.#keys.values()) by_id("keys").appendChild(desk.block);
    for (const desk of this.#desks.values()) by_id("desks").appendChild(desk.block);
  }

  #new_key(key: KeyInMaking): KeyDesk {
    const desk = new KeyDesk(key, this.#api, new KeyMemory(localStorage, key.id, key.number), () => this.#changed());
    this.#keys.set(key.id, desk);
    by_id("keys").appendChild(desk.block);
    document.querySelector("p.none")?.remove();
    return desk;
  }

  #new_desk(round: Overview["rounds"][number], own_name: string): RoundDesk {
    const desk = new RoundDesk(round, own_name, this.#api, this.#memory, () => this.#changed());
    this.#desks.set(round.id, desk);
    by_id("desks").appendChild(desk.block);
    document.querySelector("p.none")?.remove();
    return desk;
  }
}

function show_refusal(refusal: Refused): void {
  show_screen(
    "refused",
    element("h1", {}, "打不开监票页面"),
    paragraph(refusal.sentence, "warning"),
    paragraph("请找工作人员重新取得您的专用链接。"),
  );
}
