// Building and replacing what is on the screen. Text goes in as text, never as markup.

type Listener = (event: Event) => void;
export type Attributes = Record<string, string | boolean | Listener>;
export type Child = Node | string | null;

/** A new element; `on…` attributes are listeners, `true` is an empty attribute, `false` none. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(made, name, value);
  append(made, children);
  return made;
}

function set(target: HTMLElement, name: string, value: string | boolean | Listener): void {
  if (typeof value === "function") target.addEventListener(name.slice(2), value);
  else if (value !== false) target.setAttribute(name, value === true ? "" : value);
}

function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (child !== null) parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  }
}

/** Replaces the content of `parent`. (`replaceChildren` is younger than the browsers we serve.) */
export function fill(parent: HTMLElement, ...children: Child[]): void {
  parent.textContent = "";
  append(parent, children);
}

export function by_id(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element #${id}`);
  return found;
}

/** Shows a screen from its top; its heading takes the focus, so that a screen reader begins there. */
export function show_screen(name: string, ...children: Child[]): void {
  const page = by_id("page");
  page.setAttribute("data-screen", name);
  fill(page, ...children);
  focus_heading(page);
}

function focus_heading(page: HTMLElement): void {
  const heading = page.querySelector("h1");
  if (heading === null) return;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

export function button(text: string, on_press: () => void, kind: "primary" | "plain" = "plain"): HTMLButtonElement {
  const style = kind === "primary" ? "button primary" : "button";
  return element("button", { type: "button", class: style, onclick: on_press }, text);
}

export function link_button(text: string, on_press: () => void): HTMLButtonElement {
  return element("button", { type: "button", class: "link", onclick: on_press }, text);
}

export function paragraph(text: string, style = ""): HTMLParagraphElement {
  return element("p", style === "" ? {} : { class: style }, text);
}

/** A long code in groups of four; copied, it has no spaces. */
export function code_groups(code: string, style = "code"): HTMLParagraphElement {
  const groups = code.match(/.{1,4}/g) ?? [];
  const spans = groups.map((group) => element("span", {}, group));
  return element("p", { class: style, translate: "no" }, ...spans);
}

/** In `beforeunload`: the browser asks whether the page is really to be left. Older ones heed only the second way. */
export function ask_before_leaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
  event.returnValue = "";
}
