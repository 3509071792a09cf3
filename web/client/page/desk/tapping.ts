// Forms with `data-tap` are sent without leaving the page: the camera stays on, the list stays where it is, and a
// network that is down for a moment costs one more tap, not the page. Without this script they are plain forms.

import { Unreachable } from "../http.ts";
import { renew_parts, send, sentence_of } from "./sending.ts";

const UNREACHED = "网络不通，这一次可能没有记上。请再点一次，不会重复登记。";

let busy = false;

/** For all such forms, also those that come with a renewed part. */
export function offer_tapping(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.hasAttribute("data-tap")) return;
    event.preventDefault();
    if (!busy) void tap(form);
  });
}

async function tap(form: HTMLFormElement): Promise<void> {
  busy = true;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await send(form, {});
    if (renew_parts(answer.body.document) > 0) ready_for_next();
    else if (answer.status < 400) location.assign(answer.body.address);
    else say(sentence_of(answer.body.document));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    say(UNREACHED);
  } finally {
    form.removeAttribute("aria-busy");
    busy = false;
  }
}

/** A hand scanner types wherever the focus is: it belongs into the field. A phone would only show its keyboard. */
function ready_for_next(): void {
  const field = document.querySelector<HTMLInputElement>("input[data-scanned]");
  if (field === null) return;
  field.value = "";
  document.getElementById("said")?.scrollIntoView({ block: "nearest" });
  if (!window.matchMedia("(pointer: coarse)").matches) field.focus();
}

function say(sentence: string): void {
  const place = document.getElementById("said");
  if (place === null) return;
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = sentence;
  const frame = document.createElement("div");
  frame.className = "wrong";
  frame.appendChild(words);
  place.textContent = "";
  place.appendChild(frame);
}
