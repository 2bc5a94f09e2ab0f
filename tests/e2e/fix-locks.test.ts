import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { rm } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { startFaber, until } from "../helpers/faber.ts";
import { deploy, flat, killInApply, onEmulator, settings, statisticsOf } from "../helpers/fixing.ts";
import { canSeeProcesses } from "../helpers/processes.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

const why =
  noTerraform ?? noEmulator ?? (canSeeProcesses ? undefined : "there is no /proc to see processes in");
if (why !== undefined) console.warn(`skipped: locks that a killed faber left: ${why}`);

const endpoint = useEmulator(4748);
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const s3 = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials });
const Bucket = "fix-state";
const me = `${userInfo().username}@${hostname()}`;

const backend = (key: string): string =>
  `, backend: { bucket: ${Bucket}, key: ${key}, region: us-east-1, use_lockfile: true, use_path_style: true }`;
const inBucket = (key: string, fix = "auto"): Promise<Project> =>
  projectFrom("chain", {
    "faber.yaml": settings(onEmulator(endpoint, fix, backend(key))),
    "backend.tf": 'terraform {\n  backend "s3" {}\n}\n',
  });
const lockAt = (key: string): Promise<string | undefined> =>
  s3.send(new GetObjectCommand({ Bucket, Key: `${key}.tflock` })).then(
    async ({ Body }) => Body?.transformToString(),
    () => undefined,
  );
const leaveLock = async (key: string, lock: object): Promise<void> => {
  const Body = JSON.stringify({ Version: "1.11.4", Path: `${Bucket}/${key}`, ...lock });
  await s3.send(new PutObjectCommand({ Bucket, Key: `${key}.tflock`, Body }));
};

describe.skipIf(why !== undefined)("a lock in S3", () => {
  beforeAll(async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
  });
  afterAll(() => s3.destroy());

  test("that a killed faber left is taken away by the next run, unasked, and that run goes on to its end", async () => {
    const project = await inBucket("own.tfstate");
    await killInApply(project);
    const left = JSON.parse((await lockAt("own.tfstate")) ?? "{}") as Record<string, string>;
    expect(left["Who"]).toBe(me);
    const next = await deploy(project);
    expect(next.code, next.stderr).toBe(0);
    expect(flat(next)).toContain(`removed the lock ${left["ID"]} of run`);
    expect(next.json()["mending"]).toMatchObject({ fixes: [{ name: "unlock", outcome: "helped" }] });
    expect(await lockAt("own.tfstate")).toBeUndefined();
    expect(await statisticsOf(project)).toMatchObject({ total_resolutions: 1, automation_rate: 100 });
  });

  test.each([
    ["of another machine", "alice@laptop", "its processes cannot be seen from here"],
    ["of this user, that no run of ours made,", me, "no run of this project started a process"],
  ])("%s is left alone, and told with holder, age and command", async (_what, Who, reason) => {
    const key = `${reason.length}.tfstate`;
    const project = await inBucket(key);
    const ID = "0a1b2c3d-1111-2222-3333-444455556666";
    const Created = new Date(Date.now() - 600_000).toISOString();
    await leaveLock(key, { ID, Operation: "OperationTypeApply", Who, Created });
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(7);
    expect(flat(run)).toContain(reason);
    expect(flat(run)).toContain(`held by ${Who}`);
    expect(flat(run)).toContain("10 min ago");
    expect(flat(run)).toContain(`force-unlock ${ID}`);
    expect(await lockAt(key)).toContain(ID);
  });

  test("of a run of ours that is still at work is left alone", async () => {
    const project = await inBucket("busy.tfstate");
    await project.write({ hold: "" });
    const running = startFaber(["deploy", "--env=test", "--skip-tests", "--yes"], { cwd: project.dir });
    await until("the apply waits", () => project.has("second.begun"));
    const lock = await lockAt("busy.tfstate");
    // Another copy of the project, as a second checkout of it has: faber's own lock does not reach that far.
    const copy = await inBucket("busy.tfstate");
    const refused = await deploy(copy);
    expect(refused.code, refused.stderr).toBe(7);
    expect(flat(refused)).not.toContain("removed the lock");
    expect(await lockAt("busy.tfstate")).toBe(lock);
    await rm(project.path("hold"));
    expect(await running.ended).toMatchObject({ code: 0 });
  });
});

describe.skipIf(why !== undefined)("a lock on a local state", () => {
  test("ends with its process; that of a Terraform at work is left alone", async () => {
    const project = await projectFrom("chain", { "faber.yaml": settings("fix: auto") });
    await killInApply(project);
    const next = await deploy(project);
    expect(next.code, next.stderr).toBe(0);

    await project.write({ hold: "" });
    await rm(project.path("second.begun"), { force: true });
    await terraform(project.dir, ["taint", "terraform_data.second"]);
    const byHand = terraform(project.dir, ["apply", "-auto-approve"]);
    await until("the apply by hand waits", () => project.has("second.begun"));
    const refused = await deploy(project);
    await rm(project.path("hold"));
    await byHand;
    expect(refused.code, refused.stderr).toBe(7);
    expect(flat(refused)).toContain("force-unlock");
    expect(flat(refused)).not.toContain("removed the lock");
  });
});
