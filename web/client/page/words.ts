// What a round is called on the screens: a vote on candidates, or a test of how satisfied the deputies are.

import type { Kind } from "./ballot_api.ts";

export interface Words {
  /** What is to be done with the ballot. */
  act: string;
  rules: string;
  projects: string;
}

const WORDS: Record<Kind, Words> = {
  decision: { act: "投票", rules: "票决办法", projects: "候选项目" },
  satisfaction: { act: "测评", rules: "测评办法", projects: "测评项目" },
};

export function words_of({ kind }: { kind: Kind }): Words {
  return WORDS[kind];
}
