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

/**
 * Checks that one of the branches is true and that every sealed number lies in the group.
 * Throws BadScalar, BadPoint or BadProof.
 */
export function check_one_of(
  prefix: string,
  { g, y }: Bases,
  branches: readonly Branch<Sealed>[],
  proofs: readonly Proof[],
): void {
  const scalars = proofs.map((proof) => ({
    challenge: scalar_of_text(proof.challenge),
    response: scalar_of_text(proof.response),
  }));
  const powers = powers_by_branch(
    branches,
    scalars.map(({ challenge }) => challenge),
  );
  const points = branches.flatMap(({ claim }, index) => {
    const { challenge, response } = scalars[index] ?? { challenge: 0n, response: 0n };
    const { alpha, beta } = powers[index] ?? { alpha: IDENTITY, beta: IDENTITY };
    const claimed = public_power(g, BigInt(-claim) * challenge);
    return [
      product(public_power(g, response), alpha),
      product(product(public_power(y, response), claimed), beta),
    ];
  });
  const total = scalars.reduce((sum, { challenge }) => sum + challenge, 0n);
  if (hash_to_scalar(prefix, points) !== modulo(total)) throw new BallotError("BadProof", prefix.slice(0, 7));
}

/** alpha^c and beta^c for each branch; branches about one number share the doublings. */
function powers_by_branch(branches: readonly Branch<Sealed>[], challenges: readonly bigint[]): Sealed[] {
  const found = new Array<Sealed>(branches.length);
  for (const about of new Set(branches.map((branch) => branch.about))) {
    const places = [...branches.keys()].filter((index) => branches[index]?.about === about);
    const exponents = places.map((index) => challenges[index] ?? 0n);
    const alphas = powers_in_group(about.alpha, exponents);
    const betas = powers_in_group(about.beta, exponents);
    places.forEach((place, index) => {
      found[place] = { alpha: alphas[index] ?? IDENTITY, beta: betas[index] ?? IDENTITY };
    });
  }
  return found;
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
