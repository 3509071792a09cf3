// The screens that a tablet words differently from a phone: nothing is kept here, and somebody else comes next.

import { button, code_groups, element, fill, paragraph, show_screen, type Child } from "../dom.ts";
import { tried, type ReceiptActs } from "../screens/receipt.ts";
import type { SendingScreen } from "../screens/sending.ts";

export function show_unfit_tablet(): void {
  show_screen(
    "unfit",
    element("h1", {}, "这台平板的浏览器不能投票"),
    paragraph("它太旧。请换一台平板，或者向工作人员领取纸质票。投票卡仍然有效。", "warning"),
  );
}

export function show_tablet_sending(retry: () => void): SendingScreen {
  const state = element("div", { role: "status" });
  const failing = (yes: boolean): void => {
    if (!yes) fill(state, paragraph("票已封好，正在送往票箱。"));
    else fill(state, paragraph("还没有收到回执，正在自动重试。", "warning"), button("马上再试", retry, "primary"));
  };
  failing(false);
  show_screen(
    "sending",
    element("h1", {}, "正在提交"),
    state,
    paragraph("请等到出现回执号再离开，不要关闭或刷新这一页。断网时会一直重试，不会重复计票。", "quiet"),
  );
  return { failing };
}

export interface TabletReceipt {
  /** The reader wants to copy the number without hurry. */
  stay: () => void;
  /** The reader is done. */
  clear: () => void;
}

/** The function it returns offers the next ballot of the same card. */
export function show_tablet_receipt(
  title: string,
  tracker: string,
  act: Pick<ReceiptActs, "go_on" | "trial">,
  leave: TabletReceipt,
): (go_on: () => void) => void {
  const next = element("div", {});
  const offer = (go_on: () => void): void => fill(next, button("投下一项", go_on, "primary"));
  const stay = button("先别清除，我要抄下来", () => {
    leave.stay();
    stay.hidden = true;
  });
  const done = button("完成", leave.clear, act.go_on === null ? "primary" : "plain");
  if (act.trial) show_screen("receipt", ...tried(title), next, done);
  else show_screen("receipt", ...received(title, tracker), next, done, stay);
  if (act.go_on !== null) offer(act.go_on);
  return offer;
}

function received(title: string, tracker: string): Child[] {
  return [
    element("h1", {}, "您的票已投入票箱"),
    paragraph(title, "quiet"),
    paragraph("您的回执号："),
    code_groups(tracker),
    paragraph("可以拍照或者抄下来。以后凭它可以查到您的票在票箱里；别人从它看不出您投了什么。"),
  ];
}

export function show_tablet_false_receipt(retry: () => void): void {
  show_screen(
    "false-receipt",
    element("h1", {}, "回执对不上"),
    element("p", { class: "warning grave", role: "alert" }, "服务器给的回执不能证明您的票已投入票箱。"),
    paragraph("请不要关闭这一页，马上叫工作人员过来。封好的票还在这台平板上。"),
    button("再送一次", retry),
  );
}
