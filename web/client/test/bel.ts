/** Writing `.bel` files: the client only reads them. */
import { sha256_hex, utf8 } from "../ballot/encoding.ts";
import { point_hex } from "../ballot/group.ts";
import type { Ballot } from "../ballot/index.ts";
import { type Sealed, sealed_of, sum_of } from "../ballot/proofs.ts";

export interface Parts {
  readonly election: string;
  readonly trustees: string;
  readonly credentials: string;
  readonly ballots: readonly Uint8Array[];
  readonly tally: string;
  readonly num_tallied?: number;
  readonly total_weight?: number;
  readonly decryptions?: readonly string[];
  readonly result?: string;
}

/** A closed box, and what followed if there is any: records and chain are right, whatever the parts say. */
export function write_archive(parts: Parts, last = "Result"): Uint8Array {
  const file = new Bel();
  const setup = [parts.election, parts.trustees, parts.credentials].map((text) => file.data(text));
  file.event("Setup", file.data(JSON.stringify(named(["election", "trustees", "credentials"], setup))));
  for (const ballot of parts.ballots) file.event("Ballot", file.data(ballot));
  if (last === "Ballot") return file.bytes();
  file.event("EndBallots");
  if (last === "EndBallots") return file.bytes();
  const num_tallied = parts.num_tallied ?? parts.ballots.length;
  const total_weight = parts.total_weight ?? parts.ballots.length;
  const encrypted_tally = file.data(parts.tally);
  file.event("EncryptedTally", file.data(JSON.stringify({ num_tallied, total_weight, encrypted_tally })));
  parts.decryptions?.forEach((decryption, index) => {
    const payload = file.data(decryption);
    file.event("PartialDecryption", file.data(JSON.stringify({ owner: index + 1, payload })));
  });
  if (parts.result !== undefined) file.event("Result", file.data(parts.result));
  return file.bytes();
}

export class Bel {
  private readonly chunks: Uint8Array[] = [];
  private parent: string | undefined;
  private height = 0;

  constructor(header: string = JSON.stringify({ version: 1, timestamp: "1795302733" })) {
    this.record("BELENIOS", utf8(header));
  }

  data(content: Uint8Array | string): string {
    const body = typeof content === "string" ? utf8(content) : content;
    this.record(`${sha256_hex(body)}.data.json`, body);
    return sha256_hex(body);
  }

  event(type: string, payload?: string, changes: object = {}): void {
    const text = JSON.stringify({ parent: this.parent, height: this.height, type, payload, ...changes });
    this.parent = sha256_hex(text);
    this.height += 1;
    this.record(`${this.parent}.event.json`, utf8(text));
  }

  record(name: string, body: Uint8Array): void {
    const header = new Uint8Array(512);
    const put = (offset: number, field: string): void => header.set(utf8(field), offset);
    const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, "0");
    put(0, name);
    for (const [offset, field] of [
      [100, "0000644"],
      [108, "0000000"],
      [116, "0000000"],
      [156, "0"],
    ] as const) {
      put(offset, field);
    }
    put(124, octal(body.length, 11));
    put(136, octal(1795302733, 11));
    put(148, " ".repeat(8));
    put(
      148,
      `${octal(
        header.reduce((sum, byte) => sum + byte, 0),
        6,
      )}\0 `,
    );
    this.chunks.push(header, body, new Uint8Array(-body.length & 511));
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.chunks.flatMap((chunk) => Array.from(chunk)));
  }
}

/** The encrypted sum of these ballots, written as the protocol writes it. */
export function tally_of(ballots: readonly Ballot[]): string {
  const [first] = ballots;
  const rows = first?.answers.map((answer, question) =>
    answer.choices.map((_, choice) => sum_of(ballots.map((ballot) => sealed_at(ballot, question, choice)))),
  );
  return JSON.stringify(
    rows?.map((row) => row.map((sum) => ({ alpha: point_hex(sum.alpha), beta: point_hex(sum.beta) }))),
  );
}

function sealed_at(ballot: Ballot, question: number, choice: number): Sealed {
  const ciphertext = ballot.answers[question]?.choices[choice];
  if (ciphertext === undefined) throw new Error("no such choice");
  return sealed_of(ciphertext);
}

function named(names: readonly string[], values: readonly string[]): object {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}
