// One candidate on a ballot: its name, and the particulars that unfold.

import type { Candidate } from "../ballot_api.ts";
import { element, type Child } from "../dom.ts";

const PARTICULARS: [string, keyof Candidate][] = [
  ["内容", "content"],
  ["地点", "place"],
  ["投资", "cost"],
  ["责任单位", "unit"],
  ["完成时间", "deadline"],
];

/** “3 村道路灯改造”, the number apart. */
export function title_parts(candidate: Candidate): Child[] {
  const number = element("span", { class: "ordinal" }, `${candidate.number}.`);
  return [number, " ", element("span", { class: "wording" }, candidate.title)];
}

/** Offices write the sum in 万元, often without saying so. */
function words(candidate: Candidate, field: keyof Candidate): string {
  const given = String(candidate[field]);
  return field === "cost" && /^[\d.,，]+$/.test(given) ? `${given}万元` : given;
}

/** 内容、地点、投资、责任单位、完成时间, as far as they are given. */
export function particulars(candidate: Candidate): HTMLElement | null {
  const given = PARTICULARS.filter(([, field]) => candidate[field] !== "");
  if (given.length === 0) return null;
  const facts = given.flatMap(([name, field]) => [element("dt", {}, name), element("dd", {}, words(candidate, field))]);
  const summary = element("summary", { "aria-label": `项目说明：${candidate.title}` }, "项目说明");
  return element("details", {}, summary, element("dl", { class: "facts" }, ...facts));
}
