/**
 * A key of which any k of n scrutineers open the box (NOTES §6), as one of them makes it with the others.
 *
 *   make_certificate   the own two keys, signed, for exactly this ceremony
 *   deal               commitments to an own polynomial, a share of it sealed to each, all of it signed
 *   receive            the shares add up to the own secret; its public half, proved and signed
 *
 * The server carries the messages and reads no share. Everything here is computed from the seed and from what
 * the server gives back, so that a page that was closed in the middle goes on.
 */
import { gcm } from "@noble/ciphers/aes.js";

import { check_seed, trustee_secret } from "./trustees.ts";
import { bytes_of_hex, hex, sha256_bytes, sha256_hex, text_of, utf8 } from "./encoding.ts";
import { BallotError, as_kind } from "./errors.ts";
import {
  BASE,
  IDENTITY,
  ORDER,
  type Point,
  type Random,
  member_of_hex,
  modulo,
  number_of_hex,
  point_hex,
  power,
  product,
  public_power,
  random_scalar,
  scalar_of_text,
} from "./group.ts";
import { PROOF, type Proof, knows, prove_knowledge } from "./proofs.ts";
import { type Of, type Reader, integer, list, literal, read, record, text } from "./shape.ts";

export const SIGNED = record({ message: text, signature: PROOF });
const CONTEXT = record({ group: literal("Ed25519"), size: integer, threshold: integer, index: integer });
const CERTIFICATE = record({ context: CONTEXT, verification: text, encryption: text });
const COEFFICIENTS = record({ coefexps: list(text) });
const DEAL = record({ polynomial: text, secrets: list(text), coefexps: SIGNED, signature: PROOF });
const PUBLIC_SHARE = record({ pok: PROOF, public_key: text, signature: PROOF });
const SHARE = record({ private_key: text, public_key: PUBLIC_SHARE });
const SEALED = record({ algorithm: literal("AES-GCM"), alpha: text, beta: text, data: text });
const CHANNEL = record({ recipient: text, message: text });
const SECRET = record({ secret: text });
const DECRYPTION_KEY = record({ decryption_key: text });

type Signed = Of<typeof SIGNED>;
type Deal = Of<typeof DEAL>;

/** One scrutineer as the others know it. */
export interface Party {
  readonly signer: Point;
  readonly receiver: Point;
}

/** A ceremony with all its certificates, each checked. */
export interface Ceremony {
  readonly threshold: number;
  readonly certificates: readonly string[];
  readonly parties: readonly Party[];
}

/** Opens what is sent to the owner of this seed. Throws Malformed. */
function receiving_secret(seed: string): bigint {
  check_seed(seed);
  return number_of_hex(sha256_hex(`dk|${seed}`)) % ORDER;
}

/** The first message of scrutineer `index` (from 1) of `size`. Throws Malformed or BadRandomness. */
export function make_certificate(
  seed: string,
  index: number,
  threshold: number,
  size: number,
  random: Random,
): string {
  const certificate = {
    context: { group: "Ed25519", size, threshold, index },
    verification: point_hex(power(BASE, trustee_secret(seed))),
    encryption: point_hex(power(BASE, receiving_secret(seed))),
  };
  return JSON.stringify(signed(trustee_secret(seed), JSON.stringify(certificate), random));
}

/** Everybody's certificates, in order; no two share a key. Throws Malformed or BadTrustee. */
export function read_ceremony(certificates: readonly string[], threshold: number): Ceremony {
  const size = certificates.length;
  const parties = certificates.map((certificate, place) =>
    party_of(certificate, JSON.stringify({ group: "Ed25519", size, threshold, index: place + 1 })),
  );
  const keys = parties.flatMap(({ signer, receiver }) => [point_hex(signer), point_hex(receiver)]);
  if (threshold < 1 || threshold > size || new Set(keys).size !== keys.length) {
    throw new BallotError("BadTrustee", "ceremony");
  }
  return { threshold, certificates, parties };
}

