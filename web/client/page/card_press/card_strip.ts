// One card: three panels of 52.5 × 99 mm, one below the other. Folded like a Z, cut and sealed, only the first is seen
// from outside, and it is the same on every card.
//
//   y   0-99   外面   seen from outside, printed upside down
//   y  99      fold backwards
//   y  99-198  正面   QR, secret, serial; lies face to face with the stub
//   y 198      fold forwards; torn here by the deputy
//   y 198-297  存根   a masking pattern over what it covers, and the serial

import encodeQR from "qr";

import type { Card } from "./deck.ts";
import { box, group, line, MONO, SERIF, shape, text, type Shape } from "./drawing.ts";

export const WIDTH = 52.5;
export const HEIGHT = 99;
/** No office printer reaches further out. */
const MARGIN = 5;
const INNER = WIDTH - 2 * MARGIN;
const MIDDLE = WIDTH / 2;
const QUIET_MODULES = 4;

/** Cards of nobody, printed over one another where the real code will lie: all stubs have the same. */
const DECOYS = [
  { groups: ["7uFqK", "x3RmWd", "Nb9Tc", "Zs5Yhe"], serial: "4830917" },
  { groups: ["Mz8Ha", "Q2kvGt", "e6PJr", "C4nXwS"], serial: "9175264" },
  { groups: ["bW3Sd", "LrU7fy", "8KgEp", "tB5Dvj"], serial: "0628351" },
];

export interface Imprint {
  congress: string;
  session: string;
  /** `https://HOST/v/CODE`. */
  address: string;
  /** A picture of noise as a data address. */
  mask: string;
}

/** A session's title breaks after 代表大会 where it is too long for one line of a card. */
export function title_lines(title: string): string[] {
  const at = title.indexOf("代表大会");
  const cut = at + "代表大会".length;
  return title.length > 16 && at >= 0 && cut < title.length ? [title.slice(0, cut), title.slice(cut)] : [title];
}

/** What all cards share is drawn once; a card only points to it. */
export function shared_parts(imprint: Imprint): Shape[] {
  return [
    shape("symbol", { id: "outside", overflow: "visible" }, ...outside(imprint)),
    shape("symbol", { id: "inside", overflow: "visible" }, ...inside(imprint)),
    shape("symbol", { id: "stub", overflow: "visible" }, ...stub(imprint)),
    shape("symbol", { id: "marks", overflow: "visible" }, ...marks()),
  ];
}

export function card_strip(card: Card, imprint: Imprint): Shape {
  return group(
    "",
    group(`rotate(180 ${MIDDLE} ${HEIGHT / 2})`, shape("use", { href: "#outside" })),
    group(`translate(0 ${HEIGHT})`, shape("use", { href: "#inside" }), ...secrets(card, imprint)),
    group(`translate(0 ${2 * HEIGHT})`, shape("use", { href: "#stub" }), ...stub_serial(card.serial)),
    shape("use", { href: "#marks" }),
  );
}

function outside({ congress, session }: Imprint): Shape[] {
  const frame = (inset: number, thickness: number): Shape =>
    box(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset, { rx: 1, "stroke-width": thickness });
  const left = MARGIN + 1.3;
  const titles = title_lines(session);
  return [
    waves(left, left, INNER - 2.6, 29),
    waves(left, 84, INNER - 2.6, 8.7),
    frame(MARGIN + 0.4, 0.32),
    frame(MARGIN + 1.3, 0.12),
    ...seal_mark(MARGIN, 1),
    ...seal_mark(WIDTH - MARGIN, -1),
    line(left, 35.3, WIDTH - left, 35.3),
    line(left, 84, WIDTH - left, 84),
    text(MIDDLE, 46, congress, { size: 10, bold: true }, INNER - 7),
    ...titles.map((part, at) => text(MIDDLE, 51 + 4 * at, part, { size: 8, font: SERIF }, INNER - 7)),
    text(MIDDLE, 66, "投票卡", { size: 24, bold: true }),
    line(MIDDLE - 10, 71.5, MIDDLE + 10, 71.5),
    text(MIDDLE, 76.5, "请当场拆开", { size: 9.5 }),
  ];
}

/** Half a circle where the sticker goes, and 封 in it; `edge` is where the printable part ends. */
function seal_mark(edge: number, side: 1 | -1): Shape[] {
  const reach = Math.sqrt(10 ** 2 - MARGIN ** 2);
  const arc = `M${edge} ${25 - reach}A10 10 0 0 ${side === 1 ? 1 : 0} ${edge} ${25 + reach}`;
  return [
    shape("path", { d: arc, fill: "#fff", stroke: "#6e6e6e", "stroke-width": 0.16, "stroke-dasharray": "1 0.8" }),
    text(edge + side * 2, 26, "封", { size: 7, fill: "#464646" }),
  ];
}

/** Woven waves, as on old certificates. */
function waves(x: number, y: number, width: number, height: number): Shape {
  const rows = Array.from({ length: Math.floor(height / 1.25) }, (_, row) => wave(x, y + row * 1.25 + 1, width, row % 2 === 0));
  return shape("path", { d: rows.join(""), fill: "none", stroke: "#a5a5a5", "stroke-width": 0.11 });
}

