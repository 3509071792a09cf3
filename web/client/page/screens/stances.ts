// One answer for each candidate: 赞成, 反对, 弃权; or a grade.

import { ABSTENTION, fill_rest, is_one_too_many, take_stance, unanswered, type Stances } from "../choosing.ts";
import type { Candidate } from "../ballot_api.ts";
import { button, element, paragraph } from "../dom.ts";
import type { Paper } from "../paper.ts";
import { particulars, title_parts } from "./candidate.ts";

export const REST_ABSTAINS = "其余未选的都选弃权";

/** The candidates with their options. Every change is handed to `changed`. */
export function stances_form(paper: Paper, start: Stances, changed: (choices: Stances) => void): HTMLElement {
  let choices = start;
  const settle = (next: Stances): void => {
    choices = next;
    changed(next);
  };
  const groups = paper.candidates.map((candidate, index) =>
    stance_group(paper, candidate, choices.stances[index] ?? null, (stance) => {
      const refused = paper.most_for && is_one_too_many(choices, index, stance, paper.places);
      if (refused) show_given(form, index, choices.stances[index] ?? null);
      else settle(take_stance(choices, index, stance));
      say(form, index, refused ? `最多赞成${paper.places}件，已经满了，这一件没有选上。要赞成它，请先改掉另一件。` : null);
    }),
  );
  const form = element("div", {}, ...groups);
  if (paper.form === "grades") form.appendChild(rest_part(() => settle(abstain_on_the_rest(form, paper, choices))));
  return form;
}

function stance_group(
  paper: Paper,
  candidate: Candidate,
  given: number | null,
  take: (stance: number) => void,
): HTMLElement {
  const options = paper.choices.map((name, stance) => option(candidate, name, stance === given, () => take(stance)));
  const legend = element("legend", {}, ...title_parts(candidate), body_line(paper, candidate));
  const style = options.length > 3 ? "options many" : "options";
  return element(
    "div",
    { class: "choice candidate", id: `candidate-${candidate.number}` },
    element("fieldset", {}, legend, element("div", { class: style }, ...options)),
    particulars(candidate),
  );
}

/** The options as they were: a press that was refused leaves no mark. */
function show_given(form: HTMLElement, index: number, given: number | null): void {
  form.querySelectorAll(`#candidate-${index + 1} input`).forEach((input, stance) => {
    if (input instanceof HTMLInputElement) input.checked = stance === given;
  });
}

/** Speaks below the options under the finger; what was said elsewhere goes. */
function say(form: HTMLElement, index: number, words: string | null): void {
  for (const old of Array.from(form.querySelectorAll(".refusal"))) old.remove();
  if (words === null) return;
  const bubble = element("p", { class: "refusal", role: "alert", onclick: () => bubble.remove() }, words);
  form.querySelector(`#candidate-${index + 1} fieldset`)?.appendChild(bubble);
}

/** Who has to answer for it: a project may be rated once for each body, under the same name. */
function body_line({ kind }: Paper, { unit }: Candidate): HTMLElement | null {
  return kind === "satisfaction" && unit !== "" ? element("span", { class: "body" }, unit) : null;
}

function option(candidate: Candidate, name: string, checked: boolean, take: () => void): HTMLElement {
  const group = `stance-${candidate.number}`;
  const attributes = { type: "radio", name: group, value: name, checked, autocomplete: "off", onchange: take };
  const input = element("input", attributes);
  return element("label", { class: "option" }, input, element("span", {}, name));
}

function rest_part(fill: () => void): HTMLElement {
  const meaning = paragraph("已经选好的不变；点过以后，每一件仍然可以改。", "quiet");
  return element("div", { class: "rest" }, button(REST_ABSTAINS, fill), meaning);
}

/** What the choices are then; the screen shows it without being drawn anew. */
function abstain_on_the_rest(form: HTMLElement, paper: Paper, choices: Stances): Stances {
  for (const index of unanswered(choices)) {
    const inputs = form.querySelectorAll(`#candidate-${index + 1} input`);
    const input = inputs[paper.choices.indexOf(ABSTENTION)];
    if (input instanceof HTMLInputElement) input.checked = true;
  }
  return rest_abstained(paper, choices);
}

export function rest_abstained(paper: Paper, choices: Stances): Stances {
  return fill_rest(choices, paper.choices.indexOf(ABSTENTION));
}

export function stance_words(choices: Stances): string {
  const left = unanswered(choices).length;
  const given = choices.stances.length - left;
  const done = choices.form === "grades" ? "已测评" : "已表态";
  return left === 0 ? `${given}件都${done}` : `${done}${given}件，还有${left}件`;
}
