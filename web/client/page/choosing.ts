// The marks on one ballot and the rules for making them. Pure: the screens draw it, the device keeps it.

import { list, one_of, or_null, record, whole, yes_no, type Reader } from "./shapes.ts";

/** 差额: some of the candidates, or a deliberate 弃权. */
export interface Selection {
  form: "select_k";
  chosen: boolean[];
  abstained: boolean;
}

/** One stance for each candidate: the index of what was chosen among the answers offered, null not yet said. */
export interface Stances {
  form: "for_against" | "grades";
  stances: (number | null)[];
}

export type Choices = Selection | Stances;

export const STANCES = ["赞成", "反对", "弃权"];
export const ABSTENTION = "弃权";
const APPROVAL = STANCES.indexOf("赞成");

export function no_choices(form: Choices["form"], candidates: number): Choices {
  if (form === "select_k") return { form, chosen: new Array<boolean>(candidates).fill(false), abstained: false };
  return { form, stances: new Array<number | null>(candidates).fill(null) };
}

export function chosen_count(selection: Selection): number {
  return selection.chosen.filter(Boolean).length;
}

/** What came of pressing a row: taken as wanted, refused because K are chosen, or taken with another mark lifted. */
export type Pressed =
  | { kind: "taken"; selection: Selection }
  | { kind: "full" }
  | { kind: "abstention_lifted"; selection: Selection }
  | { kind: "choices_lifted"; selection: Selection; lifted: number };

export function press_candidate(selection: Selection, index: number, places: number): Pressed {
  const wanted = selection.chosen[index] !== true;
  if (wanted && chosen_count(selection) >= places) return { kind: "full" };
  const chosen = selection.chosen.map((mark, at) => (at === index ? wanted : mark));
  const kind = selection.abstained ? "abstention_lifted" : "taken";
  return { kind, selection: { ...selection, chosen, abstained: false } };
}

export function press_abstention(selection: Selection): Pressed {
  if (selection.abstained) return { kind: "taken", selection: { ...selection, abstained: false } };
  const lifted = chosen_count(selection);
  const marked: Selection = { ...selection, chosen: selection.chosen.map(() => false), abstained: true };
  return lifted > 0 ? { kind: "choices_lifted", selection: marked, lifted } : { kind: "taken", selection: marked };
}

/** Where no more than so many may be approved: whether this 赞成 would be one too many. */
export function is_one_too_many(choices: Stances, index: number, stance: number, most: number): boolean {
  return stance === APPROVAL && choices.stances[index] !== APPROVAL && approved_count(choices) >= most;
}

export function approved_count(choices: Stances): number {
  return choices.stances.filter((stance) => stance === APPROVAL).length;
}

export function take_stance(choices: Stances, index: number, stance: number): Stances {
  return { ...choices, stances: choices.stances.map((given, at) => (at === index ? stance : given)) };
}

/** The same stance for every candidate about which nothing has been said. */
export function fill_rest(choices: Stances, stance: number): Stances {
  return { ...choices, stances: choices.stances.map((given) => given ?? stance) };
}

/** Indexes of the candidates about which nothing has been said. */
export function unanswered(choices: Stances): number[] {
  return choices.stances.flatMap((stance, index) => (stance === null ? [index] : []));
}

export function is_complete(choices: Choices): boolean {
  if (choices.form !== "select_k") return unanswered(choices).length === 0;
  return choices.abstained || chosen_count(choices) > 0;
}

/**
 * The plain numbers that are sealed: per question one 0 or 1 for each answer, 弃权 first where it is apart.
 * `answers` is how many are offered for each candidate, where the ballot asks about each.
 */
export function marks(choices: Choices, answers: number): number[][] {
  if (choices.form !== "select_k") {
    return choices.stances.map((stance) => Array.from({ length: answers }, (_, at) => Number(at === stance)));
  }
  return [[Number(choices.abstained), ...choices.chosen.map(Number)]];
}

const read_selection: Reader<Selection> = record<Selection>({
  form: one_of("select_k"),
  chosen: list(yes_no),
  abstained: yes_no,
});

const read_stances: Reader<Stances> = record<Stances>({
  form: one_of("for_against", "grades"),
  stances: list(or_null(whole)),
});

export const read_choices: Reader<Choices> = (value) => {
  const { form } = record<{ form: Choices["form"] }>({ form: one_of("select_k", "for_against", "grades") })(value);
  return form === "select_k" ? read_selection(value) : read_stances(value);
};

/** The measures of a ballot: how many candidates, how many of them may be chosen, how many answers for each. */
export interface Measures {
  form: Choices["form"];
  candidates: readonly unknown[];
  places: number;
  choices: readonly string[];
  most_for: boolean;
}

/** Whether choices found on the device fit this ballot, so that nothing stored can show a mark nobody made. */
export function fits(choices: Choices, ballot: Measures): boolean {
  if (choices.form !== ballot.form) return false;
  const count = ballot.candidates.length;
  if (choices.form === "select_k") {
    const within = choices.chosen.length === count && chosen_count(choices) <= ballot.places;
    return within && !(choices.abstained && chosen_count(choices) > 0);
  }
  const offered = (stance: number | null): boolean => stance === null || ballot.choices[stance] !== undefined;
  const too_many = ballot.most_for && approved_count(choices) > ballot.places;
  return choices.stances.length === count && choices.stances.every(offered) && !too_many;
}
