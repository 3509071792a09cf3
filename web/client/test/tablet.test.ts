/** When a tablet clears itself, and where it keeps things until then. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { LeavingClock } from "../page/tablet/leaving_clock.ts";
import { MemoryShelf } from "../page/tablet/memory_shelf.ts";

const PATIENCE = { receipt_ms: 5_000, idle_ms: 60_000 };

test("after a minute without a touch a tablet clears itself, and says so twenty seconds before", () => {
  const clock = new LeavingClock(PATIENCE, 0);
  assert.deepEqual(clock.verdict(39_999), { kind: "stay" });
  assert.deepEqual(clock.verdict(40_000), { kind: "warn", left: 20 });
  assert.deepEqual(clock.verdict(59_001), { kind: "warn", left: 1 });
  assert.deepEqual(clock.verdict(60_000), { kind: "clear" });
  clock.touch(59_000);
  assert.deepEqual(clock.verdict(60_000), { kind: "stay" });
});

test("a receipt goes after five seconds even under a finger, unless its reader asks for time", () => {
  const clock = new LeavingClock(PATIENCE, 0);
  clock.show_receipt(100_000);
  clock.touch(104_000);
  assert.deepEqual(clock.verdict(104_500), { kind: "receipt", left: 1 });
  assert.deepEqual(clock.verdict(105_000), { kind: "clear" });
  clock.without_receipt(104_900);
  assert.deepEqual(clock.verdict(105_000), { kind: "stay" });
  assert.deepEqual(clock.verdict(164_900), { kind: "clear" });
});

test("a tablet's shelf holds what is put on it, by name and by place, until it is taken away", () => {
  const shelf = new MemoryShelf();
  assert.deepEqual([shelf.length, shelf.key(0), shelf.getItem("a")], [0, null, null]);
  shelf.setItem("a", "1");
  shelf.setItem("b", "2");
  shelf.setItem("a", "3");
  assert.deepEqual([shelf.length, shelf.key(0), shelf.key(1), shelf.getItem("a")], [2, "a", "b", "3"]);
  shelf.removeItem("a");
  shelf.removeItem("nothing");
  assert.deepEqual([shelf.length, shelf.key(0), shelf.getItem("a")], [1, "b", null]);
});
