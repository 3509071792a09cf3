// The five steps of a scrutineer's work, drawn as a list: which are done, and which is at hand.

import { element } from "../dom.ts";
import type { Stage } from "./stage.ts";

const STEPS = ["备好开箱钥匙", "封存后核对钥匙", "截止后核对封箱码", "开箱", "核对结果并签字"];

const AT: Record<Stage, number> = {
  await_key: 0,
  make_key: 0,
  copy_code: 0,
  restore: 0,
  foreign_key: 0,
  too_late_for_key: 0,
  await_seal: 1,
  not_in_election: 1,
  election_changed: 1,
  await_close: 2,
  recounting: 2,
  recount_failed: 2,
  sign_paper: 2,
  paper_differs: 2,
  await_valid: 2,
  await_confirmations: 2,
  compare: 2,
  await_others: 3,
  sign: 4,
  report_differs: 4,
  signed: 5,
  announced: 5,
  void: 5,
};

export function step_list(stage: Stage): HTMLElement {
  const at = AT[stage];
  const items = STEPS.map((name, index) => {
    const state = index < at ? "done" : index === at ? "now" : "later";
    const spoken = { done: "已完成：", now: "当前：", later: "" }[state];
    return element("li", { class: state }, element("span", { class: "spoken" }, spoken), name);
  });
  return element("ol", { class: "steps" }, ...items);
}
