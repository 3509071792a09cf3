// The sheets as they come out of the printer: four cards on each, and what hides the code from a lamp.

import { card_strip, shared_parts, WIDTH, type Imprint } from "./card_strip.ts";
import type { Card } from "./deck.ts";
import { group, shape } from "./drawing.ts";

export const CARDS_PER_SHEET = 4;
const MASK_COLUMNS = 51;
const MASK_ROWS = 83;
const PIXELS = 6;

/** The drawings of all sheets, the parts they share first. */
export function sheets(cards: readonly Card[], imprint: Imprint): SVGElement[] {
  const defined = shape("svg", { width: 0, height: 0, class: "shared", "aria-hidden": "true" }, ...shared_parts(imprint));
  const starts = Array.from({ length: Math.ceil(cards.length / CARDS_PER_SHEET) }, (_, sheet) => sheet * CARDS_PER_SHEET);
  return [defined, ...starts.map((start) => sheet(cards.slice(start, start + CARDS_PER_SHEET), imprint))];
}

function sheet(cards: readonly Card[], imprint: Imprint): SVGElement {
  const strips = cards.map((card, column) => group(`translate(${column * WIDTH} 0)`, card_strip(card, imprint)));
  return shape("svg", { class: "sheet", viewBox: "0 0 210 297", "aria-hidden": "true" }, ...strips);
}

/** A fixed noise that hides what it is laid upon; the same on every card. A data address of a PNG. */
export function mask(): string {
  const canvas = document.createElement("canvas");
  canvas.width = MASK_COLUMNS * PIXELS;
  canvas.height = MASK_ROWS * PIXELS;
  const brush = canvas.getContext("2d");
  if (brush === null) throw new Error("no 2d canvas");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.fillStyle = "#000";
  let state = 0x2f6e2b1;
  for (let cell = 0; cell < MASK_COLUMNS * MASK_ROWS; cell += 1) {
    state = noise(state);
    const [column, row] = [cell % MASK_COLUMNS, Math.floor(cell / MASK_COLUMNS)];
    if (state % 2 === 0) brush.fillRect(column * PIXELS, row * PIXELS, PIXELS, PIXELS);
  }
  return canvas.toDataURL("image/png");
}

/** One step of xorshift32: good enough to look like nothing, and it hides no secret. */
function noise(state: number): number {
  let next = state ^ (state << 13);
  next ^= next >>> 17;
  next ^= next << 5;
  return next >>> 0;
}
