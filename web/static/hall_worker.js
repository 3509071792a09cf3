// The hall's screen, opened anew while the line is dead: what it showed last, and that it is not new, instead of the
// browser's error page.
//
// It answers nothing but the opening of a page below /hall/, and only when the network has failed. The page itself
// keeps what it shows (client/page/kept_screen.ts). Nobody's name, link or card is ever on it.
"use strict";

const LONGEST_MS = 10 * 60 * 1000;
const PATIENCE_MS = 8000;
const LINE = '<p class="offline-note" id="connection" role="status"></p>';
const NOTHING_KEPT =
  '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">' +
  '<title>会场大屏</title></head><body><h1><svg viewBox="0 0 1920 1000" role="img" aria-label="正在等待网络">' +
  '<text x="960" y="460" text-anchor="middle" font-size="110">正在等待网络</text>' +
  '<text x="960" y="600" text-anchor="middle" font-size="56" fill="#5d534f">恢复以后自动显示，不用操作</text>' +
  "</svg></h1></body></html>";

function patience() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
}

async function fresh(request) {
  const answer = await Promise.race([fetch(request), patience()]);
  if (answer.status >= 502) throw new Error(String(answer.status));
  return answer;
}

function two_digits(number) {
  return String(number).padStart(2, "0");
}

function saying_so(page, at) {
  const time = `${two_digits(at.getHours())}:${two_digits(at.getMinutes())}`;
  const words = `连接中断，这是${time}的画面，正在重连`;
  return page.replace(LINE, `<p class="offline-note shaky" id="connection" role="status">${words}</p>`);
}

function answer_with(page, policy) {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy };
  return new Response(page, { headers });
}

/** Without the line that says how old it is nothing is shown: an old figure is never taken for a new one. */
async function shown_last(request) {
  const kept = await (await caches.open("hall")).match(request.url);
  const at = new Date(Number(kept && kept.headers.get("kept-at")));
  const age = Date.now() - at.getTime();
  const page = kept !== undefined && age >= 0 && age < LONGEST_MS ? await kept.text() : "";
  if (!page.includes(LINE)) return answer_with(NOTHING_KEPT, "default-src 'none'");
  return answer_with(saying_so(page, at), kept.headers.get("content-security-policy"));
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { mode, method } = event.request;
  if (mode !== "navigate" || method !== "GET") return;
  event.respondWith(fresh(event.request).catch(() => shown_last(event.request)));
});
