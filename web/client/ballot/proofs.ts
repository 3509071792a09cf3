/**
 * The proofs of NOTES §5-7: one of several sentences about sealed numbers is true, a known secret.
 *
 * A proof carries (challenge, response) and not its commitments, so every commitment is recomputed and hashed.
 */
import { BallotError } from "./errors.ts";
import {
  BASE,
  IDENTITY,
  ORDER,
  type Point,
  type Random,
  fixed_base,
  hash_to_scalar,
  modulo,
  point_of_hex,
  power,
  product,
  public_power,
  public_powers,
  random_scalar,
  scalar_of_text,
} from "./group.ts";
import { type Of, pair, record, text } from "./shape.ts";

export const PROOF = record({ challenge: text, response: text });
export const TWO_PROOFS = pair(PROOF, PROOF);
export const CIPHERTEXT = record({ alpha: text, beta: text });

/** Two scalars in canonical base 10. */
export type Proof = Of<typeof PROOF>;
/** alpha = g^r, beta = y^r·g^m, both as hex. */
export type Ciphertext = Of<typeof CIPHERTEXT>;

/** A sealed number. */
export interface Sealed {
  readonly alpha: Point;
  readonly beta: Point;
}

/** A sealed number with what its maker knows: the number and the r of alpha = g^r. */
export interface Opening {
  readonly number: number;
  readonly secret: bigint;
}

/** "This number is `claim`": one branch of a disjunction. */
export interface Branch<T> {
  readonly about: T;
  readonly claim: number;
}

/** The two points whose powers are taken again and again, with their tables. */
export interface Bases {
  readonly g: Point;
  readonly y: Point;
}

/** Tables for one ballot (`once`) or for many. */
export function bases(key: Point, use: "once" | "often"): Bases {
  if (use === "once") return { g: BASE, y: fixed_base(key, 6) };
  return { g: fixed_base(BASE, 8), y: fixed_base(key, 8) };
}

export function sealed_of(ciphertext: Ciphertext): Sealed {
  return { alpha: point_of_hex(ciphertext.alpha), beta: point_of_hex(ciphertext.beta) };
}

/** The sum of no numbers. */
export const NOTHING: Sealed = { alpha: IDENTITY, beta: IDENTITY };

/** The product of sealed numbers seals their sum. */
export function sum_of(numbers: readonly Sealed[]): Sealed {
  const alpha = numbers.reduce((sum, one) => product(sum, one.alpha), IDENTITY);
  const beta = numbers.reduce((sum, one) => product(sum, one.beta), IDENTITY);
  return { alpha, beta };
}

function written(challenge: bigint, response: bigint): Proof {
  return { challenge: challenge.toString(), response: response.toString() };
}

/**
 * Proofs that one of the branches is true, in their order.
 *
 * The false branches are simulated: challenge and response first, commitments from them. Whoever knows r and m
 * of alpha = g^r, beta = y^r·g^m gets them as powers of g and y alone, which have tables:
 * g^s·alpha^c = g^(s+rc) and y^s·(beta/g^claim)^c = y^(s+rc)·g^((m-claim)c).
 * Throws BadChoices when no branch is true.
 */
export function prove_one_of(
  prefix: string,
  { g, y }: Bases,
  branches: readonly Branch<Opening>[],
  random: Random,
): Proof[] {
  const truth = branches.findIndex(({ about, claim }) => about.number === claim);
  const honest = branches[truth];
  if (honest === undefined) throw new BallotError("BadChoices", prefix.slice(0, 7));
  const witness = random_scalar(random);
  const simulated = branches.map(() => ({
    challenge: random_scalar(random),
    response: random_scalar(random),
  }));
  const points = branches.flatMap(({ about, claim }, index) => {
    const { challenge, response } = simulated[index] ?? { challenge: 0n, response: 0n };
    const exponent = index === truth ? witness : response + about.secret * challenge;
    const surplus = product(power(y, exponent), power(g, BigInt(about.number - claim) * challenge));
    return [power(g, exponent), surplus];
  });
  const others = simulated.reduce(
    (sum, { challenge }, index) => (index === truth ? sum : sum + challenge),
    0n,
  );
  const rest = modulo(hash_to_scalar(prefix, points) - others);
  return simulated.map(({ challenge, response }, index) =>
    index === truth
      ? written(rest, modulo(witness - honest.about.secret * rest))
      : written(challenge, response),
  );
}

/** "One of these branches is true", with a proof for each of them. */
export interface Claim {
  readonly prefix: string;
  readonly branches: readonly Branch<Sealed>[];
  readonly proofs: readonly Proof[];
}

