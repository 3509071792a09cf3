// The backup code, shown once to be copied onto paper.

import { ORDINALS, code_input } from "../code_form.ts";
import { button, element, fill, paragraph, type Child } from "../dom.ts";

/** Shows the backup code once, to be copied by hand; one group typed back proves that it was. */
export function copy_code(code: string, register: () => void): Child[] {
  const place = element("div", {});
  const groups = code.split("-").map((group) => element("span", {}, group));
  const shown = [
    paragraph("这是您的备用码。请现在用笔抄在纸上，妥善保管；不要拍照，不要给任何人看。"),
    element("p", { class: "code backup", translate: "no" }, ...groups),
    paragraph("手机丢了或者坏了，凭它才能开箱。以后不再显示。", "quiet"),
    button("抄好了", () => fill(place, ...copied(code, register, () => fill(place, ...shown))), "primary"),
  ];
  fill(place, ...shown);
  return [place];
}

function copied(code: string, register: () => void, look_again: () => void): Child[] {
  const groups = code.split("-");
  const asked = Math.floor(Math.random() * groups.length);
  const name = ORDINALS[asked as 0 | 1 | 2 | 3];
  const error = element("p", { class: "error", id: "copied-error", role: "alert" });
  const input = code_input("copied", "copied-error");
  const submit = (event: Event): void => {
    event.preventDefault();
    if (input.value.trim() === groups[asked]) return register();
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
