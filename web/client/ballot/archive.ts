/** The record of a round: the `.bel` file, read strictly (NOTES §8). */
import { sha256_hex, text_of, utf8 } from "./encoding.ts";
import { BallotError } from "./errors.ts";
import { type Of, hash, integer, literal, optional, read, record, text } from "./shape.ts";

const BLOCK = 512;
const HEADER = "BELENIOS";

const BELENIOS = record({ version: literal(1), timestamp: text });
const SETUP = record({ election: hash, trustees: hash, credentials: hash });
const SIZED = record({ num_tallied: integer, total_weight: integer, encrypted_tally: hash });
const OWNED = record({ owner: integer, payload: hash });
const EVENT = record({
  parent: optional(hash),
  height: integer,
  type: literal("Setup", "Ballot", "EndBallots", "EncryptedTally", "PartialDecryption", "Result"),
  payload: optional(hash),
});

type EventType = Of<typeof EVENT>["type"];

// Which events may come after which; the last of any prefix is a legal end.
const FOLLOWERS: { readonly [type in EventType | "start"]: readonly EventType[] } = {
  start: ["Setup"],
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

interface FileRecord {
  readonly kind: "data" | "event";
  readonly hash: string;
  readonly body: Uint8Array;
}

export interface ArchiveEvent {
  readonly type: EventType;
  readonly height: number;
  /** SHA-256 of the event's own bytes, by which the next one names it. */
  readonly hash: string;
  readonly payload: string | undefined;
}

export interface StoredBallot {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

export interface EncryptedTally {
  /** 封箱码: hash of the event that closes the box. */
  readonly head: string;
  readonly text: string;
  readonly hash: string;
  readonly num_tallied: number;
  readonly total_weight: number;
}

export interface Archive {
  readonly events: readonly ArchiveEvent[];
  readonly election: string;
  readonly trustees: string;
  readonly public_credentials: string;
  readonly ballots: readonly StoredBallot[];
  /** Absent while the box is not closed. */
  readonly encrypted_tally: EncryptedTally | null;
}

/**
 * Reads a whole archive: every record's name is recomputed from its bytes, the chain followed, and each record
 * must stand exactly where the event that refers to it wants it. What the records say is checked by `recount`.
 *
 * Throws BadArchive for the file, BadChain for the events, Malformed for a record.
 */
export function read_archive(file: Uint8Array): Archive {
  const records = read_records(file);
  const events: ArchiveEvent[] = [];
  const groups: FileRecord[][] = [];
  let pending: FileRecord[] = [];
  for (const one of records) {
    if (one.kind === "data") {
      pending.push(one);
      continue;
    }
    const event = read_event(one, events[events.length - 1]);
    events.push(event);
    groups.push(in_order(event, pending));
    pending = [];
  }
  if (pending.length > 0) throw new BallotError("BadChain", "data that no event refers to");
  refuse_repeated(groups.flat());
  return assemble(events, groups);
}

function read_records(file: Uint8Array): FileRecord[] {
  if (!(file instanceof Uint8Array)) throw new BallotError("BadArchive", "not bytes");
  const first = read_entry(file, 0);
  if (first.name !== HEADER) throw new BallotError("BadArchive", "first record");
  const { timestamp } = read(text_of(first.body), BELENIOS, HEADER);
  const time = Number(timestamp);
  if (String(time) !== timestamp || !Number.isSafeInteger(time) || time < 0 || time >= 8 ** 11) {
    throw new BallotError("BadArchive", "timestamp");
  }
  const records: FileRecord[] = [];
  check_entry(file, 0, first, time);
  for (let at = first.end; at < file.length;) {
    const entry = read_entry(file, at);
    check_entry(file, at, entry, time);
    records.push(named_by_hash(entry));
    at = entry.end;
  }
  return records;
}

interface Entry {
  readonly name: string;
  readonly body: Uint8Array;
  readonly end: number;
}

function read_entry(file: Uint8Array, at: number): Entry {
  const header = file.subarray(at, at + BLOCK);
  const field = (start: number, end: number): string => String.fromCharCode(...header.subarray(start, end));
  const name = field(0, 100).replace(/\0*$/, "");
  const size = field(124, 136);
  const length = /^[0-7]{11}\0$/.test(size) ? parseInt(size, 8) : -1;
  const start = at + BLOCK;
  const end = start + Math.ceil(length / BLOCK) * BLOCK;
  if (header.length < BLOCK || length < 0 || end > file.length) {
    throw new BallotError("BadArchive", `record at ${at}`);
  }
  return { name, body: file.subarray(start, start + length), end };
}

/** The header must be, byte for byte, the one we would write, and the padding zero. */
function check_entry(file: Uint8Array, at: number, { name, body, end }: Entry, time: number): void {
  const expected = tar_header(name, body.length, time);
  const padding = file.subarray(at + BLOCK + body.length, end);
  if (expected.some((byte, index) => byte !== file[at + index]) || padding.some((byte) => byte !== 0)) {
    throw new BallotError("BadArchive", `record at ${at}: header`);
  }
}

function tar_header(name: string, size: number, time: number): Uint8Array {
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, "0");
  const header = new Uint8Array(BLOCK);
  const put = (offset: number, field: string): void => header.set(utf8(field), offset);
  if (utf8(name).length > 100) throw new BallotError("BadArchive", "name");
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, octal(size, 11));
  put(136, octal(time, 11));
  put(148, "        ");
  put(156, "0");
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 6)}\0 `);
  return header;
}

function named_by_hash({ name, body }: Entry): FileRecord {
  const digest = sha256_hex(body);
  if (name === `${digest}.data.json`) return { kind: "data", hash: digest, body };
  if (name === `${digest}.event.json`) return { kind: "event", hash: digest, body };
  throw new BallotError("BadArchive", `${name.slice(0, 80)} is not the hash of its record`);
}

function read_event({ hash: own, body }: FileRecord, previous: ArchiveEvent | undefined): ArchiveEvent {
  const { parent, height, type, payload } = read(text_of(body), EVENT, "event");
  const follows =
    parent === previous?.hash &&
    height === (previous === undefined ? 0 : previous.height + 1) &&
    FOLLOWERS[previous?.type ?? "start"].includes(type) &&
    (payload === undefined) === (type === "EndBallots");
  if (!follows) throw new BallotError("BadChain", `${type} at ${height}`);
  return { type, height, hash: own, payload };
}

/** The data of one event must be those it refers to, in the protocol's order. */
function in_order(event: ArchiveEvent, data: FileRecord[]): FileRecord[] {
  const last = data[data.length - 1];
  const wanted = event.payload === undefined ? [] : [...referred(event.type, last), event.payload];
  const found = data.map((one) => one.hash);
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new BallotError("BadChain", `data of ${event.type} at ${event.height}`);
  }
  return data;
}

function referred(type: EventType, payload: FileRecord | undefined): string[] {
  if (payload === undefined) return [];
  if (type === "Setup") {
    const { election, trustees, credentials } = read(text_of(payload.body), SETUP, "setup_data");
    return [election, trustees, credentials];
  }
  if (type === "EncryptedTally")
    return [read(text_of(payload.body), SIZED, "sized_encrypted_tally").encrypted_tally];
  if (type === "PartialDecryption") return [read(text_of(payload.body), OWNED, "owned").payload];
  return [];
}

/** One record twice is one ballot counted twice. */
function refuse_repeated(data: readonly FileRecord[]): void {
  const names = new Set(data.map((one) => one.hash));
  if (names.size !== data.length) throw new BallotError("BadChain", "a record stands there twice");
}

function assemble(events: readonly ArchiveEvent[], groups: readonly (readonly FileRecord[])[]): Archive {
  const [election, trustees, credentials] = groups[0] ?? [];
  if (election === undefined || trustees === undefined || credentials === undefined) {
    throw new BallotError("BadChain", "no Setup");
  }
  const ballots = groups.filter((_, index) => events[index]?.type === "Ballot").flat();
  return {
    events,
    election: text_of(election.body),
    trustees: text_of(trustees.body),
    public_credentials: text_of(credentials.body),
    ballots: ballots.map(({ hash: digest, body: bytes }) => ({ digest, bytes })),
    encrypted_tally: encrypted_tally_of(events, groups),
  };
}

function encrypted_tally_of(
  events: readonly ArchiveEvent[],
  groups: readonly (readonly FileRecord[])[],
): EncryptedTally | null {
  const index = events.findIndex((event) => event.type === "EncryptedTally");
  const [tally, sized] = groups[index] ?? [];
  const event = events[index];
  if (event === undefined || tally === undefined || sized === undefined) return null;
  const { num_tallied, total_weight } = read(text_of(sized.body), SIZED, "sized_encrypted_tally");
  return { head: event.hash, text: text_of(tally.body), hash: tally.hash, num_tallied, total_weight };
}