interface Shown extends Branch<Sealed> {
  readonly challenge: bigint;
  readonly response: bigint;
}

/**
 * Checks that each claim is true and that the sealed numbers lie in the group. The claims are about these and
 * about products of them, which lie in the group as soon as the numbers do.
 *
 * Everybody may know what is checked here, so that no power needs to hide its exponent.
 * Throws BadScalar, BadPoint or BadProof.
 */
export function check_claims(bases: Bases, numbers: readonly Sealed[], claims: readonly Claim[]): void {
  const shown = claims.map(({ prefix, branches, proofs }) => ({
    prefix,
    branches: branches.map((branch, index) => show(branch, proofs[index])),
  }));
  const powers = powers_by_branch(
    shown.flatMap(({ branches }) => branches),
    new Set(numbers),
  );
  for (const { prefix, branches } of shown) check_claim(prefix, bases, branches, powers);
}

function show(branch: Branch<Sealed>, proof: Proof | undefined): Shown {
  const challenge = scalar_of_text(proof?.challenge ?? "");
  return { ...branch, challenge, response: scalar_of_text(proof?.response ?? "") };
}

function check_claim(
  prefix: string,
  { g, y }: Bases,
  branches: readonly Shown[],
  powers: ReadonlyMap<Shown, Sealed>,
): void {
  const points = branches.flatMap((branch) => {
    const { alpha, beta } = powers.get(branch) ?? NOTHING;
    const claimed = public_power(g, BigInt(-branch.claim) * branch.challenge);
    return [
      product(public_power(g, branch.response), alpha),
      product(product(public_power(y, branch.response), claimed), beta),
    ];
  });
  const total = branches.reduce((sum, { challenge }) => sum + challenge, 0n);
  if (hash_to_scalar(prefix, points) !== modulo(total)) throw new BallotError("BadProof", prefix.slice(0, 7));
}

/** alpha^challenge and beta^challenge for each branch; all branches about one number share the doublings. */
function powers_by_branch(branches: readonly Shown[], numbers: ReadonlySet<Sealed>): Map<Shown, Sealed> {
  const found = new Map<Shown, Sealed>();
  for (const about of new Set([...numbers, ...branches.map((branch) => branch.about)])) {
    const own = branches.filter((branch) => branch.about === about);
    const challenges = own.map(({ challenge }) => challenge);
    const powers = numbers.has(about) ? powers_in_group : powers_of_product;
    const alphas = powers(about.alpha, challenges);
    const betas = powers(about.beta, challenges);
    own.forEach((branch, index) => {
      found.set(branch, { alpha: alphas[index] ?? IDENTITY, beta: betas[index] ?? IDENTITY });
    });
  }
  return found;
}

/** point^n for each n, of a product of points of the group. Throws BadPoint for the identity. */
function powers_of_product(point: Point, exponents: readonly bigint[]): Point[] {
  if (point.is0()) throw new BallotError("BadPoint", "the identity");
  return public_powers(point, exponents);
}

/** point^n for each n. Throws BadPoint outside the prime-order subgroup and for the identity. */
function powers_in_group(point: Point, exponents: readonly bigint[]): Point[] {
  const powers = public_powers(point, [...exponents, ORDER]);
  if (point.is0() || powers.pop()?.is0() !== true) throw new BallotError("BadPoint", "not in the group");
  return powers;
}

/** Schnorr: the maker knows `secret`. */
export function prove_knowledge(prefix: string, secret: bigint, random: Random): Proof {
  const witness = random_scalar(random);
  const challenge = hash_to_scalar(prefix, [power(BASE, witness)]);
  return written(challenge, modulo(witness - secret * challenge));
}

/** Whether the maker knew the logarithm of `key`. Throws BadScalar or BadPoint. */
export function knows(prefix: string, g: Point, key: Point, proof: Proof): boolean {
  const challenge = scalar_of_text(proof.challenge);
  const response = scalar_of_text(proof.response);
  const [power_of_key = IDENTITY] = powers_in_group(key, [challenge]);
  return hash_to_scalar(prefix, [product(public_power(g, response), power_of_key)]) === challenge;
}

/** One secret x stands behind both public = g^x and factor = alpha^x; alpha may be the identity (NOTES §7). */
export function prove_same_secret(prefix: string, secret: bigint, alpha: Point, random: Random): Proof {
  const witness = random_scalar(random);
  const challenge = hash_to_scalar(prefix, [power(BASE, witness), power(alpha, witness)]);
  return written(challenge, modulo(witness - secret * challenge));
}
