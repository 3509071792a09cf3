// 正在提交: sealing, and then sending for as long as it takes.

import { button, element, fill, paragraph, show_screen } from "../dom.ts";

export interface SealingScreen {
  progress: (done: number, total: number) => void;
}

export function show_sealing(): SealingScreen {
  const bar = element("progress", { max: "100", value: "0", "aria-label": "正在封票" });
  const said = paragraph("", "number");
  show_screen("sealing", element("h1", {}, "正在封票"), paragraph("请稍候，不要离开这一页。"), bar, said);
  return {
    progress: (done, total) => {
      bar.max = total;
      bar.value = done;
      said.textContent = `已完成 ${Math.floor((100 * done) / total)}%`;
    },
  };
}

const SAFE = "封好的票已经存在这台手机上。锁屏、断网或者重新打开这一页都不会丢，也不会重复计票。";

export interface SendingScreen {
  failing: (yes: boolean) => void;
}

export function show_sending(retry: () => void): SendingScreen {
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
    paragraph(SAFE, "quiet"),
  );
  return { failing };
}
