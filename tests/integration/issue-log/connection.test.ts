import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../../issue-log/sqlite/connection.ts";

test("every connection is durable, patient and strict", async () => {
  const dir = await mkdtemp(join(tmpdir(), "faber-issue-log-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  // The second finds a file that is there: what the first set has to hold for it, too.
  for (let round = 0; round < 2; round += 1) {
    const db = await connect(join(dir, "issue-log.db"));
    const pragma = (name: string): unknown => db.prepare(`PRAGMA ${name}`).pluck().get();
    expect(pragma("journal_mode")).toBe("wal");
    expect(pragma("synchronous")).toBe(2);
    expect(pragma("foreign_keys")).toBe(1);
    expect(pragma("busy_timeout")).toBe(20_000);
    expect(pragma("user_version")).toBe(1);
    db.close();
  }
});
