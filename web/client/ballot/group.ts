/**
 * The group Ed25519 of NOTES §2: scalars and points, all arithmetic @noble/curves'.
 *
 * Written products and powers as NOTES write them: `product(a, b)` is the library's addition.
 */
import { normalizeZ } from "@noble/curves/abstract/curve.js";
import { ed25519 } from "@noble/curves/ed25519.js";

import { bytes_of_hex, hex, sha256_hex } from "./encoding.ts";
import { BallotError, as_kind } from "./errors.ts";

const Curve = ed25519.Point;
export type Point = InstanceType<typeof Curve>;

/** n random bytes, unpredictable and never the same twice. */
export type Random = (n: number) => Uint8Array;

export const ORDER = Curve.Fn.ORDER;
export const IDENTITY: Point = Curve.ZERO;

export function modulo(n: bigint): bigint {
  const rest = n % ORDER;
  return rest < 0n ? rest + ORDER : rest;
}

/** A number from hex digits, most significant first. */
export function number_of_hex(digits: string): bigint {
  return BigInt(`0x${digits}`);
}

/** 1 ≤ n < ORDER from canonical base 10. Throws BadScalar. */
export function scalar_of_text(text: string): bigint {
  const number = /^[1-9][0-9]{0,76}$/.test(text) ? BigInt(text) : 0n;
  if (number === 0n || number >= ORDER) throw new BallotError("BadScalar", text.slice(0, 80));
  return number;
}

/** 1 ≤ n < ORDER; 512 random bits leave a bias of 2^-259. Throws BadRandomness. */
export function random_scalar(random: Random): bigint {
  return (number_of_hex(hex(random_bytes(random, 64))) % (ORDER - 1n)) + 1n;
}

/** What `random` gives, if it gives what it was asked for. Throws BadRandomness. */
export function random_bytes(random: Random, length: number): Uint8Array {
  const bytes = as_kind("BadRandomness", "no random numbers", () => Uint8Array.from(random(length)));
  // A source that is switched off returns the buffer as it was; honest bytes are all equal once in 2^(8·length).
  if (bytes.length !== length || bytes.every((byte) => byte === bytes[0])) {
    throw new BallotError("BadRandomness", `${bytes.length} bytes`);
  }
  return bytes;
}

/** 64 lower-case hex digits, most significant byte first. */
export function point_hex(point: Point): string {
  return hex(point.toBytes().reverse());
}

/**
 * A point on the curve, written canonically; the subgroup is another question (`in_group`).
 * Throws BadPoint.
 */
export function point_of_hex(text: string): Point {
  return as_kind("BadPoint", String(text).slice(0, 80), () =>
    Curve.fromBytes(bytes_of_hex(text, 32, "point").reverse(), false),
  );
}

/** A point of the prime-order subgroup, not the identity. Throws BadPoint. */
export function member_of_hex(text: string): Point {
  const point = point_of_hex(text);
  if (point.is0() || !point.isTorsionFree()) throw new BallotError("BadPoint", text);
  return point;
}

/** Like `member_of_hex`, and the identity passes: sums of no ballots are the identity. */
export function element_of_hex(text: string): Point {
  const point = point_of_hex(text);
  return point.is0() ? IDENTITY : member_of_hex(text);
}

export function product(a: Point, b: Point): Point {
  return a.add(b);
}

/**
 * The same point with a table of its powers: `power` of it is then 4 times as fast.
 * `width` 6 costs 10 ms and pays from 15 powers on, 8 costs 30 ms and pays from 300 on.
 */
export function fixed_base(point: Point, width: 6 | 8): Point {
  return Curve.fromAffine(point.toAffine()).precompute(width);
}

// Not Curve.BASE: its powers are blinded against power analysis, half as much work again for nothing here.
export const BASE: Point = fixed_base(Curve.BASE, 6);

/** point^n in time that does not depend on n: for secrets. */
export function power(point: Point, n: bigint): Point {
  const exponent = modulo(n);
  return exponent === 0n || point.is0() ? IDENTITY : point.multiply(exponent);
}

/** point^n for numbers that anybody may know. */
export function public_power(point: Point, n: bigint): Point {
  return point.multiplyUnsafe(modulo(n));
}

/**
 * point^n for each n, all public: the doublings are made once and shared (Yao's method, odd signed digits below 16).
 * n may be ORDER itself, which gives the identity exactly for the points of the subgroup.
 */
export function public_powers(point: Point, exponents: readonly bigint[]): Point[] {
  const rows = exponents.map((n) => ({ digits: odd_digits(n), buckets: new Array<Point | undefined>(8) }));
  const length = Math.max(0, ...rows.map((row) => row.digits.length));
  for (let bit = 0, rung = point; bit < length; bit += 1, rung = rung.double()) {
    for (const { digits, buckets } of rows) {
      const digit = digits[bit] ?? 0;
      if (digit === 0) continue;
      const index = Math.abs(digit) >> 1;
      const term = digit < 0 ? rung.negate() : rung;
      buckets[index] = buckets[index]?.add(term) ?? term;
    }
  }
  return rows.map((row) => weighted_sum(row.buckets));
}

/** n = Σ digit · 2^place, each digit zero or odd and below 16 either way: one place in six is not zero. */
function odd_digits(n: bigint): Int8Array {
  const bits = n.toString(2);
  const digits = new Int8Array(bits.length + 1);
  const bit = (place: number): number => bits.charCodeAt(bits.length - 1 - place) & 1;
  let carry = 0;
  for (let place = 0; place < digits.length; place += 1) {
    if (bit(place) === carry) continue;
    let five = carry;
    for (let more = 0; more < 5; more += 1) five += bit(place + more) << more;
    carry = five > 16 ? 1 : 0;
    digits[place] = five - 32 * carry;
    place += 4;
  }
  return digits;
}

/** Σ (2 · index + 1) · bucket, by running sums from the top. */
function weighted_sum(buckets: readonly (Point | undefined)[]): Point {
  let running = IDENTITY;
  let pairs = IDENTITY;
  for (let index = buckets.length - 1; index > 0; index -= 1) {
    running = running.add(buckets[index] ?? IDENTITY);
    pairs = pairs.add(running);
  }
  return pairs.double().add(running).add(buckets[0] ?? IDENTITY);
}

/** H(prefix, P1, …) of NOTES §2: SHA-256 over the text, reduced. */
export function hash_to_scalar(prefix: string, points: readonly Point[]): bigint {
  // One inversion for all of them: writing a point costs one, and a proof writes up to a dozen.
  const affine = normalizeZ(Curve, [...points]);
  return number_of_hex(sha256_hex(prefix + affine.map(point_hex).join(","))) % ORDER;
}
