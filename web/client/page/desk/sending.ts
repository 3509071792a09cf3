// A scan goes where the form would have gone; of the answer's page the marked parts take the place of those shown, so
// that the camera stays on and the next person can be served at once.

import { ask, Unreachable, type Answer } from "../http.ts";

export interface Page {
  address: string;
  document: Document;
}

/** Sends the form's own fields, with `fields` in place of those of the same name. Raises Unreachable. */
export async function send(form: HTMLFormElement, fields: Record<string, string>): Promise<Answer<Page>> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !(name in fields)) body.append(name, value);
  }
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return ask(form.action, page_in, { method: "POST", body, credentials: "same-origin", redirect: "follow" });
}

async function page_in(response: Response): Promise<Page> {
  if (response.status >= 500) throw new Unreachable(String(response.status));
  const text = await response.text();
  return { address: response.url, document: new DOMParser().parseFromString(text, "text/html") };
}

const PART = "[data-scan-part]";

/** Puts the answer's parts in place of those with the same id; how many there were. */
export function renew_parts(answer: Document): number {
  const parts = Array.from(document.querySelectorAll(PART));
  let renewed = 0;
  for (const part of parts) {
    const fresh = part.id === "" ? null : answer.getElementById(part.id);
    if (fresh === null) continue;
    part.replaceWith(document.importNode(fresh, true));
    renewed += 1;
  }
  return renewed;
}

/** What a page that is no desk any more says: a refusal's sentence, or that the link has ended. */
export function sentence_of(answer: Document): string {
  const said = answer.querySelector(".lead, .wrong, .fault");
  return said?.textContent?.trim() ?? "没有送出。请刷新这一页再试。";
}
