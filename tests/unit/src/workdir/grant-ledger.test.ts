import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  appendToLedger,
  ledgerFile,
  readLedger,
  type LedgerEntry,
} from "../../../../src/workdir/grant-ledger.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-ledger-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const entry = (event: LedgerEntry["event"]): LedgerEntry => ({
  at: "2026-11-21T12:00:00Z",
  event,
  grant: "g0123456789",
  project: "shop",
  environment: "test",
  account: "123456789012",
  deployer: "arn:aws:iam::123456789012:user/deploy",
  by: "somebody",
  run: "r",
  why: ["i"],
});

test("lines are added, for the owner alone, and a line that a crash cut off costs no other", async () => {
  expect(await readLedger(dir)).toEqual([]);
  await appendToLedger(dir, entry("intent"));
  await appendFile(ledgerFile(dir), '{"at":"2026-11-21T12:00:0');
  await appendToLedger(dir, entry("granted"));
  expect((await readLedger(dir)).map(({ event }) => event)).toEqual(["intent", "granted"]);
  expect((await stat(ledgerFile(dir))).mode & 0o777).toBe(0o600);
  expect((await readFile(ledgerFile(dir), "utf8")).split("\n")[0]).toBe(JSON.stringify(entry("intent")));
});
