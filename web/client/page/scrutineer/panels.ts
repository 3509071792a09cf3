// What a scrutineer sees at each stage of a round: one matter, one button, or what is being waited for.

import { format_seed, parse_seed, type Recount } from "../../ballot/index.ts";
import { case_hint, code_form, code_input, ORDINALS } from "../code_form.ts";
import { button, code_groups, element, fill, paragraph, type Child } from "../dom.ts";
import type { Round } from "./api.ts";
import type { Stage } from "./stage.ts";

/** What the buttons do; a promise that fails is shown by the page. */
export interface Acts {
  make_key: () => void;
  register: () => void;
  restore: (seed: string) => void;
  /** Gives up the registered key and makes another; possible until the box is sealed. */
  replace: () => void;
  open: () => void;
  recount_again: () => void;
  /** Signs exactly this text. */
  sign: (report: string) => void;
}

export interface Facts {
  round: Round;
  seed: string | null;
  recount: Recount | null;
  scrutineers: number | null;
}

export function panel(stage: Stage, facts: Facts, act: Acts): Child[] {
  const draw = PANELS[stage];
  return draw(facts, act);
}

const PANELS: Record<Stage, (facts: Facts, act: Acts) => Child[]> = {
  make_key: (_, act) => [
    paragraph("开箱钥匙在您自己的设备上生成，不会传给任何人。票箱要全体监票人各用自己的钥匙才能打开。"),
    paragraph("请准备好纸和笔：生成以后要抄一个备用码。"),
    button("生成我的开箱钥匙", act.make_key, "primary"),
  ],
  copy_code: (facts, act) => copy_code(facts, act),
  restore: (facts, act) => restore(facts, act),
  foreign_key: ({ round }, act) => [
    alarm("登记的开箱钥匙不是这台设备上的这一把。"),
    paragraph("如果不是您在另一台设备上重新生成过，请马上告诉总监票人和工作人员，先不要继续。"),
    round.election === null ? button("重新生成并登记我的开箱钥匙", act.replace) : null,
  ],
  too_late_for_key: () => [
    alarm("这一轮已经封存，您的开箱钥匙没有登记上。"),
    paragraph("请马上告诉总监票人和工作人员。"),
  ],
  await_seal: () => [good("您的开箱钥匙已登记。"), waiting("等待工作人员封存票箱")],
  not_in_election: ({ round }) => [
    alarm("封存的票箱里没有您的开箱钥匙。"),
    paragraph(`请马上告诉总监票人和${round.presider}：投票不能开始，要重新封存。`),
  ],
  election_changed: ({ round }) => [
    alarm("票箱和封存时核对过的不是同一个。"),
    paragraph(`请马上告诉总监票人和${round.presider}，不要开箱。`),
  ],
  await_close: ({ round }) => [
    good("已核对：您的开箱钥匙在封存的票箱里，少了它打不开。"),
    waiting(round.state === "open" ? "正在投票，等待投票截止" : "等待投票开始"),
  ],
  recounting: () => [paragraph("投票已经截止。这台设备正在逐张核对票箱里的票，请不要关闭这一页。")],
  recount_failed: ({ round }, act) => [
    alarm("票箱核对没有通过，不要开箱。"),
    paragraph(`请马上告诉总监票人和${round.presider}。也可能是下载时出了错，可以再核对一次。`),
    button("再核对一次", act.recount_again),
  ],
  await_valid: ({ recount, round }) => [
    ...seal_code(recount),
    waiting(`等待${round.presider}宣布本次${round.act}有效`),
  ],
  compare: ({ recount }, act) => [
    ...seal_code(recount),
    paragraph("请和会场大屏幕上的封箱码、收回票数逐组比对。完全一样才能开箱；有一个字不一样，就不要开箱，马上告诉总监票人。"),
    button("和大屏幕完全一样，开箱", act.open, "primary"),
  ],
  await_others: (facts) => [good("您已开箱。"), waiting(`等待其他监票人开箱${opened_of(facts)}`)],
  sign: ({ round }, act) => [
    paragraph("票箱已全部打开。请核对下面的计票结果报告，没有问题再签字。"),
    element("pre", { class: "report", tabindex: "0", role: "region", "aria-label": "计票结果报告" }, round.report ?? ""),
    button("核对无误，签字", () => act.sign(round.report ?? ""), "primary"),
  ],
  report_differs: ({ round }) => [
    alarm("计票结果报告不是这台设备核对过的票箱的。"),
    paragraph(`请不要签字，马上告诉总监票人和${round.presider}。`),
  ],
  signed: ({ round }) => [good("您已签字。"), waiting(`等待${round.presider}宣布结果`)],
  announced: ({ round }) => [
    good("结果已宣布，您的工作已经完成。"),
    round.state === "published"
      ? element("a", { class: "button", href: `/r/${encodeURIComponent(round.id)}` }, "看公布的结果")
      : null,
  ],
  void: ({ round }) => [paragraph(`本次${round.act}无效，票箱不再打开。`, "notice")],
};

