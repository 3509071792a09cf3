/** The encrypted sum of the ballots, and a scrutineer's part in opening it (NOTES §7). */
import { type AnyElection, size_of } from "./election.ts";
import { BallotError } from "./errors.ts";
import { BASE, type Random, element_of_hex, point_hex, power } from "./group.ts";
import { CIPHERTEXT, type Proof, type Sealed, prove_same_secret } from "./proofs.ts";
import { list, read } from "./shape.ts";
import { trustee_secret } from "./trustees.ts";

const TALLY = list(list(CIPHERTEXT));

/** The sums, whose points lie in the group. Throws Malformed, BadPoint, or BadTally when they do not fit the election. */
export function read_tally(election: AnyElection, document: string): Sealed[][] {
  const tally = read(document, TALLY, "encrypted_tally");
  const fits =
    tally.length === election.questions.length &&
    election.questions.every((question, index) => tally[index]?.length === size_of(question));
  if (!fits) throw new BallotError("BadTally", "shape");
  return tally.map((row) =>
    row.map(({ alpha, beta }) => ({ alpha: element_of_hex(alpha), beta: element_of_hex(beta) })),
  );
}

/**
 * What this scrutineer contributes to opening the sum, as JSON; of the sum of no ballots too.
 *
 * Which sum it is must have been recomputed from the ballots first: whoever opens any sum he is given opens
 * any ballot. Throws Malformed, BadTally, BadPoint or BadRandomness.
 */
export function partial_decryption(
  election: AnyElection,
  encrypted_tally: string,
  seed: string,
  random: Random,
): string {
  return decrypt_with(election, encrypted_tally, trustee_secret(seed), random);
}

/** The same for a secret that no seed of ours stands behind. */
export function decrypt_with(
  election: AnyElection,
  encrypted_tally: string,
  secret: bigint,
  random: Random,
): string {
  const prefix = `decrypt|${election.fingerprint}|${point_hex(power(BASE, secret))}|`;
  const decryption_factors: string[][] = [];
  const decryption_proofs: Proof[][] = [];
  for (const sums of read_tally(election, encrypted_tally)) {
    decryption_factors.push(sums.map(({ alpha }) => point_hex(power(alpha, secret))));
    decryption_proofs.push(sums.map(({ alpha }) => prove_same_secret(prefix, secret, alpha, random)));
  }
  return JSON.stringify({ decryption_factors, decryption_proofs });
}
