// Shapes of a printed sheet: millimetres on A4, black on white, so that the printer has nothing to decide.

export type Shape = SVGElement;
type Values = Record<string, string | number>;

const SVG = "http://www.w3.org/2000/svg";
const MM_OF_POINT = 0.3528;

export const SANS = '"Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif';
export const SERIF = '"Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", SimSun, "Songti SC", serif';
export const MONO = '"DejaVu Sans Mono", Consolas, Menlo, "Noto Sans Mono", monospace';

export function shape(tag: string, values: Values, ...children: (Shape | string)[]): Shape {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(values)) made.setAttribute(name, String(value));
  for (const child of children) made.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  return made;
}

export function group(transform: string, ...children: Shape[]): Shape {
  return shape("g", transform === "" ? {} : { transform }, ...children);
}

export function line(x1: number, y1: number, x2: number, y2: number, values: Values = {}): Shape {
  return shape("line", { x1, y1, x2, y2, stroke: "#000", "stroke-width": 0.14, ...values });
}

export function box(x: number, y: number, width: number, height: number, values: Values = {}): Shape {
  return shape("rect", { x, y, width, height, fill: "none", stroke: "#000", "stroke-width": 0.2, ...values });
}

export interface Type {
  /** Points. */
  size: number;
  font?: string;
  bold?: boolean;
  fill?: string;
}

/** One line of text, its middle at `x`, its baseline at `y`; made smaller where it is wider than `most`. */
export function text(x: number, y: number, words: string, type: Type, most = Infinity): Shape {
  const { size, font = SANS, bold = false, fill = "#000" } = type;
  const weight = bold ? 700 : 400;
  const natural = width_of(words, size * MM_OF_POINT, font, weight);
  const fitted = size * MM_OF_POINT * Math.min(1, most / natural);
  const values = { x, y, "text-anchor": "middle", "font-family": font, "font-size": fitted, "font-weight": weight, fill };
  return shape("text", { ...values, "xml:space": "preserve" }, words);
}

/** Millimetres. */
function width_of(words: string, size: number, font: string, weight: number): number {
  const brush = document.createElement("canvas").getContext("2d");
  if (brush === null) return 0;
  brush.font = `${weight} 100px ${font}`;
  return (brush.measureText(words).width * size) / 100;
}