/** Half waves of 3.325 mm: twelve to the width of a band. */
function wave(x: number, y: number, width: number, up: boolean): string {
  const half = width / 12;
  const halves = Array.from({ length: 12 }, (_, at) => {
    const swing = (at % 2 === 0) === up ? -0.9 : 0.9;
    return `q${half / 2} ${swing} ${half} 0`;
  });
  return `M${x} ${y}${halves.join("")}`;
}

function inside({ session, address }: Imprint): Shape[] {
  const titles = title_lines(session);
  const rules = ["① 扫码 → 选择 → 提交", "② 一卡一票，请勿拍照转发", "③ 遗失请凭存根换领"];
  return [
    ...titles.map((part, at) => text(MIDDLE, (titles.length > 1 ? 8 : 10) + 3.8 * at, part, { size: 8, font: SERIF }, INNER)),
    text(MIDDLE, 57.6, "扫不出？打开以下网址，输入卡号", { size: 7 }),
    text(MIDDLE, 60.8, address.replace(/^https?:\/\//, ""), { size: 6.6, font: MONO }, INNER),
    line(MARGIN, 78.6, WIDTH - MARGIN, 78.6),
    ...rules.map((rule, at) => text(MIDDLE, 83 + 4.6 * at, rule, { size: 8.6 }, INNER)),
  ];
}

function secrets({ serial, credential }: Card, { address }: Imprint): Shape[] {
  const groups = credential.split("-");
  return [qr(`${address}#${credential}`), ...code_block(groups, serial)];
}

function qr(content: string): Shape {
  const rows = encodeQR(content, "raw", { ecc: "quartile", border: QUIET_MODULES });
  const cells = rows.map((row, y) => runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`).join(""));
  const scale = INNER / rows.length;
  return group(`translate(${MARGIN} 12.5) scale(${scale})`, shape("path", { d: cells.join(""), fill: "#000" }));
}

/** [start, length] of each stretch of dark modules. */
function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = found[found.length - 1];
    if (!dark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else found.push([x, 1]);
  });
  return found;
}

function code_block(groups: readonly string[], serial: string): Shape[] {
  const large = { size: 14.6, font: MONO };
  return [
    text(MIDDLE, 66.4, `${groups.slice(0, 2).join("-")}-`, large, INNER),
    text(MIDDLE, 72.4, `${groups.slice(2).join("-")} `, large, INNER),
    text(MIDDLE, 76.8, `编号 ${serial}`, { size: 7, font: MONO }),
  ];
}

function stub({ mask }: Imprint): Shape[] {
  const [left, top, width, height] = [MARGIN - 1, 20.5, INNER + 2, 72.5];
  const picture = { href: mask, x: left, y: top, width, height, preserveAspectRatio: "none", "image-rendering": "pixelated" };
  const decoys = DECOYS.flatMap((decoy) => code_block(decoy.groups, decoy.serial));
  return [
    text(MIDDLE, 8, "存　根", { size: 13, bold: true }),
    text(MIDDLE, 13, "沿上边折线撕下，自行保管", { size: 7 }),
    text(MIDDLE, 17, "投票卡遗失时凭此换领", { size: 7 }),
    shape("image", picture),
    box(left, top, width, 18, { fill: "#fff", "fill-opacity": 0.78, stroke: "none" }),
    // What lies face to face with the code must look like the code: characters of the same size on the same spot.
    group(`translate(0 ${HEIGHT}) scale(1 -1)`, ...decoys),
    box(left, top, width, height),
    box(MARGIN + 5, 61.5, INNER - 10, 9, { fill: "#fff", "fill-opacity": 0.85 }),
  ];
}

function stub_serial(serial: string): Shape[] {
  return [text(MIDDLE, 67.6, `编号 ${serial}`, { size: 12, font: MONO, bold: true }, INNER - 12)];
}

/**
 * Every card carries the same marks on the same spots, also where its edge is the edge of the paper: no mark may tell
 * a card from the left of the sheet from one of the middle.
 */
function marks(): Shape[] {
  const cuts = [0, WIDTH].flatMap((x) =>
    [
      [4, 6],
      [94, 10],
      [193, 10],
      [288, 5],
    ].map(([y = 0, length = 0]) => line(x, y, x, y + length)),
  );
  const folds: [number, string, string][] = [
    [HEIGHT, "3 1 0.6 1", "第一折：沿此线向后折"],
    [2 * HEIGHT, "2 1.2", "第二折：沿此线向前折"],
  ];
  return [...cuts, ...folds.flatMap(([y, dashes, note]) => fold(y, dashes, note))];
}

function fold(y: number, dashes: string, note: string): Shape[] {
  return [
    line(0, y, WIDTH, y, { stroke: "#6e6e6e", "stroke-dasharray": dashes }),
    line(MARGIN, y, MARGIN + 4, y, { "stroke-width": 0.28 }),
    line(WIDTH - MARGIN - 4, y, WIDTH - MARGIN, y, { "stroke-width": 0.28 }),
    text(MIDDLE, y + 2.6, note, { size: 4.6, fill: "#5a5a5a" }),
  ];
}
