// How the scrutineer's page says that something is wrong, done, or waited for.

import { element } from "../dom.ts";
import { Refused, Unreachable } from "../http.ts";

export function alarm(words: string): HTMLElement {
  return element("p", { class: "warning grave", role: "alert" }, words);
}

export function good(words: string): HTMLElement {
  return element("p", { class: "success" }, words);
}

export function waiting(words: string): HTMLElement {
  return element("p", { class: "waiting", role: "status" }, words);
}

/** A second, different sum of an election this device has opened: it would give away single ballots. */
export class OtherBox extends Error {}

/** What is said about something that did not work; what nobody foresaw is thrown on. */
export function sentence_for(error: unknown): string {
  if (error instanceof OtherBox) {
    return "这台设备已经为这一轮开过另一个票箱，不能再开这一个。请马上告诉总监票人和主持人。";
  }
  if (error instanceof Refused) return error.sentence;
  if (error instanceof Unreachable) return "网络不通，不知道有没有送到。网络恢复以后请再试一次，不会重复；自动进行的会自己继续。";
  throw error;
}

/** Twenty characters in four groups, as they are read out. */
export function spoken_code(code: string): HTMLElement {
  const spans = (code.match(/.{1,5}/g) ?? []).map((group) => element("span", {}, group));
  return element("p", { class: "code spoken-code", translate: "no" }, ...spans);
}
