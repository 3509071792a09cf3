/** One scrutineer's steps of a ceremony: a file of JSON in, a line out:  node make_ceremony.mjs FILE */
import { readFileSync } from "node:fs";

import { deal, make_certificate, read_ceremony, receive, shared_secret } from "../ballot/index.ts";
import { fixed_random } from "./examples.ts";

interface Step {
  readonly step: "certificate" | "deal" | "receive" | "secret";
  readonly seed: string;
  readonly threshold: number;
  readonly index: number;
  readonly size: number;
  readonly certificates: readonly string[];
  readonly deals: readonly string[];
  readonly share: string;
}

function answer(step: Step): string {
  const { seed, threshold, index, size } = step;
  const random = fixed_random(`${step.step} ${seed}`);
  if (step.step === "certificate") return make_certificate(seed, index, threshold, size, random);
  const ceremony = read_ceremony(step.certificates, threshold);
  if (step.step === "deal") return deal(seed, ceremony, random);
  if (step.step === "receive") return receive(seed, ceremony, step.deals, random);
  return shared_secret(seed, ceremony, step.share).toString();
}

const file = process.argv[2];
if (file === undefined) throw new Error("usage: node make_ceremony.mjs FILE");
console.log(answer(JSON.parse(readFileSync(file, "utf8")) as Step));
