// 请核对: the ballot read back in words, before it is handed in for good.

import type { Candidate } from "../ballot_api.ts";
import { chosen_count, is_complete, unanswered } from "../choosing.ts";
import type { Choices, Selection, Stances } from "../choosing.ts";
import { button, element, fill, link_button, paragraph, show_screen, type Child } from "../dom.ts";
import type { Paper } from "../paper.ts";
import { title_parts } from "./candidate.ts";
import { REST_ABSTAINS, rest_abstained } from "./stances.ts";
import { too_late } from "./voting.ts";

export interface ReadBack {
  submit: () => void;
  /** Back to the ballot, to the candidate of this number where one is meant. */
  back: (candidate: number | null) => void;
  /** Takes other choices into the ballot, and reads it back again. */
  change: (choices: Choices) => void;
  leave: () => void;
}

/** The function it returns says that voting has closed. */
export function show_read_back(paper: Paper, choices: Choices, act: ReadBack): () => void {
  const complete = is_complete(choices);
  const buttons = element("div", {}, ...actions(complete, act));
  const answers = choices.form === "select_k" ? selection_answers(paper, choices) : stance_answers(paper, choices, act);
  show_screen(
    "read-back",
    element("h1", {}, "请核对"),
    paragraph(paper.title, "quiet"),
    ...answers,
    complete ? paragraph("提交以后不能再改。") : null,
    buttons,
  );
  return () => fill(buttons, element("p", { class: "warning", role: "alert" }, too_late(paper)), button("返回", act.leave));
}

function actions(complete: boolean, act: ReadBack): Child[] {
  const back = button("返回修改", () => act.back(null), complete ? "plain" : "primary");
  return complete ? [button("提交", act.submit, "primary"), back] : [back];
}

function selection_answers(paper: Paper, selection: Selection): Child[] {
  if (selection.abstained) return [answer_list([["弃权", "不选任何项目"]]), paragraph("这张票有效，计为弃权。")];
  const count = chosen_count(selection);
  if (count === 0) return [warning("您一件也没有选。请返回选择；如果要弃权，请选“弃权”。")];
  const chosen = paper.candidates.filter((_, index) => selection.chosen[index] === true);
  const others = paper.candidates.filter((_, index) => selection.chosen[index] !== true);
  return [
    count < paper.places ? warning(`您选了${count}件，还可以再选${paper.places - count}件。少选有效，可以直接提交。`) : null,
    element("h2", {}, `您选了这${count}件`),
    element("ol", { class: "answers" }, ...chosen.map((candidate) => answer(title_parts(candidate), "选"))),
    element("h2", {}, `没有选的${others.length}件`),
    element("ul", { class: "not-chosen" }, ...others.map((candidate) => element("li", {}, ...title_parts(candidate)))),
  ];
}

function stance_answers(paper: Paper, choices: Stances, act: ReadBack): Child[] {
  const missing = unanswered(choices).flatMap((index) => paper.candidates[index] ?? []);
  const said = paper.candidates.map((candidate, index) => answer(title_parts(candidate), stance_name(paper, choices, index)));
  const abstain = paper.form === "grades" ? button(REST_ABSTAINS, () => act.change(rest_abstained(paper, choices))) : null;
  return [
    ...(missing.length > 0 ? [missing_notice(missing, act), abstain] : []),
    element("ol", { class: "answers" }, ...said),
  ];
}

function stance_name(paper: Paper, choices: Stances, index: number): string | null {
  const stance = choices.stances[index] ?? null;
  return stance === null ? null : (paper.choices[stance] ?? null);
}

function missing_notice(missing: Candidate[], act: ReadBack): HTMLElement {
  const ways = missing.map((candidate) =>
    element("li", {}, link_button(`${candidate.number}. ${candidate.title}`, () => act.back(candidate.number))),
  );
  const words = `还有${missing.length}件没有选择，每一项都选好才能提交。点名称回去选：`;
  return element("div", { class: "warning" }, paragraph(words), element("ul", {}, ...ways));
}

function answer_list(lines: [string, string][]): HTMLElement {
  return element("ol", { class: "answers" }, ...lines.map(([what, said]) => answer([what], said)));
}

function answer(what: Child[], said: string | null): HTMLElement {
  const mark = element("span", { class: said === null ? "said unsaid" : "said" }, said ?? "未选");
  return element("li", {}, element("span", { class: "what" }, ...what), mark);
}

function warning(words: string): HTMLElement {
  return element("p", { class: "warning" }, words);
}
