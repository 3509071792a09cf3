/** Writes the client's vectors into the folder given:  node make_vectors.mjs FOLDER */
import { writeFileSync } from "node:fs";

import { vectors } from "./vectors.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: node make_vectors.mjs FOLDER");
for (const [name, vector] of vectors()) {
  writeFileSync(`${folder}/client-${name}.json`, `${JSON.stringify(vector, null, 1)}\n`);
}
