import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { main } from "../../../src/cli/main.ts";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { testWorld } from "../../helpers/world.ts";
import {
  ministack,
  newCaller,
  ownEmulator,
  temporaryDir,
  type Caller,
  type Emulator,
} from "../hosting/setting.ts";

/** One issue, met on 30 days long ago: 20 of them stay in a log, the 10 oldest are for the archive. */
const history = JSON.stringify({
  version: "1.1",
  issues: [
    {
      issue_id: "old",
      first_seen: "2025-06-01T00:00:00Z",
      last_seen: "2025-06-30T00:00:00Z",
      occurrence_count: 30,
      error: { category: "permission", message: "AccessDenied on the queue", code: "AccessDenied" },
      occurrences: Array.from({ length: 30 }, (_, day) => ({
        occurrence_id: `day-${day + 1}`,
        at: `2025-06-${String(day + 1).padStart(2, "0")}T00:00:00Z`,
        environment: "test",
        resource_address: `aws_sqs_queue.q${day + 1}`,
      })),
    },
  ],
});

interface Ended {
  readonly code: number;
  readonly document: JsonObject;
}

describe.skipIf(ministack === undefined)("an issue log and S3", () => {
  let strict: Emulator;
  let caller: Caller;
  let s3: S3;
  let dir: string;
  let stateDir: string;
  beforeAll(async () => {
    dir = await temporaryDir();
    strict = await ownEmulator(4728, { AUTH: "true" });
    const { endpoint } = strict.place;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    s3 = new S3({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
    await s3.createBucket({ Bucket: "faber-archive" });
    caller = await newCaller(endpoint, dir);
    await writeFile(join(dir, "history.json"), history);
  });
  afterAll(async () => {
    await strict.stop();
    await rm(dir, { recursive: true, force: true });
  });

  const issues = async (...args: readonly string[]): Promise<Ended> => {
    const endpoint = `--endpoint=${strict.place.endpoint}`;
    const place = ["--env=test", "--hosting=emulator", endpoint, `--state-dir=${stateDir}`];
    const world = testWorld(["issues", ...args, ...place, "--json"], { cwd: dir, env: caller.env });
    const code = await main(world);
    const document: unknown = JSON.parse(world.out());
    return { code, document: objectAt(document) };
  };
  const known = async (): Promise<{ readonly counted: unknown; readonly kept: number }> => {
    const [issue] = arrayAt((await issues("list")).document["issues"]).map(objectAt);
    const shown = (await issues("show", stringAt(issue?.["id"]) ?? "")).document;
    const kept = arrayAt(shown["occurrences"]).filter((one) => objectAt(one)["archived"] !== true);
    return { counted: issue?.["occurrence_count"], kept: kept.length };
  };

  beforeEach(async () => {
    stateDir = await mkdtemp(join(dir, "state-"));
    expect((await issues("import", "history.json")).code).toBe(0);
    expect(await known()).toEqual({ counted: 30, kept: 30 });
  });

  it("moves old occurrences there under the original's key, and reads them back", async () => {
    const archived = await issues("archive", "--force", "--to=s3://faber-archive");
    expect(archived.document).toMatchObject({ outcome: "archived", occurrences: 10, exit: { code: 0 } });
    const place = stringAt(archived.document["place"]) ?? "";
    expect(place).toMatch(/^s3:\/\/faber-archive\/issue-logs\/issue-log-\d{8}T\d{6}Z-[0-9a-f]{6}\.json$/);
    const listed = await s3.listObjectsV2({ Bucket: "faber-archive" });
    expect(listed.Contents?.map(({ Key }) => `s3://faber-archive/${Key}`)).toEqual([place]);
    expect(await known()).toEqual({ counted: 30, kept: 20 });

    const back = await issues("import", place);
    expect(back.document).toMatchObject({ file: place, added: { issues: 0 }, exit: { code: 0 } });
    expect(await known()).toEqual({ counted: 30, kept: 30 });
  });

  it.each([
    ["no such bucket", ["--to=s3://faber-none"], "bucket-missing", 64],
    ["no bucket at all", ["--to=s3://"], "object-address-invalid", 64],
    ["no permission", ["--to=s3://faber-archive", "--profile=deployer"], "object-refused", 8],
    ["no credentials", ["--to=s3://faber-archive", "--profile=nobody"], "credentials-missing", 8],
    [
      "another account",
      ["--to=s3://faber-archive", "--profile=deployer", "--account=111111111111"],
      "wrong-account",
      8,
    ],
  ])("lets go of nothing when the upload is refused: %s", async (_, args, code, exit) => {
    const refused = await issues("archive", "--force", ...args);
    expect(refused.document).toMatchObject({ error: { code }, exit: { code: exit } });
    expect(refused.code).toBe(exit);
    expect(await known()).toEqual({ counted: 30, kept: 30 });
  });

  it("says when there is nothing at the address to import", async () => {
    const missing = await issues("import", "s3://faber-archive/issue-logs/none.json");
    expect(missing.document).toMatchObject({ error: { code: "object-missing" }, exit: { code: 64 } });
  });
});
