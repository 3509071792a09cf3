// 逐项表决: 赞成, 反对 or 弃权 for each candidate.

import { STANCES, take_stance, unanswered, type Stances } from "../choosing.ts";
import type { Candidate } from "../ballot_api.ts";
import { element } from "../dom.ts";
import type { Paper } from "../paper.ts";
import { particulars, title_parts } from "./candidate.ts";

/** The candidates with their three options each. Every change is handed to `changed`. */
export function stances_form(paper: Paper, start: Stances, changed: (choices: Stances) => void): HTMLElement {
  let choices = start;
  const take = (index: number, stance: number): void => {
    choices = take_stance(choices, index, stance);
    changed(choices);
  };
  const groups = paper.candidates.map((candidate, index) =>
    stance_group(candidate, choices.stances[index] ?? null, (stance) => take(index, stance)),
  );
  return element("div", {}, ...groups);
}

function stance_group(candidate: Candidate, given: number | null, take: (stance: number) => void): HTMLElement {
  const options = STANCES.map((name, stance) => option(candidate, name, stance === given, () => take(stance)));
  const legend = element("legend", {}, ...title_parts(candidate));
  return element(
    "div",
    { class: "choice candidate", id: `candidate-${candidate.number}` },
    element("fieldset", {}, legend, element("div", { class: "options" }, ...options)),
    particulars(candidate),
  );
}

function option(candidate: Candidate, name: string, checked: boolean, take: () => void): HTMLElement {
  const group = `stance-${candidate.number}`;
  const attributes = { type: "radio", name: group, value: name, checked, autocomplete: "off", onchange: take };
  const input = element("input", attributes);
  return element("label", { class: "option" }, input, element("span", {}, name));
}

export function stance_words(choices: Stances): string {
  const left = unanswered(choices).length;
  const given = choices.stances.length - left;
  return left === 0 ? `${given}件都已表态` : `已表态${given}件，还有${left}件`;
}