/** The second message. Throws BadTrustee for a seed that has no part in it, Malformed or BadRandomness. */
export function deal(seed: string, ceremony: Ceremony, random: Random): string {
  const signer = trustee_secret(seed);
  const own = party_at(ceremony, own_index(seed, ceremony));
  const numbers = Array.from({ length: ceremony.threshold }, () => random_scalar(random));
  const coefexps = numbers.map((number) => point_hex(power(BASE, number)));
  const polynomial = JSON.stringify({ polynomial: numbers.map(String) });
  return JSON.stringify({
    polynomial: send(signer, own.receiver, polynomial, random),
    secrets: ceremony.parties.map(({ receiver }, place) => {
      const secret = value_at(numbers, BigInt(place + 1)).toString();
      return send(signer, receiver, JSON.stringify({ secret }), random);
    }),
    coefexps: signed(signer, JSON.stringify({ coefexps }), random),
    signature: sign(signer, agreement(ceremony, coefexps), random),
  });
}

/**
 * The last message: what the scrutineer will open with, sealed for the own seed, and its public half.
 * Throws BadTrustee, naming by its number whose share is wrong.
 */
export function receive(seed: string, ceremony: Ceremony, deals: readonly string[], random: Random): string {
  const own = own_index(seed, ceremony);
  if (deals.length !== ceremony.parties.length) throw new BallotError("BadTrustee", "deals");
  const shares = deals.map((dealt, place) => share_of(seed, ceremony, dealt, place + 1, own));
  const total = modulo(shares.reduce((sum, share) => sum + share, 0n));
  const signer = trustee_secret(seed);
  const public_key = point_hex(power(BASE, total));
  const kept = JSON.stringify({ decryption_key: total.toString() });
  return JSON.stringify({
    private_key: send(signer, party_at(ceremony, own).receiver, kept, random),
    public_key: {
      pok: prove_knowledge(`pok|Ed25519|${public_key}|`, total, random),
      public_key,
      signature: sign(signer, public_key, random),
    },
  });
}

/** The secret x that opens, out of the own last message. Throws BadTrustee for somebody else's. */
export function shared_secret(seed: string, ceremony: Ceremony, share: string): bigint {
  const own = own_index(seed, ceremony);
  const { private_key, public_key } = read(share, SHARE, "share");
  const kept = opened(seed, ceremony, private_key, own, DECRYPTION_KEY);
  const secret = scalar_of_text(kept.decryption_key);
  if (point_hex(power(BASE, secret)) !== public_key.public_key) throw new BallotError("BadTrustee", "share");
  return secret;
}

/** The number of the owner of this seed, from 1. Throws BadTrustee. */
export function own_index(seed: string, { parties }: Ceremony): number {
  const signer = power(BASE, trustee_secret(seed));
  const receiver = power(BASE, receiving_secret(seed));
  const place = parties.findIndex((one) => one.signer.equals(signer) && one.receiver.equals(receiver));
  if (place < 0) throw new BallotError("BadTrustee", "not a part of this ceremony");
  return place + 1;
}

/** Whether this first message was made from this seed. Throws Malformed. */
export function is_own_certificate(seed: string, certificate: string): boolean {
  const said = read(read(certificate, SIGNED, "certificate").message, CERTIFICATE, "certificate");
  const keys = [trustee_secret(seed), receiving_secret(seed)].map((secret) => point_hex(power(BASE, secret)));
  return JSON.stringify([said.verification, said.encryption]) === JSON.stringify(keys);
}

/** A signature by the key of the own certificate under something that is no message of the ceremony: JSON. */
export function sign_text(seed: string, message: string, random: Random): string {
  return JSON.stringify(sign(trustee_secret(seed), message, random));
}

/** Whether `signature` (JSON) is one by this scrutineer's key. */
export function is_signed_by({ signer }: Party, message: string, signature: string): boolean {
  try {
    check_signature(signer, message, read(signature, PROOF, "signature"));
    return true;
  } catch (error) {
    if (error instanceof BallotError) return false;
    throw error;
  }
}

function party_at({ parties }: Ceremony, index: number): Party {
  const party = parties[index - 1];
  if (party === undefined) throw new BallotError("BadTrustee", `no ${index}`);
  return party;
}

function party_of(text: string, context: string): Party {
  return as_kind("BadTrustee", "certificate", () => {
    const certificate = read(text, SIGNED, "certificate");
    const said = read(certificate.message, CERTIFICATE, "certificate");
    if (JSON.stringify(said.context) !== context) throw new BallotError("BadTrustee", "context");
    const signer = member_of_hex(said.verification);
    check_signed(certificate, signer);
    return { signer, receiver: member_of_hex(said.encryption) };
  });
}

