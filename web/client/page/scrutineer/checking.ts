// Recomputing the whole box on the scrutineer's own device, and what must hold before it may be opened.

import { BallotError, read_archive, read_box, settle, type Recount } from "../../ballot/index.ts";
import { check_ballots } from "./checking_threads.ts";
import type { Round } from "./told.ts";
import type { Known } from "./stage.ts";

/** The recount of an archive, or "failed" when it is not what it should be. */
export async function check_box(
  bytes: Uint8Array,
  round: Round,
  known: Known,
  progress: (done: number, total: number) => void,
): Promise<Recount | "failed"> {
  try {
    const box = read_box(read_archive(bytes));
    const counted = settle(box, await check_ballots(box.election.text, box.ballots, progress));
    return is_ours(counted, round, known) ? counted : "failed";
  } catch (error) {
    if (error instanceof BallotError) return "failed";
    throw error;
  }
}

/** The box of this very election, with the own key in it, and as the server tells everybody. */
function is_ours(counted: Recount, round: Round, known: Known): boolean {
  const same_election = counted.election.text === round.election;
  const own_key = known.public_key !== null && counted.trustees.includes(known.public_key);
  return same_election && own_key && counted.head === round.closing_head && counted.ballots === round.ballots;
}
