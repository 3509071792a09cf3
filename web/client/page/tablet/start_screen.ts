// What a tablet shows while nobody votes on it: the camera, waiting for a card; beside it the way to type the number.

import { scan, type Scanner } from "../camera/scanner.ts";
import { case_hint, code_form } from "../code_form.ts";
import { button, element, fill, paragraph, show_screen } from "../dom.ts";
import { read_card, scanned_card } from "../scanned_card.ts";

const WRONG = {
  no_card: "这不是投票卡的二维码。请把投票卡里面的二维码对准摄像头。",
  other_session: "这张投票卡不是本次会议的。请叫工作人员过来。",
};

/** Shows the start; `on_card` is called once, with the camera switched off already. */
export function show_start(session: string, trouble: string | null, on_card: (credential: string) => void): Scanner {
  const place = element("div", { class: "camera" });
  const keys = element("div", { class: "camera-keys" });
  const said = element("p", { class: "error", role: "alert" }, trouble);
  let scanner: Scanner | null = null;
  const stop = (): void => {
    scanner?.stop();
    scanner = null;
  };
  const taken = (credential: string): void => {
    stop();
    on_card(credential);
  };
  const see = (text: string): void => {
    const card = scanned_card(text, session);
    if (card.ok) taken(card.credential);
    else said.textContent = WRONG[card.reason];
  };
  const open = (): void => {
    const fail = (sentence: string): void => {
      stop();
      said.textContent = sentence;
      fill(keys, button("打开摄像头", open));
    };
    scanner = scan(place, see, fail, "user");
    fill(keys, button("换另一个摄像头", () => scanner?.turn()));
  };
  show_screen("entry", ...parts(place, keys, said, taken));
  open();
  return { stop, turn: () => scanner?.turn() };
}

function parts(place: HTMLElement, keys: HTMLElement, said: HTMLElement, taken: (credential: string) => void): HTMLElement[] {
  const code = {
    name: "卡号",
    paper: "投票卡",
    id: "group",
    read: read_card,
    accepted: ({ credential }: { credential: string }) => taken(credential),
  };
  const typing = element(
    "details",
    { class: "typing" },
    element("summary", {}, "扫不出来，输入卡号"),
    case_hint(),
    code_form(code),
  );
  const words = element(
    "div",
    { class: "start-words" },
    element("h1", {}, "请把投票卡的二维码对准摄像头"),
    paragraph("拆开投票卡，把有二维码的一面朝向摄像头，离开一个手掌的距离，停住。"),
    said,
    paragraph("投完以后这里自动清除，不留下您的卡号和选择。", "quiet"),
    typing,
  );
  return [element("div", { class: "start" }, element("div", { class: "start-camera" }, place, keys), words)];
}
