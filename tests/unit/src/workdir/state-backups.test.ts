import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepStateBackup } from "../../../../src/workdir/state-backups.ts";

test("keeps the ten newest states of each environment, for its owner alone", async () => {
  const stateDir = await mkdtemp(join(tmpdir(), "faber-backups-"));
  try {
    const keep = (name: string, second: number, text: string): Promise<string> =>
      keepStateBackup({ stateDir, name }, text, new Date(Date.UTC(2026, 10, 21, 9, 0, second)));
    const other = await keep("prod-eu", 0, "other");
    for (let second = 0; second < 9; second += 1) await keep("prod", second, `s${second}`);
    for (let same = 0; same < 4; same += 1) await keep("prod", 9, `same${same}`);
    const names = (await readdir(join(stateDir, "state-backups"))).filter((name) =>
      name.startsWith("prod-2"),
    );
    expect(names).toHaveLength(10);
    const texts = await Promise.all(
      names.map((name) => readFile(join(stateDir, "state-backups", name), "utf8")),
    );
    expect(texts.sort()).toEqual(["s3", "s4", "s5", "s6", "s7", "s8", "same0", "same1", "same2", "same3"]);
    expect((await stat(other)).mode & 0o777).toBe(0o600);
  } finally {
    await rm(stateDir, { recursive: true, force: true });
  }
});
