/** What a scrutineer's device does before it opens a sum: the sum recomputed from the ballots themselves. */
import type { Archive, EncryptedTally, StoredBallot } from "./archive.ts";
import { check_with } from "./ballot.ts";
import { type AnyElection, read_any_election, size_of } from "./election.ts";
import { BallotError, type Kind } from "./errors.ts";
import { member_of_hex, point_hex } from "./group.ts";
import { trustee_keys } from "./joint_key.ts";
import { type Ciphertext, NOTHING, type Sealed, bases, sealed_of, sum_of } from "./proofs.ts";
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

/** What is known before the ballots are checked, and what they are held against. */
export interface Box {
  readonly closing: EncryptedTally;
  readonly election: AnyElection;
  readonly trustees: readonly string[];
  readonly credentials: readonly string[];
  readonly ballots: readonly StoredBallot[];
}

/** What a run of ballots comes to: text, so that a thread can hand it over. */
export interface Part {
  /** Of the ballots whose signature and proofs hold, in their order. */
  readonly credentials: readonly string[];
  /** Of those ballots, per question and choice. */
  readonly sums: readonly (readonly Ciphertext[])[];
  /** What is wrong with the ballot after them, where the run ends early. */
  readonly refusal: { readonly kind: Kind; readonly detail: string } | null;
}

/** Checks each of these ballots, up to the first that is refused, and adds them up: in steps of one ballot. */
export type CheckRun = (ballots: readonly Uint8Array[]) => Steps<Part>;

/**
 * Recomputes everything that is opened, in steps of one ballot: keys, credentials, each ballot, the sum.
 * Throws whatever `read_box` and `settle` throw. Whoever has several threads gives each a `checker` and some ballots.
 */
export function* recount(archive: Archive): Steps<Recount> {
  const box = read_box(archive);
  const check = checker(archive.election);
  return settle(box, [yield* check(box.ballots.map(({ bytes }) => bytes))]);
}

/** Throws BadChain while the box is not closed; BadElection, BadTrustee, BadCredentials, BadPoint or Malformed. */
export function read_box(archive: Archive): Box {
  const closing = archive.encrypted_tally;
  if (closing === null) throw new BallotError("BadChain", "the box is not closed");
  const election = read_any_election(archive.election);
  const trustees = trustee_keys(election, archive.trustees);
  const credentials = read_credentials(archive.public_credentials);
  return { closing, election, trustees, credentials, ballots: archive.ballots };
}

/**
 * Checks ballots of this election, with tables that pay for themselves from a few ballots on.
 *
 * No ballot is taken without its signature and proofs: whoever holds one unused card could else put a ballot in the
 * box that cancels all others but one, and the sum that is opened would be that one's vote.
 */
export function checker(election_text: string): CheckRun {
  const election = read_any_election(election_text);
  const tables = bases(member_of_hex(election.public_key), "often");
  return function* (ballots) {
    const credentials: string[] = [];
    let sums = no_ballots(election);
    for (const bytes of ballots) {
      try {
        const { ballot, numbers } = check_with(tables, election, bytes);
        sums = add(sums, numbers);
        credentials.push(ballot.credential);
      } catch (error) {
        if (!(error instanceof BallotError)) throw error;
        const { kind, detail } = error;
        return { credentials, sums: written(sums), refusal: { kind, detail } };
      }
      yield { done: credentials.length, total: ballots.length };
    }
    return { credentials, sums: written(sums), refusal: null };
  };
}

/**
 * The recount, from the parts of all runs in the order of the archive, up to the first with a refusal.
 *
 * Throws for the first ballot that is wrong: what its check threw, or UnknownCredential; BadTally for a sum or a
 * number that the ballots do not give.
 */
export function settle(box: Box, parts: readonly Part[]): Recount {
  const { closing, election, trustees } = box;
  const ballots = take_cards(box, parts);
  const sums = parts.reduce((all, part) => add(all, read_sums(part)), no_ballots(election));
  compare(election, closing, written(sums), ballots);
  return {
    head: closing.head,
    ballots,
    election,
    trustees,
    encrypted_tally_text: closing.text,
    encrypted_tally_hash: closing.hash,
  };
}

/** Distinct, and without weights: one card, one vote. Whether each is a point shows when a ballot is signed with it. */
function read_credentials(document: string): readonly string[] {
  const credentials = read(document, list(text), "public_credentials");
  const sound = credentials.every((one) => /^[0-9a-f]{64}$/.test(one));
  if (!sound || new Set(credentials).size !== credentials.length)
    throw new BallotError("BadCredentials", "list");
  return credentials;
}

/** Takes one card off the list for each ballot; how many ballots there are, each of them checked. */
function take_cards({ ballots, credentials }: Box, parts: readonly Part[]): number {
  const unused = new Set(credentials);
  let taken = 0;
  for (const part of parts) {
    for (const credential of part.credentials) {
      // Not on the list, or on it and used before: either way no card is left for this ballot.
      if (!unused.delete(credential)) throw new BallotError("UnknownCredential", ballots[taken]?.digest ?? "");
      taken += 1;
    }
    if (part.refusal !== null) throw new BallotError(part.refusal.kind, part.refusal.detail);
  }
  if (taken !== ballots.length) throw new BallotError("BadTally", "a ballot was not checked");
  return taken;
}

type Sums = readonly (readonly Sealed[])[];

function no_ballots(election: AnyElection): Sums {
  return election.questions.map((question) => new Array<Sealed>(size_of(question)).fill(NOTHING));
}

function add(sums: Sums, more: Sums): Sums {
  return sums.map((row, question) =>
    row.map((sum, choice) => sum_of([sum, more[question]?.[choice] ?? NOTHING])),
  );
}

function read_sums({ sums }: Part): Sums {
  return sums.map((row) => row.map(sealed_of));
}

function written(sums: Sums): Ciphertext[][] {
  return sums.map((row) =>
    row.map(({ alpha, beta }) => ({ alpha: point_hex(alpha), beta: point_hex(beta) })),
  );
}

/** What is opened is the sum, so it is the sum whose points must lie in the group. */
function compare(
  election: AnyElection,
  closing: EncryptedTally,
  sums: readonly (readonly Ciphertext[])[],
  ballots: number,
): void {
  read_tally(election, closing.text);
  if (JSON.stringify(sums) !== closing.text) throw new BallotError("BadTally", "sum");
  if (closing.num_tallied !== ballots || closing.total_weight !== ballots) {
    throw new BallotError("BadTally", "number of ballots");
  }
}
