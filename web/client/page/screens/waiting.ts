// The waiting room: what will be voted on, what is open, what this card has done already.

import { is_over, type Candidate, type Round } from "../ballot_api.ts";
import { button, code_groups, element, fill, link_button, paragraph, show_screen, type Child } from "../dom.ts";
import type { Paper } from "../paper.ts";
import { paper_code } from "../sealing.ts";
import type { Listed, Progress } from "../standing.ts";
import { words_of } from "../words.ts";

interface Sealed {
  election: { fingerprint: string } | string | null;
}

export interface WaitingRoom {
  begin: (round: string) => void;
  look: (round: string) => void;
  other_card: () => void;
  /** The sealed paper of a round; null when it is not what the server describes, or not the one shown before. */
  paper: (round: string) => Paper | null;
}

export function show_starting(): void {
  show_screen("starting", element("h1", {}, "请稍候"), paragraph("正在打开投票页。"));
}

/** Shows the room; the function it returns redraws what has changed, without moving the reader. */
export function show_waiting(listed: Listed[], act: WaitingRoom): (listed: Listed[]) => void {
  const heading = element("h1", {});
  const body = element("div", { "aria-live": "polite" });
  const drawn = new Map<string, HTMLElement>();
  const section = (one: Listed): HTMLElement => {
    const key = JSON.stringify(one);
    const made = drawn.get(key) ?? section_of(one, act);
    drawn.set(key, made);
    return made;
  };
  const draw = (now: Listed[]): void => {
    const focused = document.activeElement;
    heading.textContent = heading_for(now);
    fill(body, ...lead(now), ...now.map(section));
    if (focused instanceof HTMLElement && body.contains(focused)) focused.focus({ preventScroll: true });
  };
  draw(listed);
  show_screen("waiting", heading, body, link_button("换一张投票卡", act.other_card));
  return draw;
}

function heading_for(listed: Listed[]): string {
  const to_do = listed.filter((one) => one.progress === "to_do");
  if (to_do.length > 0) return to_do.every((one) => one.round.kind === "satisfaction") ? "请测评" : "请投票";
  if (still_to_come(listed)) return "请稍候，投票还没有开始";
  if (listed.every((one) => one.progress === "barred")) return "这张投票卡不能投票";
  if (listed.some((one) => one.progress === "on_its_way")) return "您的票正在送出";
  return listed.every((one) => one.progress === "done") ? "您的票已经全部投完" : "现在没有可以投的票";
}

export function still_to_come(listed: Listed[]): boolean {
  return listed.length === 0 || listed.some((one) => one.progress === "to_come");
}

function lead(listed: Listed[]): Child[] {
  if (listed.some((one) => one.progress === "to_do")) return [];
  return still_to_come(listed) ? [paragraph("主持人宣布开始后，这一页会自动打开，不用刷新。")] : [];
}

function section_of({ round, progress }: Listed, act: WaitingRoom): HTMLElement {
  return element(
    "section",
    { class: "round", "data-round": round.id },
    element("h2", {}, round.title),
    paragraph(state_words(round, progress), "state"),
    ...details(round, progress, act),
  );
}

function state_words(round: Round, progress: Progress): string {
  if (round.trial && is_over(round)) return "试投已经结束，不计票。";
  if (progress === "done") return "您已投票。";
  if (progress === "on_its_way") return "您的票已封好，正在送出。";
  if (progress === "to_do") return `现在可以${words_of(round).act}。`;
  if (progress === "to_come") return "等待开始。";
  if (progress === "barred") return "这张投票卡不能参加这一项投票。";
  if (round.state === "closed") return "投票已经截止。";
  return round.state === "published" ? "结果已公布。" : "结果已宣布，公布以后可以在这里看。";
}

function details(round: Round, progress: Progress, act: WaitingRoom): Child[] {
  const begin = (): HTMLElement => button(`开始${words_of(round).act}`, () => act.begin(round.id), "primary");
  if (progress === "to_do") return [...code_to_compare(round, act), begin()];
  if (progress === "to_come") return [...code_to_compare(round, act), ...foretold(round)];
  const parts: Child[] = [];
  if (progress === "done" && !round.trial) parts.push(button("看回执号", () => act.look(round.id)));
  if (progress === "on_its_way") parts.push(button("看送出情况", () => act.look(round.id)));
  if (progress === "barred") parts.push(button("怎么办", () => act.look(round.id)));
  if (round.state === "published") parts.push(result_link(round));
  return parts;
}

/** What shows that this device has the same ballot paper as the whole hall. It is worked out here, and not asked for. */
function code_to_compare(round: Round, act: WaitingRoom): Child[] {
  if (round.election === null) return [];
  const paper = act.paper(round.id);
  if (paper === null) return [paragraph("这张票的内容前后不一致，请不要投票，马上告诉工作人员。", "warning grave")];
  return [
    element("h3", {}, "票样码（请和大屏幕对一对）"),
    code_groups(paper_code(paper.election.fingerprint).replace(/ /g, ""), "code paper"),
    paragraph("大屏幕显示这一项时，也有票样码。两处一样，说明这里的票和全场的是同一份。", "quiet"),
    paragraph("不一样，请先不要投票，马上告诉工作人员。"),
  ];
}

function result_link(round: Round): HTMLElement {
  return element("a", { class: "button", href: `/r/${encodeURIComponent(round.id)}` }, "看结果");
}

function foretold(round: Round): Child[] {
  const count = round.candidates.length;
  const words =
    round.form === "select_k"
      ? `从${count}件候选项目中选出不超过${round.places}件：`
      : `对${count}件${words_of(round).projects}，每件在${round.choices.join("、")}中选一项：`;
  return [paragraph(words), element("ol", { class: "foretold" }, ...round.candidates.map(title_item)), rules_of(round)];
}

function title_item(candidate: Candidate): HTMLElement {
  return element("li", {}, candidate.title);
}

/** The rules in words, folded, and the code by which this ballot paper can be compared with the big screen. */
export function rules_of(round: Pick<Round, "kind" | "notes"> & Sealed): HTMLElement | null {
  const { notes, election } = round;
  if (notes.length === 0) return null;
  const items = notes.map((note) => element("li", {}, note));
  if (typeof election === "object" && election !== null) {
    items.push(element("li", {}, `票样码 ${paper_code(election.fingerprint)}，应当和会场大屏幕上的相同。`));
  }
  const list = element("ul", { class: "rules" }, ...items);
  return element("details", { class: "notes" }, element("summary", {}, words_of(round).rules), list);
}
