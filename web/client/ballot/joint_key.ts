/**
 * The election's document of keys: either each scrutineer has an own one and all are needed, or they made one
 * together of which any k of n open (NOTES §6). Every proof and signature in it is checked.
 */
import { type Ceremony, type Party, SIGNED, check_signature, commitments, evaluate, read_ceremony } from "./ceremony.ts";
import type { AnyElection } from "./election.ts";
import { sha256_bytes } from "./encoding.ts";
import { BallotError, as_kind } from "./errors.ts";
import { BASE, IDENTITY, type Point, member_of_hex, point_hex, product } from "./group.ts";
import { PROOF, type Proof, knows } from "./proofs.ts";
import { type Of, type Reader, integer, list, literal, optional, pair, read, record, text } from "./shape.ts";

const OWN_KEY = record({ pok: PROOF, public_key: text, name: optional(text) });
const SINGLE = pair(literal("Single"), OWN_KEY);
const SHARED_KEY = record({ pok: PROOF, public_key: text, signature: PROOF });
const THRESHOLD = record({
  threshold: integer,
  certs: list(SIGNED),
  coefexps: list(SIGNED),
  signatures: list(PROOF),
  verification_keys: list(SHARED_KEY),
});
const PEDERSEN = pair(literal("Pedersen"), THRESHOLD);
const ITEM: Reader<Of<typeof SINGLE> | Of<typeof PEDERSEN>> = (value, where) =>
  Array.isArray(value) && value[0] === "Pedersen" ? PEDERSEN(value, where) : SINGLE(value, where);
const POK = "pok|Ed25519|";
const CODE_ROUNDS = 1 << 14;
const CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

type Threshold = Of<typeof THRESHOLD>;

/** `keys` in the scrutineers' order, 64 hex digits each; `ceremony` is null where each has an own one. */
export interface JointKey {
  readonly keys: readonly string[];
  readonly joint: Point;
  readonly ceremony: Ceremony | null;
}

/** Reads and checks the document. Throws Malformed or BadTrustee. */
export function read_joint_key(document: string): JointKey {
  const items = read(document, list(ITEM), "trustees");
  const [first] = items;
  if (first?.[0] === "Pedersen" && items.length === 1) return made_together(first[1]);
  const points = items.map(([kind, key]) => {
    if (kind !== "Single") throw new BallotError("BadTrustee", "kind");
    return check_knowledge(key);
  });
  const keys = items.map(([kind, key]) => (kind === "Single" ? key.public_key : ""));
  // A key copied together with its proof would open in the name of two.
  if (new Set(keys).size !== keys.length) throw new BallotError("BadTrustee", "one key twice");
  return { keys, joint: points.reduce(product, IDENTITY), ceremony: null };
}

/**
 * The public keys, 64 hex digits each, in their order, of those who open this election.
 *
 * Every proof is checked: without it one key could be made to cancel the others.
 * Throws Malformed or BadTrustee.
 */
export function trustee_keys(election: AnyElection, document: string): string[] {
  const { keys, joint } = read_joint_key(document);
  if (point_hex(joint) !== election.public_key) throw new BallotError("BadTrustee", "joint key");
  return [...keys];
}

/**
 * 钥匙编号: twenty characters, compared aloud by all who made the key. Who carries the messages may look for
 * two documents with one code until somebody notices: 100 bits, each trial 2^14 hashes.
 */
export function comparison_code(document: string): string {
  let digest = sha256_bytes(document);
  for (let round = 0; round < CODE_ROUNDS; round += 1) digest = sha256_bytes(digest);
  const bits = Array.from(digest, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const letters = bits.slice(0, 100).match(/.{5}/g) ?? [];
  return letters.map((five) => CODE_LETTERS.charAt(parseInt(five, 2))).join("");
}

/** The four numbered checks of NOTES §6. */
function made_together(made: Threshold): JointKey {
  return as_kind("BadTrustee", "Pedersen", () => {
    const ceremony = read_ceremony(
      made.certs.map((certificate) => JSON.stringify(certificate)),
      made.threshold,
    );
    const size = ceremony.parties.length;
    const lengths = [made.coefexps, made.signatures, made.verification_keys].map((one) => one.length);
    if (lengths.some((length) => length !== size)) throw new BallotError("BadTrustee", "size");
    const rows = made.coefexps.map((coefexps, place) => {
      const signature = made.signatures[place] as Proof;
      return commitments(ceremony, { coefexps, signature }, place + 1);
    });
    made.verification_keys.forEach((key, place) => {
      const point = check_knowledge(key);
      const expected = rows.map((row) => evaluate(row, place + 1)).reduce(product, IDENTITY);
      if (!point.equals(expected)) throw new BallotError("BadTrustee", "verification key");
      check_signature((ceremony.parties[place] as Party).signer, key.public_key, key.signature);
    });
    const joint = rows.map(([constant]) => constant as Point).reduce(product, IDENTITY);
    return { keys: made.verification_keys.map(({ public_key }) => public_key), joint, ceremony };
  });
}

function check_knowledge({ public_key, pok }: { public_key: string; pok: Proof }): Point {
  return as_kind("BadTrustee", public_key.slice(0, 80), () => {
    const point = member_of_hex(public_key);
    if (!knows(`${POK}${public_key}|`, BASE, point, pok)) throw new BallotError("BadTrustee", "proof");
    return point;
  });
}
