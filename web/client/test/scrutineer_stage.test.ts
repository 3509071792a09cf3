/** What a scrutineer's page makes of a server that asks for something it must not get. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { BASE, IDENTITY } from "../ballot/group.ts";
import type { Recount } from "../ballot/index.ts";
import type { KeyInMaking, Round } from "../page/scrutineer/told.ts";
import { key_stage, type OwnKey } from "../page/scrutineer/key_stage.ts";
import { stage_of, type Known } from "../page/scrutineer/stage.ts";
import { SELECTION, election_text } from "./examples.ts";

const HEAD = "4f".repeat(32);
const REPORT = `计票结果报告\n发出10张。\n监票人：1. 陈秀英，2. 赵建国，3. 王芳。\n封箱码：${HEAD}`;
const PAPER = "纸质表决票计票记录\n民生实事项目票决\n核对码：0123456789abcdef";

function key_of(threshold: number, size: number): KeyInMaking {
  const colleagues = Array.from({ length: size }, (_, at) => ({
    name: `监票人${at}`,
    ready: false,
    compared: false,
    restored: false,
  }));
  return {
    id: "k",
    number: 1,
    threshold,
    phase: "certificates",
    colleagues,
    certificate: null,
    dealt: false,
    received: false,
    compared: false,
  };
}

const NEW_HERE = { seed: null, checked: null, compared: null };

test("a key is made only if more than half and at most all of its makers open with it", () => {
  for (const [threshold, size] of [[2, 3], [3, 3], [3, 5], [1, 1]] as const) {
    assert.equal(key_stage(key_of(threshold, size), NEW_HERE), "make_key", `${threshold} of ${size}`);
  }
  for (const [threshold, size] of [[1, 3], [1, 2], [2, 4], [2, 5], [0, 1], [4, 3]] as const) {
    assert.equal(key_stage(key_of(threshold, size), NEW_HERE), "broken", `${threshold} of ${size}`);
  }
});

const CLOSED: Round = {
  id: "r",
  title: "民生实事项目票决",
  act: "票决",
  presider: "执行主席",
  state: "closed",
  ceremony: "k",
  needed: 2,
  key_registered: true,
  public_key: null,
  election: election_text([SELECTION]),
  trustees: "[]",
  closing_head: HEAD,
  ballots: 3,
  returned: 3,
  decrypted: false,
  opened: 0,
  stuck: false,
  confirmations: [],
  empty: null,
  paper: null,
  report: null,
  signed: false,
};

const RECOUNT = { head: HEAD, ballots: 3, election: { fingerprint: "f" } } as unknown as Recount;
const TOGETHER: OwnKey = {
  number: 1,
  seed: "",
  restored: false,
  checked: { document: "", hash: "", code: "", joint: { keys: [], joint: IDENTITY, ceremony: null } },
  secret: () => Promise.reject(new Error("nothing is opened here")),
};

function stage(round: Partial<Round>, known: Partial<Known> = {}): string {
  const own_name = "2. 赵建国";
  const all = { own_name, public_key: "", together: TOGETHER, election: null, recount: RECOUNT, replacing: false, ...known };
  return stage_of({ ...CLOSED, ...round }, all, "inside");
}

test("the report is not signed as a count on paper, nor the other way round", () => {
  assert.equal(stage({ paper: { text: PAPER, signed: false } }), "sign_paper");
  assert.equal(stage({ paper: { text: REPORT, signed: false } }), "paper_differs");
  assert.equal(stage({ paper: { text: `${PAPER}\n封箱码：${HEAD}`, signed: false } }), "paper_differs");
  assert.equal(stage({ state: "counted", report: REPORT }), "sign");
  assert.equal(stage({ state: "counted", report: PAPER }), "report_differs");
  assert.equal(stage({ state: "counted", report: REPORT.replace(HEAD, "5f".repeat(32)) }), "report_differs");
});

test("the report is signed only where it names this scrutineer under this number", () => {
  for (const own_name of ["1. 陈秀英", "2. 赵建国", "3. 王芳"]) {
    assert.equal(stage({ state: "counted", report: REPORT }, { own_name }), "sign", own_name);
  }
  for (const own_name of ["1. 赵建国", "2. 赵建", "2. 赵建国。", "4. 刘洋", ""]) {
    assert.equal(stage({ state: "counted", report: REPORT }, { own_name }), "report_differs", own_name);
  }
  const unnamed = REPORT.replace(/监票人：.*\n/, "");
  assert.equal(stage({ state: "counted", report: unnamed }), "report_differs");
  const elsewhere = unnamed.replace("发出10张。", "监票人：2. 赵建国。\n发出10张。");
  assert.equal(stage({ state: "counted", report: elsewhere }), "report_differs");
});

test("a phone that was restored from paper opens only what another has signed", () => {
  const ceremony = { threshold: 2, certificates: [], parties: [1, 2, 3].map(() => ({ signer: BASE, receiver: BASE })) };
  const joint = { keys: [], joint: IDENTITY, ceremony };
  const together = { ...TOGETHER, restored: true, checked: { ...TOGETHER.checked, joint } };
  assert.equal(stage({ state: "reconciled" }), "compare");
  assert.equal(stage({ state: "reconciled" }, { together }), "await_confirmations");
  const invented = JSON.stringify({ challenge: "1", response: "1" });
  for (const number of [1, 2, 3, 4]) {
    const confirmations = [{ number, signature: invented }];
    assert.equal(stage({ state: "reconciled", confirmations }, { together }), "await_confirmations");
  }
});
