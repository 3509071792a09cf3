// The ballot as the deputy sees it. What is voted on is read from the sealed election itself; the server's list only
// adds the particulars, and must say the same.

import { read_election, type Election } from "../ballot/index.ts";
import type { Candidate, Form, Round } from "./ballot_api.ts";
import { STANCES } from "./choosing.ts";

export interface Paper {
  round: string;
  title: string;
  form: Form;
  places: number;
  candidates: Candidate[];
  notes: string[];
  election: Election;
}

/** The server's list and the sealed election say different things: nobody should vote on this. */
export class TornPaper extends Error {}

/** Raises TornPaper for a round whose election cannot be read or is not the one described. */
export function paper_of(round: Round): Paper {
  const election = parse(round.election);
  const titles = round.form === "select_k" ? selection_titles(election, round.places) : stance_titles(election);
  const listed = round.candidates.map((candidate) => candidate.title);
  if (JSON.stringify(titles) !== JSON.stringify(listed)) throw new TornPaper("candidates");
  const in_order = round.candidates.every((candidate, index) => candidate.number === index + 1);
  if (!in_order || round.title !== election.name) throw new TornPaper("numbers, name");
  const { id, title, form, places, candidates, notes } = round;
  return { round: id, title, form, places, candidates, notes, election };
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

function stance_titles(election: Election): readonly string[] {
  return election.questions.map((question) => {
    const stances = question.answers.join("|") === STANCES.join("|");
    const fits = stances && question.blank !== true && question.min === 1 && question.max === 1;
    if (!fits) throw new TornPaper("question");
    return question.question;
  });
}
