import assert from "node:assert/strict";
import { test } from "node:test";

import { utf8 } from "../ballot/encoding.ts";
import { type Receipt, check_receipt, sign_report, tracker } from "../ballot/index.ts";
import { SEEDS, SELECTION, SERVER_SEED, STANCES, election_of } from "./examples.ts";

const ELECTION = election_of(SELECTION);
const { fingerprint } = ELECTION;
const TRACKER = tracker(utf8("ballot"));

function receipt(
  changes: Partial<Receipt> = {},
  message = `piaojue-receipt|${fingerprint}|${TRACKER}`,
): Receipt {
  return { fingerprint, tracker: TRACKER, signature: sign_report(SERVER_SEED, utf8(message)), ...changes };
}

test("a receipt for this election and this ballot, signed by the installation, is accepted", () => {
  assert.equal(check_receipt(ELECTION, TRACKER, receipt()), true);
});

test("any other receipt is not", () => {
  const other = tracker(utf8("another ballot"));
  const { signature } = receipt();
  for (const [why, found] of [
    ["for another ballot", receipt({ tracker: other }, `piaojue-receipt|${fingerprint}|${other}`)],
    ["that names another ballot", receipt({ tracker: other })],
    ["for another election", receipt({ fingerprint: election_of(STANCES).fingerprint })],
    ["over another text", receipt({}, `${fingerprint}|${TRACKER}`)],
    [
      "by another key",
      receipt({ signature: sign_report(SEEDS[0], utf8(`piaojue-receipt|${fingerprint}|${TRACKER}`)) }),
    ],
    ["in capitals", receipt({ signature: signature.toUpperCase() })],
    ["too short", receipt({ signature: signature.slice(2) })],
    ["too long", receipt({ signature: `${signature}00` })],
    ["empty", receipt({ signature: "" })],
    ["zero", receipt({ signature: "0".repeat(128) })],
    ["no signature", { fingerprint, tracker: TRACKER } as Receipt],
    ["nothing", null as unknown as Receipt],
    ["a text", "receipt" as unknown as Receipt],
  ] as const) {
    assert.equal(check_receipt(ELECTION, TRACKER, found), false, why);
  }
});

test("whatever digit of the signature is changed, the receipt is not accepted", () => {
  const { signature } = receipt();
  for (let at = 0; at < signature.length; at += 7) {
    const digit = signature[at] === "0" ? "1" : "0";
    const changed = signature.slice(0, at) + digit + signature.slice(at + 1);
    assert.equal(check_receipt(ELECTION, TRACKER, receipt({ signature: changed })), false, `at ${at}`);
  }
});

test("a key that the election names and that is none verifies nothing", () => {
  const election = { ...ELECTION, server_key: "0".repeat(64) };
  assert.equal(check_receipt(election, TRACKER, receipt()), false);
});
