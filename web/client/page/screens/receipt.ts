// 回执号: what stays after a vote. It finds the ballot in the box, and tells nothing about what is in it.

import { button, code_groups, element, fill, link_button, paragraph, show_screen, type Child } from "../dom.ts";
import { Refused } from "../http.ts";

export interface ReceiptActs {
  /** Whether the ballot is in the box; raises Unreachable or Refused. */
  check: () => Promise<boolean>;
  go_on: (() => void) | null;
  back: () => void;
  /** 试投: there is nothing to keep and nothing to look up. */
  trial: boolean;
}

/** The function it returns offers the next ballot, when one opens. */
export function show_receipt(title: string, tracker: string, act: ReceiptActs): (go_on: () => void) => void {
  const next = element("div", {});
  const offer = (go_on: () => void): void => fill(next, button("投下一项", go_on, "primary"));
  const shown = act.trial ? tried(title) : received(title, tracker);
  const checks = act.trial ? [] : [check_part(act.check, act.go_on === null ? "primary" : "plain"), copy_part(tracker)];
  show_screen("receipt", ...shown, next, ...checks, link_button("返回", act.back));
  if (act.go_on !== null) offer(act.go_on);
  return offer;
}

function received(title: string, tracker: string): Child[] {
  return [
    element("h1", {}, "您的票已投入票箱"),
    paragraph(title, "quiet"),
    paragraph("您的回执号："),
    code_groups(tracker),
    paragraph("请拍照、截屏或者抄下来。以后凭它可以查到您的票在票箱里；别人从它看不出您投了什么。"),
  ];
}

/** A number to keep would only frighten later: the ballot behind it is deleted. */
export function tried(title: string): Child[] {
  return [
    element("h1", {}, "试投成功"),
    paragraph(title, "quiet"),
    paragraph("您已经会投票了。试投不计票，结束时全部作废；正式投票开始以后，请再投一次。"),
  ];
}

/** This card has voted, but not on this device, or the device has lost its memory of it. */
export function show_used_card(title: string, tracker: string | null, act: Pick<ReceiptActs, "check" | "back">): void {
  show_screen(
    "used",
    element("h1", {}, "这张投票卡已经投过票"),
    paragraph(title, "quiet"),
    ...(tracker === null ? [] : [paragraph("它的回执号："), code_groups(tracker), check_part(act.check, "plain")]),
    paragraph("如果不是您本人投的，请马上带上投票卡找工作人员。", "notice"),
    link_button("返回", act.back),
  );
}

function check_part(check: () => Promise<boolean>, kind: "primary" | "plain"): HTMLElement {
  const said = element("div", { role: "status" });
  const press = async (): Promise<void> => {
    fill(said, paragraph("正在核对……"));
    fill(said, await outcome(check));
  };
  return element("div", {}, said, button("核对：我的票在不在票箱里", () => void press(), kind));
}

async function outcome(check: () => Promise<boolean>): Promise<HTMLElement> {
  try {
    if (await check()) return element("p", { class: "success" }, "核对无误：您的票在票箱里。");
    return element("p", { class: "warning grave" }, "票箱里没有查到这个回执号。请不要关闭这一页，马上带上手机找工作人员。");
  } catch (error) {
    const words = error instanceof Refused ? error.sentence : "网络不稳，没有查到结果。请稍后再核对一次。";
    return element("p", { class: "warning" }, words);
  }
}

function copy_part(tracker: string): HTMLElement {
  const said = element("p", { role: "status" });
  const press = async (): Promise<void> => {
    said.textContent = (await copy(tracker)) ? "已复制。" : "这个浏览器不让复制，请截屏或者抄写。";
  };
  return element("div", {}, button("复制回执号", () => void press()), said);
}

async function copy(words: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}
