// Typing a code in its four groups, a card's number or a backup code: an error names its group and the reason.

import type { TypingError } from "../ballot/index.ts";
import { element, paragraph } from "./dom.ts";

const SIZES = [5, 6, 5, 6] as const;
const LENGTH = 22;
export const ORDINALS = ["第一组", "第二组", "第三组", "第四组"] as const;

export interface Code<T extends { ok: true }> {
  /** What the code is called, and on what paper it stands. */
  name: string;
  paper: string;
  /** Keeps the ids of several forms on one page apart. */
  id: string;
  read: (typed: string) => T | TypingError;
  accepted: (code: T) => void;
}

export function code_form<T extends { ok: true }>(code: Code<T>, trouble: string | null = null): HTMLFormElement {
  const fields = SIZES.map((size, index) => group_field(code.id, size, index));
  const inputs = fields.map((field) => field.input);
  inputs.forEach((input, index) => input.addEventListener("input", (event) => spread(event, inputs, index)));
  const error = element("p", { class: "error", id: `${code.id}-error`, role: "alert" }, trouble);
  return element(
    "form",
    { novalidate: true, autocomplete: "off", onsubmit: (event) => submit(event, code, inputs, error) },
    element("div", { class: "groups" }, ...fields.map((field) => field.block)),
    error,
    element("button", { type: "submit", class: "button primary" }, "确定"),
  );
}

/** One field for part of a code: large, plain letters, and nothing that a phone could “correct”. */
export function code_input(id: string, error: string): HTMLInputElement {
  return element("input", {
    id,
    type: "text",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    "aria-describedby": error,
  });
}

function group_field(form: string, size: number, index: number): { block: HTMLElement; input: HTMLInputElement } {
  const id = `${form}-${index + 1}`;
  const input = code_input(id, `${form}-error`);
  const label = element("label", { for: id }, `${ORDINALS[index] ?? ""}（${size}个字符）`);
  return { block: element("div", { class: "group" }, label, input), input };
}

/** What is too long for its group flows on into the next ones; a whole code may be pasted anywhere. */
function spread(event: Event, inputs: HTMLInputElement[], index: number): void {
  const input = inputs[index];
  if (input === undefined || (event as InputEvent).isComposing) return;
  input.removeAttribute("aria-invalid");
  const typed = plain(input.value);
  const size = SIZES[index] ?? 0;
  const pasted = (event as InputEvent).inputType === "insertFromPaste" || typed.length > size + 1;
  if (typed.length <= size || !(pasted || inputs[index + 1]?.value === "")) return;
  const start = typed.length >= LENGTH ? 0 : index;
  pour(typed, inputs.slice(start), SIZES.slice(start));
}

function pour(typed: string, inputs: HTMLInputElement[], sizes: readonly number[]): void {
  let rest = typed;
  inputs.forEach((input, at) => {
    if (rest === "") return;
    const last = at === inputs.length - 1;
    const size = last ? rest.length : (sizes[at] ?? 0);
    input.value = rest.slice(0, size);
    rest = rest.slice(size);
    input.focus();
  });
}

/** Without dashes and spaces, and without the address that a copied link has in front. */
function plain(typed: string): string {
  const code = typed.slice(typed.lastIndexOf("#") + 1);
  return code.normalize("NFKC").replace(/[\s\-_\u2010-\u2015\u2212]+/g, "");
}

function submit<T extends { ok: true }>(
  event: Event,
  code: Code<T>,
  inputs: HTMLInputElement[],
  error: HTMLElement,
): void {
  event.preventDefault();
  for (const input of inputs) input.removeAttribute("aria-invalid");
  const typed = read_groups(code, inputs);
  error.textContent = typed.ok ? "" : sentence(code, typed);
  if (typed.ok) {
    code.accepted(typed);
    return;
  }
  inputs[typed.group]?.setAttribute("aria-invalid", "true");
  inputs[typed.group]?.focus();
}

function read_groups<T extends { ok: true }>(code: Code<T>, inputs: HTMLInputElement[]): T | TypingError {
  const groups = inputs.map((input) => plain(input.value));
  const empty = ([0, 1, 2, 3] as const).find((index) => groups[index] === "");
  return empty === undefined ? code.read(groups.join("-")) : { ok: false, group: empty, reason: "length" };
}

/** Names the group and what is wrong with it. */
function sentence({ name, paper }: { name: string; paper: string }, wrong: TypingError): string {
  const group = ORDINALS[wrong.group];
  if (wrong.reason === "length") {
    return `${group}应该是${SIZES[wrong.group]}个字符，请对照${paper}看看是多了还是少了。`;
  }
  const rule = `${name}只用字母和数字，其中没有数字0、大写O、大写I和小写l`;
  return `${group}里的“${wrong.character ?? ""}”不对：${rule}。请对照${paper}改正。`;
}

/** A hint that capitals matter, for both kinds of code. */
export function case_hint(): HTMLElement {
  return paragraph("字母分大写和小写，请照原样输入。", "quiet");
}
