/** The library as the pages get it, bundled for the oldest browsers we promise, in a world without what they lack. */
import assert from "node:assert/strict";
import { build } from "esbuild";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

import { OLD_BROWSERS } from "../old_browsers.mjs";
import { text_of } from "../ballot/encoding.ts";
import { CARDS, SELECTION, election_of, seal_at_once } from "./examples.ts";

const SCRIPT = `
  import * as ballot from "./ballot/index.ts";
  globalThis.ballot = ballot;
`;

// What came after Chromium 78 or Safari 14, of what a library might reach for.
const TOO_NEW = `
  for (const [owner, names] of [
    [Object, ["hasOwn", "groupBy"]],
    [Array, ["fromAsync"]],
    [Array.prototype, ["at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"]],
    [Object.getPrototypeOf(Uint8Array), ["fromHex", "fromBase64"]],
    [Object.getPrototypeOf(Uint8Array.prototype), ["at", "findLast", "toReversed", "toSorted", "with", "toHex", "toBase64", "setFromHex"]],
    [Uint8Array, ["fromHex", "fromBase64"]],
    [Uint8Array.prototype, ["toHex", "toBase64", "setFromHex", "setFromBase64"]],
    [String.prototype, ["at", "replaceAll", "isWellFormed", "toWellFormed"]],
    [Promise, ["any", "withResolvers", "try"]],
    [globalThis, ["WeakRef", "FinalizationRegistry", "AggregateError", "structuredClone", "Iterator"]],
    [Set.prototype, ["union", "intersection", "difference", "isSubsetOf"]],
    [ArrayBuffer.prototype, ["transfer", "resize"]],
  ]) for (const name of names) delete owner[name];
  Intl = undefined;
`;

const CODES = `
  import encodeQR from "qr";
  import { text_on } from "./page/camera/reading.ts";
  globalThis.read_back = (text, scale) => {
    const rows = encodeQR(text, "raw", { ecc: "quartile", border: 4, scale });
    const data = Uint8ClampedArray.from(rows.flat().flatMap((dark) => (dark ? [0, 0, 0, 255] : [255, 255, 255, 255])));
    return text_on({ width: rows.length, height: rows.length, data });
  };
`;

async function bundle(contents = SCRIPT): Promise<string> {
  const stdin = { contents, resolveDir: process.cwd() };
  const { outputFiles } = await build({ ...OLD_BROWSERS, stdin, write: false });
  return outputFiles[0]?.text ?? "";
}

test("on Chromium 78 and iOS 14 a ballot is sealed, byte for byte the same", async () => {
  const context = createContext({ TextEncoder, TextDecoder });
  runInContext(TOO_NEW, context);
  runInContext(await bundle(), context);
  const election = election_of(SELECTION);
  const sealed = runInContext(
    `(random, text, card) => {
      const { finish, read_election, seal } = globalThis.ballot;
      return finish(seal(read_election(text), card, [[0, 1, 0, 1]], random));
    }`,
    context,
  ) as (random: (n: number) => Uint8Array, text: string, card: string) => Uint8Array;
  const { fixed_random } = await import("./examples.ts");
  const bytes = sealed(fixed_random(CARDS[0]), election.text, CARDS[0]);
  assert.equal(text_of(Uint8Array.from(bytes)), text_of(seal_at_once(election, CARDS[0], [[0, 1, 0, 1]])));
});

test("on Chromium 78 and iOS 14 a code is made and read", async () => {
  const context = createContext({ TextEncoder, TextDecoder });
  runInContext(TOO_NEW, context);
  runInContext(await bundle(CODES), context);
  const read_back = runInContext("globalThis.read_back", context) as (text: string, scale: number) => string | null;
  const address = `https://rd.example.gov.cn/v/AbCdEfGh#${CARDS[0]}`;
  assert.equal(read_back(address, 5), address);
});

test("without the polyfill the library does not even load there: the polyfill is needed", async () => {
  const stdin = { contents: SCRIPT, resolveDir: process.cwd() };
  const { outputFiles } = await build({ ...OLD_BROWSERS, inject: [], stdin, write: false });
  const context = createContext({ TextEncoder, TextDecoder });
  runInContext(TOO_NEW, context);
  assert.throws(
    () => runInContext(outputFiles[0]?.text ?? "", context),
    (error) => String(error).includes("hasOwn"),
  );
});
