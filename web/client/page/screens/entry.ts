// Asking for the card: scanned, or its number typed when the camera fails.

import { case_hint, code_form } from "../code_form.ts";
import { element, paragraph, show_screen } from "../dom.ts";
import { read_card } from "../scanned_card.ts";

export function show_entry(trouble: string | null, on_card: (credential: string) => void): void {
  const code = {
    name: "卡号",
    paper: "投票卡",
    id: "group",
    read: read_card,
    accepted: ({ credential }: { credential: string }) => on_card(credential),
  };
  show_screen(
    "entry",
    element("h1", {}, "请出示投票卡"),
    paragraph("请用微信“扫一扫”扫描投票卡上的二维码。扫不了，可以在这里输入卡号。"),
    case_hint(),
    code_form(code, trouble),
    paragraph("还是不行，请带上投票卡找工作人员。", "quiet"),
  );
}
