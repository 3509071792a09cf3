// Where a round stands for one scrutineer: what the server says, held against what this device knows. Pure.

import { read_any_election, trustee_keys, type Recount } from "../../ballot/index.ts";
import type { Round } from "./api.ts";

export type Stage =
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
  | "await_valid"
  | "compare"
  | "await_others"
  | "sign"
  | "report_differs"
  | "signed"
  | "announced"
  | "void";

/** What this device knows about one round. */
export interface Known {
  public_key: string | null;
  /** Fingerprint of the election in which the own key was found. */
  election: string | null;
  recount: Recount | "failed" | null;
  /** The scrutineer has lost the backup code and makes another key. */
  replacing: boolean;
}

/** Whether an election holds the own key; null where there is none yet. */
export type OwnPart = "inside" | "missing" | null;

export function stage_of(round: Round, known: Known, own_part: OwnPart): Stage {
  if (round.state === "void") return "void";
  if (round.state === "announced" || round.state === "published") return "announced";
  return key_trouble(round, known) ?? election_trouble(round, known, own_part) ?? hall_stage(round, known);
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
  if (round.decrypted) return "await_others";
  return recount_stage(known) ?? (round.state === "closed" ? "await_valid" : "compare");
}

function recount_stage(known: Known): Stage | null {
  if (known.recount === "failed") return "recount_failed";
  return known.recount === null ? "recounting" : null;
}

/** A report is signed only for the box that this device has recounted itself. */
function report_stage(round: Round, { recount }: Known): Stage {
  if (recount === null || recount === "failed" || round.report === null) return "report_differs";
  return round.report.endsWith(`\n封箱码：${recount.head}`) ? "sign" : "report_differs";
}

/** Looks for the own key in the election as the server shows it. */
export function own_part(round: Round, public_key: string | null): OwnPart {
  if (round.election === null || round.trustees === null || public_key === null) return null;
  try {
    const keys = trustee_keys(read_any_election(round.election), round.trustees);
    return keys.includes(public_key) ? "inside" : "missing";
  } catch {
    return "missing";
  }
}
