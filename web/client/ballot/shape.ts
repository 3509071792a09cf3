/**
 * Reading JSON strictly: one canonical way of writing each document, everything else is Malformed.
 *
 * A reader checks one value and builds it anew with its fields in the protocol's order; what does not come
 * out again letter for letter (other fields or order, spaces, escapes, repeated keys) could be read in two ways.
 */
import { BallotError, as_kind } from "./errors.ts";

export type Reader<T> = (value: unknown, where: string) => T;
type Fields = { readonly [name: string]: Reader<unknown> };
export type Of<R> = R extends Reader<infer T> ? T : never;

function malformed(where: string): never {
  throw new BallotError("Malformed", where);
}

export const text: Reader<string> = (value, where) => (typeof value === "string" ? value : malformed(where));

export const boolean: Reader<boolean> = (value, where) =>
  typeof value === "boolean" ? value : malformed(where);

export const integer: Reader<number> = (value, where) =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : malformed(where);

export const hash: Reader<string> = (value, where) =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? value : malformed(where);

export function literal<const T extends string | number | boolean>(...allowed: readonly T[]): Reader<T> {
  return (value, where) => allowed.find((one) => one === value) ?? malformed(where);
}

export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value, where) =>
    Array.isArray(value) ? value.map((item, index) => reader(item, `${where}[${index}]`)) : malformed(where);
}

export function pair<A, B>(first: Reader<A>, second: Reader<B>): Reader<readonly [A, B]> {
  return (value, where) =>
    Array.isArray(value) && value.length === 2
      ? [first(value[0], `${where}[0]`), second(value[1], `${where}[1]`)]
      : malformed(where);
}

/** A field that may be left out; `null` is not leaving it out. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, where) => (value === undefined ? undefined : reader(value, where));
}

export function record<F extends Fields>(fields: F): Reader<{ readonly [N in keyof F]: Of<F[N]> }> {
  return (value, where) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) malformed(where);
    const source = new Map(Object.entries(value));
    const built = Object.entries(fields).map(([name, reader]) => [
      name,
      reader(source.get(name), `${where}.${name}`),
    ]);
    return Object.fromEntries(built) as { readonly [N in keyof F]: Of<F[N]> };
  };
}

/** Parses one document. Throws Malformed, naming the place. */
export function read<T>(document: string, reader: Reader<T>, what: string): T {
  if (typeof document !== "string") malformed(what);
  const value = as_kind("Malformed", `${what}: JSON`, (): unknown => JSON.parse(document));
  const built = reader(value, what);
  if (JSON.stringify(built) !== document) malformed(`${what}: not canonical`);
  return built;
}
