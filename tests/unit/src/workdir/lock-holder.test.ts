import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { judgeHolder, type JudgedHolder } from "../../../../src/workdir/lock-holder.ts";
import { processPlace } from "../../../../src/workdir/process-place.ts";

const gone = 2 ** 22 + 7; // Above the highest process ID of a usual system.
const at = "2026-11-21T09:00:00.000Z";
const soon = "2026-11-21T09:00:03.000Z";
const who = `dana@${hostname()}`;
let stateDir = "";

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "faber-lock-"));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

interface Told {
  readonly pid?: number;
  readonly host?: string;
  readonly command?: string;
  readonly project?: string;
  readonly environment?: string;
  readonly more?: readonly object[];
}

async function ran({
  pid = gone,
  host = processPlace(),
  command = "apply",
  project = "shop",
  environment = "test",
  more = [],
}: Told): Promise<void> {
  const dir = join(stateDir, "runs", "20261121T085900Z-abc123");
  await mkdir(dir, { recursive: true });
  const events = [
    { type: "run.started", at, run: { command: "deploy", project, environment, started_at: at } },
    { type: "tool.started", at, command, pid, host },
    ...more,
  ];
  await writeFile(join(dir, "journal.ndjson"), events.map((event) => JSON.stringify(event)).join("\n"));
}

const judge = (lock: object = {}): Promise<JudgedHolder> =>
  judgeHolder(
    { who, created: soon, operation: "OperationTypeApply", ...lock },
    { of: { stateDir, project: "shop", name: "test" }, root: "/no/such/root", tool: "terraform" },
  );

describe("a lock is a dead run's of ours", () => {
  test("when its process was started just before and is gone", async () => {
    await ran({});
    expect(await judge()).toEqual({
      kind: "our-dead-run",
      runId: "20261121T085900Z-abc123",
      pid: gone,
      command: "apply",
    });
  });

  test.each<[string, Told, object, string]>([
    ["its process lives", { pid: process.pid }, {}, "is still there"],
    ["it was made on another machine", {}, { who: "dana@elsewhere" }, "cannot be seen from here"],
    ["its process was another container's", { host: `${hostname()} pid:[1]` }, {}, "in another container"],
    ["it is older than any process", {}, { created: "2026-11-21T08:00:00.000Z" }, "no run of this project"],
    ["it is much younger", {}, { created: "2026-11-21T09:10:00.000Z" }, "no run of this project"],
    ["another kind of operation made it", { command: "plan" }, {}, "no run of this project"],
    ["another environment's run did", { environment: "prod" }, {}, "no run of this project"],
    ["another project's run did", { project: "other" }, {}, "no run of this project"],
    ["it does not say when it was made", {}, { created: undefined }, "does not say"],
    [
      "the process had ended when it was made",
      { more: [{ type: "stage.ended", at: "2026-11-21T09:00:00.500Z", result: { stage: "deploy" } }] },
      {},
      "no run of this project",
    ],
  ])("and nobody's of ours when %s", async (_what, told, lock, why) => {
    await ran(told);
    expect(await judge(lock)).toEqual({ kind: "other", why: expect.stringContaining(why) });
  });

  test("and nobody's when no run is known", async () => {
    expect(await judge()).toMatchObject({ kind: "other" });
  });
});
