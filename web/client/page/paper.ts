// The ballot as the deputy sees it. What is voted on is read from the sealed election itself; the server's list only
// adds the particulars, and must say the same.

import { read_election, type Election } from "../ballot/index.ts";
import type { Candidate, Form, Kind, Round } from "./ballot_api.ts";
import { ABSTENTION, STANCES } from "./choosing.ts";

export interface Paper {
  round: string;
  title: string;
  kind: Kind;
  form: Form;
  places: number;
  /** Whether at most `places` may be approved; the sealed election cannot hold anybody to it. */
  most_for: boolean;
  trial: boolean;
  /** What may be said of each candidate, as the sealed election has it; none for select_k. */
  choices: readonly string[];
  candidates: Candidate[];
  notes: string[];
  election: Election;
}

/** The server's list and the sealed election say different things: nobody should vote on this. */
export class TornPaper extends Error {}

/** Raises TornPaper for a round whose election cannot be read or is not the one described. */
export function paper_of(round: Round): Paper {
  const election = parse(round.election);
  const titles = round.form === "select_k" ? selection_titles(election, round.places) : stance_titles(election, round);
  const listed = round.candidates.map((candidate) => candidate.title);
  if (JSON.stringify(titles) !== JSON.stringify(listed)) throw new TornPaper("candidates");
  const in_order = round.candidates.every((candidate, index) => candidate.number === index + 1);
  const matched = (round.form === "grades") === (round.kind === "satisfaction");
  if (!matched) throw new TornPaper("kind");
  if (!in_order || round.title !== election.name) throw new TornPaper("numbers, name");
  const { id, title, kind, form, places, most_for, trial, choices, candidates, notes } = round;
  return { round: id, title, kind, form, places, most_for, trial, choices, candidates, notes, election };
}

function parse(source: string | null): Election {
  try {
    return read_election(source ?? "");
  } catch {
    throw new TornPaper("election");
  }
}

function selection_titles(election: Election, places: number): readonly string[] {
  const question = election.questions[0];
  const one = election.questions.length === 1;
  const fits = one && question?.blank === true && question.min === 1 && question.max === places;
  if (question === undefined || !fits) throw new TornPaper("question");
  return question.answers;
}

/** Every question offers the answers that the server lists, the stances exactly 赞成, 反对 and 弃权. */
function stance_titles(election: Election, { form, choices }: Round): readonly string[] {
  const offered = JSON.stringify(form === "for_against" ? STANCES : choices);
  if (JSON.stringify(choices) !== offered || !choices.includes(ABSTENTION)) throw new TornPaper("answers");
  return election.questions.map((question) => {
    const same = JSON.stringify(question.answers) === offered;
    const fits = same && question.blank !== true && question.min === 1 && question.max === 1;
    if (!fits) throw new TornPaper("question");
    return question.question;
  });
}
