// When it cannot go on: one sentence what is wrong, one what to do, and the way to the staff or to paper.

import { button, element, fill, by_id, paragraph, show_screen, type Child } from "../dom.ts";

const TO_STAFF = "请带上投票卡找工作人员，可以换卡或者领取纸质票。";

export function show_unfit(): void {
  fill(
    by_id("page"),
    element("h1", {}, "这部手机的浏览器不能投票"),
    paragraph("它太旧，或者处在不保存内容的无痕模式。", "warning"),
    paragraph("请换一部手机扫码，或者向工作人员领取纸质票。您的投票卡仍然有效。"),
  );
}

/** The session does not exist, or the server refuses to tell about it. */
export function show_no_session(sentence: string): void {
  show_screen("no-session", element("h1", {}, "没有找到这次会议的投票"), paragraph(sentence, "warning"), paragraph(TO_STAFF));
}

export function show_bad_card(state: "dead" | "unknown", retype: () => void): void {
  const [heading, sentence] =
    state === "dead"
      ? ["这张投票卡已经作废", "作废的卡不能投票，也没有投过票。"]
      : ["没有这张投票卡", "本次投票的名单里没有这个卡号。如果是手工输入的，请对照投票卡再输一次。"];
  show_screen(
    "bad-card",
    element("h1", {}, heading),
    paragraph(sentence, "warning"),
    paragraph(TO_STAFF),
    button("重新扫卡或输入卡号", retype),
  );
}

/** The receipt does not hold: this must be seen by somebody before anything else happens. */
export function show_false_receipt(retry: () => void): void {
  show_screen(
    "false-receipt",
    element("h1", {}, "回执对不上"),
    element("p", { class: "warning grave", role: "alert" }, "服务器给的回执不能证明您的票已投入票箱。"),
    paragraph("请不要关闭这一页，马上带上手机和投票卡找工作人员。封好的票还存在这台手机上。"),
    button("再送一次", retry),
  );
}

export function show_refused(sentence: string, again: Child, back: () => void): void {
  show_screen(
    "refused",
    element("h1", {}, "这张票没有被接收"),
    element("p", { class: "warning", role: "alert" }, sentence),
    paragraph(TO_STAFF),
    again,
    button("返回", back),
  );
}

/** Something that should not happen on this page: the reader must not vote on it. */
export function show_torn_paper(title: string, back: () => void): void {
  show_screen(
    "torn",
    element("h1", {}, title),
    paragraph("这张票的内容前后不一致，请不要投票。", "warning grave"),
    paragraph(TO_STAFF),
    button("返回", back),
  );
}

/** Whether to give up this card on this device. */
export function show_other_card(unsent: boolean, forget: () => void, back: () => void): void {
  const words = unsent
    ? "还有一张封好的票没有送出，现在不能换卡。请等它送出以后再换。"
    : "换卡以后，这台手机上不再保留这张卡的回执号；没有提交的选择也会清除。";
  show_screen(
    "other-card",
    element("h1", {}, "换一张投票卡"),
    paragraph(words, "notice"),
    button("不换，返回", back, "primary"),
    unsent ? null : button("清除并换卡", forget),
  );
}