/** What `sender` dealt to `own`, if it is what everybody was told. Throws BadTrustee. */
function share_of(seed: string, ceremony: Ceremony, text: string, sender: number, own: number): bigint {
  return as_kind("BadTrustee", `share of ${sender}`, () => {
    const dealt = read(text, DEAL, "deal");
    const committed = commitments(ceremony, dealt, sender);
    const { secret } = opened(seed, ceremony, dealt.secrets[own - 1] ?? "", sender, SECRET);
    const share = scalar_of_text(secret);
    if (!power(BASE, share).equals(evaluate(committed, own))) throw new BallotError("BadTrustee", "share");
    return share;
  });
}

/** The committed coefficients, signed together with all certificates. Throws BadTrustee or BadPoint. */
export function commitments(
  ceremony: Ceremony,
  dealt: Pick<Deal, "coefexps" | "signature">,
  sender: number,
): Point[] {
  const { signer } = party_at(ceremony, sender);
  check_signed(dealt.coefexps, signer);
  const { coefexps } = read(dealt.coefexps.message, COEFFICIENTS, "coefexps");
  check_signature(signer, agreement(ceremony, coefexps), dealt.signature);
  if (coefexps.length !== ceremony.threshold) throw new BallotError("BadTrustee", "coefexps");
  return coefexps.map(member_of_hex);
}

/** What everybody signs: all certificates, together with the own commitments. */
function agreement({ certificates }: Ceremony, coefexps: readonly string[]): string {
  return `certs_sig|{"certs":[${certificates.join(",")}],"coefexps":${JSON.stringify(coefexps)}}`;
}

/** Σ coefficient · at^e. */
function value_at(numbers: readonly bigint[], at: bigint): bigint {
  return numbers.reduceRight((value, number) => modulo(value * at + number), 0n);
}

/** Π A_e^(at^e). */
export function evaluate(committed: readonly Point[], at: number): Point {
  return committed.reduceRight((value, point) => product(public_power(value, BigInt(at)), point), IDENTITY);
}

function sign(signer: bigint, message: string, random: Random): Proof {
  return prove_knowledge(`sigmsg|${message}|`, signer, random);
}

function signed(signer: bigint, message: string, random: Random): Signed {
  return { message, signature: sign(signer, message, random) };
}

/** Throws BadTrustee, BadPoint or BadScalar. */
export function check_signature(signer: Point, message: string, signature: Proof): void {
  if (!knows(`sigmsg|${message}|`, BASE, signer, signature)) throw new BallotError("BadTrustee", "signature");
}

function check_signed({ message, signature }: Signed, signer: Point): void {
  check_signature(signer, message, signature);
}

/** Signed with its recipient inside, so that nobody passes it on as meant for another; then encrypted. */
function send(signer: bigint, receiver: Point, message: string, random: Random): string {
  const channel = JSON.stringify({ recipient: point_hex(receiver), message });
  const secret = random_scalar(random);
  const key = power(BASE, random_scalar(random));
  const alpha = power(BASE, secret);
  const data = cipher(key, alpha).encrypt(utf8(JSON.stringify(signed(signer, channel, random))));
  const beta = product(power(receiver, secret), key);
  return JSON.stringify({
    algorithm: "AES-GCM",
    alpha: point_hex(alpha),
    beta: point_hex(beta),
    data: hex(data),
  });
}

/** What `sender` sent to the owner of the seed. Throws BadTrustee. */
function opened<T>(seed: string, ceremony: Ceremony, sent: string, sender: number, shape: Reader<T>): T {
  return as_kind("BadTrustee", `message of ${sender}`, () => {
    const { alpha, beta, data } = read(sent, SEALED, "message");
    const secret = receiving_secret(seed);
    const first = member_of_hex(alpha);
    const key = member_of_hex(beta).subtract(power(first, secret));
    const bytes = bytes_of_hex(data, data.length / 2, "data");
    const letter = read(text_of(cipher(key, first).decrypt(bytes)), SIGNED, "message");
    check_signed(letter, party_at(ceremony, sender).signer);
    const { recipient, message } = read(letter.message, CHANNEL, "message");
    if (recipient !== point_hex(power(BASE, secret))) throw new BallotError("BadTrustee", "recipient");
    return read(message, shape, "message");
  });
}

/** AES-256-GCM; all 32 bytes of the nonce, as the peer has it. */
function cipher(key: Point, alpha: Point): ReturnType<typeof gcm> {
  return gcm(sha256_bytes(`key|${point_hex(key)}`), sha256_bytes(`iv|${point_hex(alpha)}`));
}
