import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { isObject } from "../../src/core/json.ts";
import { noEmulator } from "../helpers/emulator.ts";
import { startFaber, until } from "../helpers/faber.ts";
import { bucket, useGuardedProjects } from "../helpers/guarded-projects.ts";
import type { Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: grants that are killed: ${why}`);

const { account, root, run, granted } = useGuardedProjects(4761);
const grant = ["permissions", "grant", "--from=preflight", "--env=test", "--yes", "--json"];

describe.skipIf(why !== undefined)("a grant that is killed", () => {
  let project: Project | undefined;
  beforeAll(async () => {
    project = await root(bucket);
  });
  const ledger = (): string => {
    const file = project?.path(".faber/grants.ndjson") ?? "";
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  };

  test.each([
    ["SIGINT", "intent"],
    ["SIGKILL", "intent"],
    ["SIGTERM", "granted"],
    ["SIGKILL", "granted"],
  ] as const)(
    "by %s once its ledger says %s can be taken back whole, and no line is lost",
    async (signal, event) => {
      if (project === undefined) throw new Error("there is no project");
      const known = ledger();
      const running = startFaber(grant, { cwd: project.dir, env: account.env });
      let over = false;
      void running.ended.then(() => (over = true));
      const says = (): boolean => ledger().slice(known.length).includes(`"event":"${event}"`);
      await until(`the ledger says ${event}`, () => over || says(), 180_000);
      expect(says(), "it ended before").toBe(true);
      const acknowledged = ledger();
      running.kill(signal);
      await running.ended;

      const revoked = await run(project, "permissions revoke --all --env=test --json");
      expect(revoked.code, revoked.stderr).toBe(0);
      expect(await granted()).toEqual([]);
      expect(ledger().startsWith(acknowledged)).toBe(true);
      for (const line of ledger().trim().split("\n")) expect(isObject(JSON.parse(line))).toBe(true);
    },
  );
});
