// 差额: big rows to tick, at most K of them; 弃权 stands apart.

import type { Candidate } from "../ballot_api.ts";
import { chosen_count, press_abstention, press_candidate, type Pressed, type Selection } from "../choosing.ts";
import { element, fill, paragraph, type Child } from "../dom.ts";
import type { Paper } from "../paper.ts";
import { particulars, title_parts } from "./candidate.ts";

interface Row {
  block: HTMLElement;
  box: HTMLInputElement;
  line: HTMLElement;
}

/** The rows of the ballot. Every change is handed to `changed` before anything else happens. */
export function selection_form(paper: Paper, start: Selection, changed: (selection: Selection) => void): HTMLElement {
  let selection = start;
  const rows = paper.candidates.map((candidate) => candidate_row(candidate));
  const apart = abstention_row();
  const draw = (): void => {
    rows.forEach((row, index) => mark(row, selection.chosen[index] === true));
    mark(apart, selection.abstained);
  };
  const settle = (row: Row, pressed: Pressed): void => {
    if (pressed.kind !== "full") selection = pressed.selection;
    if (pressed.kind !== "full") changed(selection);
    draw();
    say(row, words_for(pressed, paper.places));
  };
  rows.forEach((row, index) =>
    row.box.addEventListener("change", () => settle(row, press_candidate(selection, index, paper.places))),
  );
  apart.box.addEventListener("change", () => settle(apart, press_abstention(selection)));
  draw();
  return fieldset(paper, rows, apart);
}

function fieldset(paper: Paper, rows: Row[], apart: Row): HTMLElement {
  const legend = `${paper.candidates.length}件候选项目，最多选${paper.places}件`;
  const blocks = [...rows, apart].map((row) => row.block);
  return element("fieldset", {}, element("legend", { class: "lead" }, legend), element("ul", {}, ...blocks));
}

function candidate_row(candidate: Candidate): Row {
  return row_with(`candidate-${candidate.number}`, "choice", title_parts(candidate), particulars(candidate));
}

function abstention_row(): Row {
  const meaning = paragraph("不选任何项目，这张票有效。", "meaning");
  return row_with("abstain", "choice apart", ["弃权"], meaning);
}

function row_with(id: string, style: string, title: Child[], below: HTMLElement | null): Row {
  const box = element("input", { type: "checkbox", id, autocomplete: "off" });
  const label = element(
    "label",
    { class: "pick", for: id },
    box,
    element("span", { class: "box", "aria-hidden": "true" }),
    element("span", { class: "title" }, ...title),
  );
  const line = element("div", { class: "pick-line" }, label);
  return { block: element("li", { class: style }, line, below), box, line };
}

function mark(row: Row, chosen: boolean): void {
  row.box.checked = chosen;
  row.block.classList.toggle("chosen", chosen);
}

function words_for(pressed: Pressed, places: number): string | null {
  if (pressed.kind === "full") return `已经选满${places}件，这一项没有选上。要选它，请先取消另一项。`;
  if (pressed.kind === "choices_lifted") return `已改为弃权，原来选的${pressed.lifted}件已取消。`;
  if (pressed.kind === "abstention_lifted") return "已选这一项，原来的弃权已取消。";
  return null;
}

/** Speaks at the row under the finger, over the line below it; what was said elsewhere goes. */
function say(row: Row, words: string | null): void {
  for (const old of Array.from(document.querySelectorAll(".refusal"))) old.remove();
  if (words === null) return;
  const bubble = element("p", { class: "refusal", role: "alert", onclick: () => bubble.remove() });
  row.line.appendChild(bubble);
  fill(bubble, words);
}

export function count_words(selection: Selection, places: number): string {
  const count = chosen_count(selection);
  if (selection.abstained) return "已选弃权";
  if (count === 0) return `还没有选，最多可选${places}件`;
  return count < places ? `已选${count}件，还可以选${places - count}件` : `已选满${count}件`;
}
