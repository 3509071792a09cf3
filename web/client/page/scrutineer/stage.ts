// Where a round stands for one scrutineer: what the server says, held against what this device knows. Pure.

import { is_signed_by, read_any_election, trustee_keys, type Recount } from "../../ballot/index.ts";
import type { Round } from "./told.ts";
import type { OwnKey } from "./key_stage.ts";

export type Stage =
  | "await_key"
  | "make_key"
  | "copy_code"
  | "restore"
  | "foreign_key"
  | "too_late_for_key"
  | "await_seal"
  | "not_in_election"
  | "election_changed"
  | "await_close"
  | "recounting"
  | "recount_failed"
  | "sign_paper"
  | "paper_differs"
  | "await_valid"
  | "await_confirmations"
  | "compare"
  | "await_others"
  | "sign"
  | "report_differs"
  | "signed"
  | "announced"
  | "void";

/** What this device knows about one round. */
export interface Known {
  /** Whose page this is, as the report names the scrutineers: "2. 赵建国". */
  own_name: string;
  public_key: string | null;
  /** Fingerprint of the election in which the own key was found. */
  election: string | null;
  recount: Recount | "failed" | null;
  /** The scrutineer has lost the backup code and makes another key. */
  replacing: boolean;
  /** The part in the key that the scrutineers have made together, where they did. */
  together: OwnKey | null;
}

/** Whether an election holds the own key; null where there is none yet. */
export type OwnPart = "inside" | "missing" | null;

export function stage_of(round: Round, known: Known, own_part: OwnPart): Stage {
  if (round.state === "void") return "void";
  if (round.state === "announced" || round.state === "published") return "announced";
  const trouble = round.ceremony === null ? key_trouble(round, known) : common_key_trouble(round, known);
  return trouble ?? election_trouble(round, known, own_part) ?? hall_stage(round, known);
}

function key_trouble(round: Round, known: Known): Stage | null {
  if (!round.key_registered) {
    if (round.state !== "drafted" && round.state !== "adopted") return "too_late_for_key";
    return known.public_key === null ? "make_key" : "copy_code";
  }
  if (known.replacing && round.election === null) return known.public_key === null ? "make_key" : "copy_code";
  if (known.public_key === null) return round.signed ? null : "restore";
  return round.public_key === known.public_key ? null : "foreign_key";
}

/** The desk of the key says what is to be done about it. */
function common_key_trouble(round: Round, { together }: Known): Stage | null {
  return together === null && !round.signed ? "await_key" : null;
}

function election_trouble(round: Round, known: Known, own_part: OwnPart): Stage | null {
  if (round.election === null) return "await_seal";
  if (round.signed) return null;
  if (own_part !== "inside") return "not_in_election";
  const changed = known.election !== null && known.election !== read_any_election(round.election).fingerprint;
  return changed ? "election_changed" : null;
}

function hall_stage(round: Round, known: Known): Stage {
  if (round.state === "counted") return round.signed ? "signed" : (recount_stage(known) ?? report_stage(round, known));
  if (round.state !== "closed" && round.state !== "reconciled") return "await_close";
  if (round.decrypted && !round.stuck) return "await_others";
  const stage = recount_stage(known);
  if (stage !== null) return stage;
  if (round.paper !== null && !round.paper.signed) return paper_stage(round.paper.text);
  if (round.state === "closed") return "await_valid";
  return may_open(round, known) ? "compare" : "await_confirmations";
}

function recount_stage(known: Known): Stage | null {
  if (known.recount === "failed") return "recount_failed";
  return known.recount === null ? "recounting" : null;
}

/**
 * A report is signed only for the box that this device has recounted itself, and only if it names this scrutineer
 * among the others: an older form binds no names.
 */
function report_stage(round: Round, { recount, own_name }: Known): Stage {
  if (recount === null || recount === "failed" || round.report === null) return "report_differs";
  const [names, head] = round.report.split("\n").slice(-2);
  const named = names?.startsWith("监票人：") === true && `，${names.slice(4, -1)}，`.includes(`，${own_name}，`);
  return named && head === `封箱码：${recount.head}` ? "sign" : "report_differs";
}

/** The same key signs the report: nobody gets a signature under one by showing it as the other. */
function paper_stage(text: string): Stage {
  return /\n核对码：[^\n]+$/.test(text) ? "sign_paper" : "paper_differs";
}

/**
 * Whether this phone may open the box it has recounted. One that got its secret from paper does not know what
 * it has opened before: others must have signed this head, and it checks their signatures itself.
 */
export function may_open(round: Round, { together, recount }: Known): boolean {
  if (together === null || !together.restored) return true;
  if (recount === null || recount === "failed") return false;
  const parties = together.checked.joint.ceremony?.parties ?? [];
  const text = box_text(recount);
  const others = parties.filter((party, place) => {
    const given = round.confirmations.find(({ number }) => number === place + 1);
    return place + 1 !== together.number && given !== undefined && is_signed_by(party, text, given.signature);
  });
  return others.length >= confirmations_needed(together);
}

/** Two others, or as many as open the box with this one. */
export function confirmations_needed({ checked }: OwnKey): number {
  return Math.min(2, (checked.joint.ceremony?.threshold ?? 1) - 1);
}

/** What a scrutineer signs who has compared the head of the closed box. */
export function box_text({ election, head }: Recount): string {
  return `piaojue-box|${election.fingerprint}|${head}`;
}

/** Looks for the own key in the election as the server shows it. */
export function own_part(round: Round, public_key: string | null, together: OwnKey | null): OwnPart {
  if (round.election === null || round.trustees === null || public_key === null) return null;
  try {
    const keys = trustee_keys(read_any_election(round.election), round.trustees);
    const same = together === null || together.checked.document === round.trustees;
    return same && keys.includes(public_key) ? "inside" : "missing";
  } catch {
    return "missing";
  }
}
