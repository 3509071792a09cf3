/** What a scrutineer's device does before it opens a sum: the sum recomputed from the ballots themselves. */
import type { Archive, EncryptedTally, StoredBallot } from "./archive.ts";
import { type Ballot, check_ballot } from "./ballot.ts";
import { type AnyElection, read_any_election, size_of } from "./election.ts";
import { BallotError } from "./errors.ts";
import { IDENTITY, member_of_hex, point_hex } from "./group.ts";
import { trustee_keys } from "./joint_key.ts";
import { type Bases, type Sealed, bases, sealed_of, sum_of } from "./proofs.ts";
import { list, read, text } from "./shape.ts";
import type { Steps } from "./steps.ts";
import { read_tally } from "./tally.ts";

export interface Recount {
  /** 封箱码, to be compared with the hall screen, as is `ballots`. */
  readonly head: string;
  readonly ballots: number;
  readonly election: AnyElection;
  /** The scrutineers' public keys in their order, 64 hex digits each. */
  readonly trustees: readonly string[];
  readonly encrypted_tally_text: string;
  readonly encrypted_tally_hash: string;
}

/**
 * Recomputes everything that is opened, in steps of one ballot: keys, credentials, each ballot, the sum.
 *
 * No ballot is taken without its signature and proofs: whoever holds one unused card could else put a ballot in the
 * box that cancels all others but one, and the sum that is opened would be that one's vote.
 *
 * Throws BadChain while the box is not closed, BadTally for a sum or a number that the ballots do not give,
 * BadCredentials, UnknownCredential, BadTrustee, and whatever `check_ballot` throws.
 */
export function* recount(archive: Archive): Steps<Recount> {
  const closing = archive.encrypted_tally;
  if (closing === null) throw new BallotError("BadChain", "the box is not closed");
  const election = read_any_election(archive.election);
  const trustees = trustee_keys(election, archive.trustees);
  const unused = new Set(read_credentials(archive.public_credentials));
  const tables = bases(member_of_hex(election.public_key), "often");
  const total = archive.ballots.length;
  let sums = election.questions.map((question) => new Array<Sealed>(size_of(question)).fill(NOTHING));
  for (const [index, stored] of archive.ballots.entries()) {
    const ballot = take(election, stored, unused, tables);
    sums = sums.map((row, question) => add(row, ballot.answers[question]?.choices.map(sealed_of) ?? []));
    yield { done: index + 1, total };
  }
  compare(election, closing, sums, total);
  return {
    head: closing.head,
    ballots: total,
    election,
    trustees,
    encrypted_tally_text: closing.text,
    encrypted_tally_hash: closing.hash,
  };
}

const NOTHING: Sealed = { alpha: IDENTITY, beta: IDENTITY };

/** Distinct, and without weights: one card, one vote. Whether each is a point shows when a ballot is signed with it. */
function read_credentials(document: string): readonly string[] {
  const credentials = read(document, list(text), "public_credentials");
  const sound = credentials.every((one) => /^[0-9a-f]{64}$/.test(one));
  if (!sound || new Set(credentials).size !== credentials.length)
    throw new BallotError("BadCredentials", "list");
  return credentials;
}

function take(election: AnyElection, stored: StoredBallot, unused: Set<string>, tables: Bases): Ballot {
  const ballot = check_ballot(election, stored.bytes, tables);
  // Not on the list, or on it and used before: either way no card is left for this ballot.
  if (!unused.delete(ballot.credential)) throw new BallotError("UnknownCredential", stored.digest);
  return ballot;
}

function add(row: readonly Sealed[], choices: readonly Sealed[]): Sealed[] {
  return row.map((sum, index) => sum_of([sum, choices[index] ?? NOTHING]));
}

/** What is opened is the sum, so it is the sum whose points must lie in the group. */
function compare(
  election: AnyElection,
  closing: EncryptedTally,
  sums: readonly (readonly Sealed[])[],
  ballots: number,
): void {
  read_tally(election, closing.text);
  const written = sums.map((row) =>
    row.map(({ alpha, beta }) => ({ alpha: point_hex(alpha), beta: point_hex(beta) })),
  );
  if (JSON.stringify(written) !== closing.text) throw new BallotError("BadTally", "sum");
  if (closing.num_tallied !== ballots || closing.total_weight !== ballots) {
    throw new BallotError("BadTally", "number of ballots");
  }
}
