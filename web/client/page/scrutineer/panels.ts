// What a scrutineer sees at each stage of a round: one matter, one button, or what is being waited for.

import { format_seed, parse_seed, read_any_election, type Recount } from "../../ballot/index.ts";
import { case_hint, code_form } from "../code_form.ts";
import { button, code_groups, element, paragraph, type Child } from "../dom.ts";
import { paper_code } from "../sealing.ts";
import type { Round } from "./told.ts";
import { copy_code } from "./backup_code.ts";
import type { Stage } from "./stage.ts";
import { alarm, good, waiting } from "./words.ts";

/** What the buttons do; a promise that fails is shown by the page. */
export interface Acts {
  make_key: () => void;
  register: () => void;
  restore: (seed: string) => void;
  /** Gives up the registered key and makes another; possible until the box is sealed. */
  replace: () => void;
  /** The box is empty before the voting begins. */
  empty: () => void;
  open: () => void;
  /** Signs exactly this text of the tellers. */
  sign_paper: (text: string) => void;
  recount_again: () => void;
  /** Signs exactly this text. */
  sign: (report: string) => void;
}

export interface Facts {
  round: Round;
  seed: string | null;
  recount: Recount | null;
  /** As many others must have confirmed the head before this phone opens. */
  confirmations: number;
}

export function panel(stage: Stage, facts: Facts, act: Acts): Child[] {
  const draw = PANELS[stage];
  return draw(facts, act);
}

