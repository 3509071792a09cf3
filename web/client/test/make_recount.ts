/** Recounts an archive that another program made, and prints what the scrutineer's page would show:  FILE */
import { readFileSync } from "node:fs";

import { finish, read_archive, recount } from "../ballot/index.ts";

const file = process.argv[2];
if (file === undefined) throw new Error("usage: node make_recount.mjs FILE");
const { head, ballots, trustees, election } = finish(
  recount(read_archive(new Uint8Array(readFileSync(file)))),
);
console.log(JSON.stringify({ head, ballots, trustees, fingerprint: election.fingerprint }));
