// 大字: bigger text, remembered on the device.

import { by_id } from "./dom.ts";

const KEY = "piaojue/bigger";

export function offer_bigger_text(): void {
  const toggle = by_id("size");
  const apply = (bigger: boolean): void => {
    document.documentElement.classList.toggle("bigger", bigger);
    toggle.setAttribute("aria-pressed", String(bigger));
  };
  toggle.addEventListener("click", () => {
    const bigger = toggle.getAttribute("aria-pressed") !== "true";
    localStorage.setItem(KEY, bigger ? "1" : "0");
    apply(bigger);
  });
  toggle.hidden = false;
  apply(localStorage.getItem(KEY) === "1");
}
