// What a scrutineer sees while the common key is made: mostly who is waited for; the steps go by themselves.

import { format_seed, parse_seed } from "../../ballot/index.ts";
import { copy_code } from "./backup_code.ts";
import { case_hint, code_form } from "../code_form.ts";
import { button, element, paragraph, type Child } from "../dom.ts";
import type { Colleague, KeyInMaking } from "./told.ts";
import type { CheckedKey, KeyStage } from "./key_stage.ts";
import { alarm, good, spoken_code, waiting } from "./words.ts";

/** What the buttons do. */
export interface KeyActs {
  make_key: () => void;
  register: () => void;
  restore: (seed: string) => void;
  /** Gives up the registered part and makes another; possible while others are waited for. */
  replace: () => void;
  same: () => void;
}

export interface KeyFacts {
  key: KeyInMaking;
  seed: string | null;
  checked: CheckedKey | null;
  /** Whose message was wrong, if that is known. */
  culprit: string | null;
}

export function key_panel(stage: KeyStage, facts: KeyFacts, act: KeyActs): Child[] {
  const draw = PANELS[stage];
  return draw(facts, act);
}

const PANELS: Record<KeyStage, (facts: KeyFacts, act: KeyActs) => Child[]> = {
  make_key: ({ key }, act) => [
    paragraph(
      `${key.colleagues.length}名监票人各在自己的设备上一起生成开箱钥匙。以后任意${key.threshold}名到场就能开箱，少于${key.threshold}名打不开。`,
    ),
    paragraph("请准备好纸和笔：生成以后要抄一个备用码。抄好以后请让这一页开着，其余的会自动完成。"),
    button("生成我的开箱钥匙", act.make_key, "primary"),
  ],
  copy_code: ({ seed }, act) => copy_code(format_seed(seed ?? ""), act.register),
  restore: (facts, act) => restore(facts, act),
  foreign_key: ({ key }, act) => [
    alarm("登记的开箱钥匙不是这台设备上的这一把。"),
    paragraph("如果不是您在另一台设备上重新生成过，请马上告诉总监票人和工作人员，先不要继续。"),
    key.phase === "certificates" ? button("重新生成并登记我的开箱钥匙", act.replace) : null,
  ],
  await_certificates: (facts) => [good("您的一份已经生成。"), ...others(facts)],
  deal: (facts) => [waiting("人已到齐，正在自动继续"), ...others(facts)],
  await_deals: (facts) => others(facts),
  receive: (facts) => [waiting("正在自动继续"), ...others(facts)],
  await_shares: (facts) => others(facts),
  fetch: () => [waiting("正在核对生成的钥匙")],
  compare_code: ({ key, checked }, act) => [
    paragraph("钥匙已经生成。请总监票人念出下面的钥匙编号，每一位都对照自己的页面。"),
    element("h3", {}, "钥匙编号"),
    spoken_code(checked?.code ?? ""),
    paragraph("有一个字不一样，就不要继续，马上告诉工作人员：要重新生成。"),
    button("大家的完全一样", act.same, "primary"),
    progress(key.colleagues.map(({ name, compared }) => ({ name, done: compared, restored: false }))),
  ],
  ready: ({ key, checked }) => [
    good(`开箱钥匙已备好：${key.colleagues.length}名监票人中任意${key.threshold}名到场就能开箱。`),
    element("details", {}, element("summary", {}, "钥匙编号"), spoken_code(checked?.code ?? "")),
    ...restored(key.colleagues),
  ],
  changed: () => [
    alarm("钥匙和核对过编号的不是同一把。"),
    paragraph("请马上告诉总监票人和工作人员：不能用它投票，要重新生成。"),
  ],
  broken: ({ culprit }) => [
    alarm(culprit === null ? "收到的钥匙材料不对，不能继续。" : `${culprit}的设备给出的钥匙材料不对，不能继续。`),
    paragraph("请马上告诉总监票人和工作人员：要重新开始生成。"),
  ],
};

function others({ key }: KeyFacts): Child[] {
  return [
    waiting("请让这一页开着，等所有人的页面都做完这一步"),
    progress(key.colleagues.map(({ name, ready, restored }) => ({ name, done: ready, restored }))),
  ];
}

function progress(list: { name: string; done: boolean; restored: boolean }[]): HTMLElement {
  const items = list.map(({ name, done, restored }) =>
    element("li", { class: done ? "done" : "now" }, `${name}：${done ? "好了" : "等待中"}${restored ? "（换了设备）" : ""}`),
  );
  return element("ul", { class: "people" }, ...items);
}

/** The others should know whose phone was exchanged before they confirm anything for it. */
function restored(colleagues: Colleague[]): Child[] {
  const names = colleagues.filter((one) => one.restored).map(({ name }) => name);
  return names.length === 0 ? [] : [paragraph(`${names.join("、")}用备用码换了设备。`, "quiet")];
}

function restore({ key }: KeyFacts, act: KeyActs): Child[] {
  const accepted = ({ seed }: { seed: string }): void => act.restore(seed);
  const form = { name: "备用码", paper: "您抄的纸", id: `restore-${key.id}`, read: parse_seed, accepted };
  return [
    paragraph("这台设备上没有您的开箱钥匙。请输入您抄在纸上的备用码。", "notice"),
    case_hint(),
    code_form(form),
    key.phase === "certificates"
      ? button("备用码找不到了，重新生成开箱钥匙", act.replace)
      : paragraph("备用码也找不到了，请马上告诉总监票人和工作人员。", "quiet"),
  ];
}