function opened_of({ round, scrutineers }: Facts): string {
  return round.opened === null || scrutineers === null ? "" : `（已有${round.opened}位，共${scrutineers}位）`;
}

/** Shows the backup code once, to be copied by hand; one group typed back proves that it was. */
function copy_code({ seed }: Facts, act: Acts): Child[] {
  const code = format_seed(seed ?? "");
  const place = element("div", {});
  const groups = code.split("-").map((group) => element("span", {}, group));
  const shown = [
    paragraph("这是您的备用码。请现在用笔抄在纸上，妥善保管；不要拍照，不要给任何人看。"),
    element("p", { class: "code backup", translate: "no" }, ...groups),
    paragraph("手机丢了或者坏了，凭它才能开箱。以后不再显示。", "quiet"),
    button("抄好了", () => fill(place, ...copied(code, act, () => fill(place, ...shown))), "primary"),
  ];
  fill(place, ...shown);
  return [place];
}

function copied(code: string, act: Acts, look_again: () => void): Child[] {
  const groups = code.split("-");
  const asked = Math.floor(Math.random() * groups.length);
  const name = ORDINALS[asked as 0 | 1 | 2 | 3];
  const error = element("p", { class: "error", id: "copied-error", role: "alert" });
  const input = code_input("copied", "copied-error");
  const submit = (event: Event): void => {
    event.preventDefault();
    if (input.value.trim() === groups[asked]) return act.register();
    error.textContent = `和备用码的${name}不一样。请对照您抄的纸，字母分大写和小写。`;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };
  const label = element("label", { for: "copied" }, `请照您抄的纸，输入备用码的${name}`);
  return [
    element(
      "form",
      { novalidate: true, autocomplete: "off", onsubmit: submit },
      element("div", { class: "groups" }, element("div", { class: "group" }, label, input)),
      error,
      element("button", { type: "submit", class: "button primary" }, "登记开箱钥匙"),
    ),
    button("没抄好，再看一次", look_again),
  ];
}

function restore({ round }: Facts, act: Acts): Child[] {
  const accepted = ({ seed }: { seed: string }): void => act.restore(seed);
  const form = { name: "备用码", paper: "您抄的纸", id: `restore-${round.id}`, read: parse_seed, accepted };
  return [
    paragraph("这台设备上没有您的开箱钥匙。请输入您抄在纸上的备用码。", "notice"),
    case_hint(),
    code_form(form),
    round.election === null
      ? button("备用码找不到了，重新生成开箱钥匙", act.replace)
      : paragraph("备用码也找不到了，请马上告诉总监票人和工作人员。", "quiet"),
  ];
}

function seal_code(recount: Recount | null): Child[] {
  if (recount === null) return [];
  return [
    good(`已逐张核对${recount.ballots}张票。`),
    element("h3", {}, "封箱码"),
    code_groups(recount.head, "code seal"),
    element("p", { class: "tally" }, "收回 ", element("strong", {}, String(recount.ballots)), " 张"),
  ];
}

function alarm(words: string): HTMLElement {
  return element("p", { class: "warning grave", role: "alert" }, words);
}

function good(words: string): HTMLElement {
  return element("p", { class: "success" }, words);
}

function waiting(words: string): HTMLElement {
  return element("p", { class: "waiting", role: "status" }, words);
}
