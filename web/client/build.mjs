// Bundles the pages' scripts:  node build.mjs OUTPUT_FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { OLD_BROWSERS } from "./old_browsers.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ENTRIES = ["deputy.ts", "scrutineer.ts", "cards.ts", "desk.ts", "tablet.ts", "screen.ts"];
const SHIPPED = {
  "@noble/ciphers": "LICENSE",
  "@noble/curves": "LICENSE",
  "@noble/hashes": "LICENSE",
  qr: "LICENSE-MIT",
};

function licences() {
  const texts = Object.entries(SHIPPED).map(([name, licence]) => {
    const read = (file) => readFileSync(join(HERE, "node_modules", name, file), "utf8");
    return `${name} ${JSON.parse(read("package.json")).version}\n\n${read(licence).trim()}\n`;
  });
  return texts.join("\n----\n\n");
}

const [, , outdir] = process.argv;
if (outdir === undefined) throw new Error("usage: node build.mjs OUTPUT_FOLDER");
await build({ ...OLD_BROWSERS, absWorkingDir: HERE, entryPoints: ENTRIES, outdir });
writeFileSync(join(outdir, "LICENSES.txt"), licences());
