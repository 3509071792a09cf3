// The ballot being filled in: the form, and the tray under it that counts and leads on.

import type { Choices } from "../choosing.ts";
import { button, element, fill, paragraph, show_screen } from "../dom.ts";
import type { Paper } from "../paper.ts";
import { count_words, selection_form } from "./selecting.ts";
import { stances_form, stance_words } from "./stances.ts";
import { rules_of } from "./waiting.ts";

export interface Filling {
  changed: (choices: Choices) => void;
  done: () => void;
  leave: () => void;
}

export function too_late({ trial }: Paper): string {
  return trial ? "试投已经结束，这张票不用提交了。" : "投票已经截止，这张票没有提交，不能再提交了。";
}

/**
 * Shows the ballot; `at` is the number of a candidate to begin with.
 * The function it returns says that voting has closed, and leaves the marks where they are.
 */
export function show_voting(paper: Paper, start: Choices, act: Filling, at: number | null = null): () => void {
  const count = element("p", { class: "count number", role: "status" }, words_for(paper, start));
  const changed = (choices: Choices): void => {
    act.changed(choices);
    count.textContent = words_for(paper, choices);
  };
  const next = button("下一步：核对", act.done, "primary");
  const tray = element("div", { class: "tray" }, count, next);
  show_screen(
    "voting",
    element("h1", {}, paper.title),
    paragraph(lead(paper)),
    rules_of(paper),
    form_for(paper, start, changed),
    tray,
  );
  if (at !== null) go_to(at);
  return () => fill(tray, element("p", { class: "warning", role: "alert" }, too_late(paper)), button("返回", act.leave));
}

function form_for(paper: Paper, start: Choices, changed: (choices: Choices) => void): HTMLElement {
  return start.form === "select_k" ? selection_form(paper, start, changed) : stances_form(paper, start, changed);
}

function lead(paper: Paper): string {
  const answers = paper.choices.join("、");
  const task = paper.form === "select_k" ? "请在您赞成的项目前打勾。" : `请对每一件在${answers}中选一项。`;
  return `${task}点“项目说明”可以看详细内容。`;
}

function words_for(paper: Paper, choices: Choices): string {
  return choices.form === "select_k" ? count_words(choices, paper.places) : stance_words(choices);
}

function go_to(candidate: number): void {
  const target = document.getElementById(`candidate-${candidate}`);
  target?.setAttribute("tabindex", "-1");
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
}

