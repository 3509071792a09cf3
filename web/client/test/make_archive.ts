/** Writes a whole round that the client sealed and opened, for other programs to verify:  FOLDER/UUID.bel */
import { writeFileSync } from "node:fs";

import { check_ballot, partial_decryption } from "../ballot/index.ts";
import { tally_of, write_archive } from "./bel.ts";
import {
  ANY_NUMBER,
  CARDS,
  SEEDS,
  SELECTION,
  STANCES,
  UUID,
  credentials_text,
  election_of,
  fixed_random,
  seal_at_once,
  trustees_text,
} from "./examples.ts";

const CHOICES = [
  [
    [0, 1, 0, 1],
    [1, 0, 0],
    [0, 0, 0],
  ],
  [
    [1, 0, 0, 0],
    [0, 1, 0],
    [0, 1, 1],
  ],
  [
    [0, 0, 0, 1],
    [1, 0, 0],
    [1, 0, 0],
  ],
];
const RESULT = [
  [1, 1, 0, 2],
  [2, 1, 0],
  [1, 1, 1],
];

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: node make_archive.mjs FOLDER");
const election = election_of(SELECTION, STANCES, ANY_NUMBER);
const ballots = CARDS.map((card, index) => seal_at_once(election, card, CHOICES[index] ?? []));
const tally = tally_of(ballots.map((bytes) => check_ballot(election, bytes)));
const decryptions = SEEDS.map((seed) => partial_decryption(election, tally, seed, fixed_random(seed)));
const archive = write_archive({
  election: election.text,
  trustees: trustees_text(),
  credentials: credentials_text(),
  ballots,
  tally,
  decryptions,
  result: JSON.stringify({ result: RESULT }),
});
writeFileSync(`${folder}/${UUID}.bel`, archive);
