import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exitOf } from "../../../../src/core/exit.ts";
import type { Registry } from "../../../../src/core/registry.ts";
import {
  readRegistry,
  registeredEnvironments,
  statusOf,
  writeRegistry,
} from "../../../../src/workdir/registry.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-registry-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const source = { commit: "ce72f02c78ca80f79f282581e5d403faadce8ac6", root: "infra", dirty: false };
const registry: Registry = {
  schema_version: "faber.registry/1",
  project: "orders",
  environment: "test",
  hosting: "emulator",
  account: "000000000000",
  region: "us-east-1",
  workspace: "default",
  read_at: "2026-11-21T09:36:40.000Z",
  resources: [{ address: "aws_s3_bucket.b", type: "aws_s3_bucket", id: "b", arn: "arn:b", tainted: true }],
  endpoints: { url: "http://127.0.0.1:4566/x" },
  last_run: {
    run_id: "r",
    command: "deploy",
    status: "WARN",
    ended_at: "2026-11-21T09:36:40.000Z",
    exit: exitOf("done", "every stage ended well"),
    source,
  },
  last_good: { run_id: "r", ended_at: "2026-11-21T09:36:40.000Z", source },
};

test("comes back as it was written, in a file for its owner alone", async () => {
  const file = await writeRegistry(dir, registry);
  expect(await readRegistry(dir, "test")).toEqual(registry);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await registeredEnvironments(dir)).toEqual(["test"]);
});

test("a commit that is none becomes no part of a command", async () => {
  const file = await writeRegistry(dir, { ...registry, environment: "evil" });
  await writeFile(file, (await readFile(file, "utf8")).replaceAll(source.commit, "$(touch x)"));
  const read = await readRegistry(dir, "evil");
  expect(read?.last_good).toEqual({ run_id: "r", ended_at: "2026-11-21T09:36:40.000Z" });
  expect(read?.last_run).not.toHaveProperty("source");
});

test.each([
  ["nothing", undefined],
  ["no JSON", "{"],
  ["another schema", '{"schema_version":"faber.registry/9"}'],
])("%s is unknown", async (_what, text) => {
  if (text !== undefined) await writeFile(join(dir, "registry", "odd.json"), text);
  expect(await readRegistry(dir, "odd")).toBeUndefined();
  expect(await statusOf({ stateDir: dir, reportsDir: join(dir, "reports") }, "odd")).toEqual({
    environment: "odd",
  });
});
