// Readers for what comes from outside: a value of the expected shape, or Unreadable. Nothing is taken on trust.

export class Unreadable extends Error {}

export type Reader<T> = (value: unknown) => T;

export const text: Reader<string> = (value) => {
  if (typeof value !== "string") throw new Unreadable("text");
  return value;
};

export const whole: Reader<number> = (value) => {
  if (typeof value !== "number" || !Number.isInteger(value)) throw new Unreadable("number");
  return value;
};

export const yes_no: Reader<boolean> = (value) => {
  if (typeof value !== "boolean") throw new Unreadable("boolean");
  return value;
};

export function or_null<T>(read: Reader<T>): Reader<T | null> {
  return (value) => (value === null || value === undefined ? null : read(value));
}

export function one_of<T extends string>(...allowed: T[]): Reader<T> {
  return (value) => {
    const found = allowed.find((word) => word === value);
    if (found === undefined) throw new Unreadable(allowed.join("|"));
    return found;
  };
}

export function list<T>(read: Reader<T>): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new Unreadable("list");
    return value.map((item) => read(item));
  };
}

/** An object with at least these fields; fields nobody asked for are dropped. */
export function record<T extends object>(fields: { [Name in keyof T]: Reader<T[Name]> }): Reader<T> {
  return (value) => {
    if (typeof value !== "object" || value === null) throw new Unreadable("object");
    const given = value as Record<string, unknown>;
    const entries = Object.entries(fields) as [string, Reader<unknown>][];
    return Object.fromEntries(entries.map(([name, read]) => [name, read(given[name])])) as T;
  };
}

/** Reads JSON text; whatever is wrong with it is Unreadable. */
export function read_json<T>(source: string, read: Reader<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw new Unreadable("JSON");
  }
  return read(value);
}
