// A part of the page that others change too (several desks check deputies in) is asked for again every two seconds.
//
//   <section id="figures" data-live="/…/figures">…</section>
//
// The answer is the part alone; it takes the place of the one that is shown. While the network is down the part stays
// and says so: an old figure is better than none, as long as nobody takes it for a new one.

import { ask_text } from "../http.ts";

const PERIOD_MS = 2_000;
const PATIENCE_MS = 5_000;
const LIVE = "[data-live]";
const LOST = "连接中断，正在重连。下面的数字是刚才的。";

/** Starts with the page and goes on as long as the page is shown. */
export function keep_live(): void {
  if (document.querySelector(LIVE) !== null) window.setTimeout(() => void renew(), PERIOD_MS);
}

async function renew(): Promise<void> {
  const shown = document.querySelector<HTMLElement>(LIVE);
  const address = shown?.getAttribute("data-live") ?? null;
  if (shown !== null && address !== null && !document.hidden) await renew_from(address, shown.id);
  window.setTimeout(() => void renew(), PERIOD_MS);
}

async function renew_from(address: string, id: string): Promise<void> {
  try {
    const answer = await ask_text(address, { credentials: "same-origin", patience_ms: PATIENCE_MS });
    if (answer.status === 200) put(id, answer.body);
    // The link has ended or was taken back: the page says so itself.
    else if (answer.status < 500) location.reload();
    else lost(id);
  } catch {
    lost(id);
  }
}

function put(id: string, html: string): void {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(id);
  const old = document.getElementById(id);
  if (fresh !== null && old !== null && !old.isEqualNode(fresh)) old.replaceWith(document.importNode(fresh, true));
}

/** The next good answer has no such line, and so takes it away. */
function lost(id: string): void {
  const old = document.getElementById(id);
  if (old === null || old.querySelector(".lost") !== null) return;
  const line = document.createElement("p");
  line.className = "lost";
  line.setAttribute("role", "status");
  line.textContent = LOST;
  old.insertBefore(line, old.firstChild);
}