const PANELS: Record<Stage, (facts: Facts, act: Acts) => Child[]> = {
  await_key: ({ round }) => [
    round.election === null
      ? waiting("请先在上面和其他监票人一起生成开箱钥匙")
      : paragraph("这台设备还没有备好开箱钥匙。请先完成上面的步骤。", "notice"),
  ],
  make_key: (_, act) => [
    paragraph("开箱钥匙在您自己的设备上生成，不会传给任何人。票箱要全体监票人各用自己的钥匙才能打开。"),
    paragraph("请准备好纸和笔：生成以后要抄一个备用码。"),
    button("生成我的开箱钥匙", act.make_key, "primary"),
  ],
  copy_code: ({ seed }, act) => copy_code(format_seed(seed ?? ""), act.register),
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
  await_close: ({ round }, act) => [
    good(
      round.ceremony === null
        ? "已核对：您的开箱钥匙在封存的票箱里，少了它打不开。"
        : `已核对：你们一起生成的开箱钥匙在封存的票箱里，少于${round.needed}名监票人打不开。`,
    ),
    ...election_code(round),
    ...empty_box(round, act),
    waiting(round.state === "open" ? "正在投票，等待投票截止" : "等待投票开始"),
  ],
  recounting: () => [paragraph("投票已经截止。这台设备正在逐张核对票箱里的票，请不要关闭这一页。")],
  recount_failed: ({ round }, act) => [
    alarm("票箱核对没有通过，不要开箱。"),
    paragraph(`请马上告诉总监票人和${round.presider}。也可能是下载时出了错，可以再核对一次。`),
    button("再核对一次", act.recount_again),
  ],
  await_valid: ({ recount, round }) => [
    ...seal_code(recount, round),
    waiting(`等待${round.presider}宣布本次${round.act}有效`),
  ],
  sign_paper: ({ round }, act) => [
    paragraph("两名计票人对纸质票的计票已经一致。请核对下面的记录，没有问题再签字。"),
    element("pre", { class: "report", tabindex: "0", role: "region", "aria-label": "纸质票计票记录" }, round.paper?.text ?? ""),
    button("核对无误，在纸质票记录上签字", () => act.sign_paper(round.paper?.text ?? ""), "primary"),
  ],
  paper_differs: ({ round }) => [
    alarm("要签字的不是纸质票的计票记录。"),
    paragraph(`请不要签字，马上告诉总监票人和${round.presider}。`),
  ],
  await_confirmations: ({ recount, round, confirmations }) => [
    ...seal_code(recount, round),
    paragraph("这台设备的开箱钥匙是用备用码恢复的。为防止同一把钥匙打开两个票箱，要先由其他监票人核对封箱码并开箱，您才能开箱。"),
    waiting(`等待另外${confirmations}名监票人核对封箱码`),
  ],
  compare: ({ recount, round }, act) => [
    ...seal_code(recount, round),
    ...stuck(round),
    paragraph("请和会场大屏幕上的封箱码、收回票数逐组比对。完全一样才能开箱；有一个字不一样，就不要开箱，马上告诉总监票人。"),
    button(round.decrypted ? "和大屏幕完全一样，再开一次" : "和大屏幕完全一样，开箱", act.open, "primary"),
  ],
  await_others: ({ round }) => [
    good("您已开箱。"),
    waiting(`等待其他监票人开箱（已有${round.opened ?? 0}位，共${round.needed}位）`),
  ],
  sign: ({ round }, act) => [
    paragraph("票箱已全部打开。请逐行核对下面的计票结果报告：各项人数和票数（纸质票也算在内）、结果、监票人姓名。没有问题再签字。"),
    element("pre", { class: "report", tabindex: "0", role: "region", "aria-label": "计票结果报告" }, round.report ?? ""),
    button("核对无误，签字", () => act.sign(round.report ?? ""), "primary"),
  ],
  report_differs: ({ round }) => [
    alarm("计票结果报告不是这台设备核对过的票箱的，或者没有写明您是监票人。"),
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

/** Where each has an own key nothing but this tells that all of them were shown one election. */
function election_code({ election }: Round): Child[] {
  if (election === null) return [];
  return [paragraph(`票样码 ${paper_code(read_any_election(election).fingerprint)}，应当和会场大屏幕上的相同。`)];
}

/** What the 总监票人 sees before the voting begins. */
function empty_box(round: Round, act: Acts): Child[] {
  if (round.empty === null || round.election === null) return [];
  const shown = [
    element("h3", {}, "空箱检查"),
    element("p", { class: "tally" }, "票箱里有 ", element("strong", {}, String(round.empty.ballots)), " 张票"),
  ];
  if (round.empty.ballots > 0) return [...shown, alarm("投票还没有开始，票箱里已经有票。请马上告诉执行主席，先不要开始。")];
  return round.empty.confirmed
    ? [...shown, good("已确认票箱是空的，工作人员可以打印空箱检查单。")]
    : [...shown, button("确认票箱是空的", act.empty, "primary")];
}

/** With only as many parts as are needed, nobody can tell which of them is wrong. */
function stuck(round: Round): Child[] {
  if (!round.stuck) return [];
  const all_needed = round.ceremony === null;
  return [
    alarm(`已有${round.opened ?? 0}位开箱，但是票箱没有打开：其中有设备给出的结果不对，现在不能确定是哪一台。`),
    paragraph(
      all_needed
        ? "请马上告诉总监票人和工作人员。可以再开一次；哪一台设备不对，换一台用备用码再开。"
        : "请还没有开箱的监票人也开箱：人数多于规定以后，系统会找出能打开的几份，并指出不对的是谁。已开箱的可以再开一次。",
    ),
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

function seal_code(recount: Recount | null, round: Round): Child[] {
  if (recount === null) return [];
  const tally = round.returned ?? recount.ballots;
  const beside_paper = tally !== recount.ballots;
  return [
    good(`已逐张核对${recount.ballots}张票。`),
    element("h3", {}, "封箱码"),
    code_groups(recount.head, "code seal"),
    beside_paper
      ? paragraph(`票箱里有${recount.ballots}张，连同纸质票一共收回：`, "quiet")
      : null,
    element("p", { class: "tally" }, "收回 ", element("strong", {}, String(tally)), " 张"),
  ];
}
