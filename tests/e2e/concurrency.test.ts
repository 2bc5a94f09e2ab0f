import { CreateBucketCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, startFaber, until } from "../helpers/faber.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: concurrency: ${noTerraform}`);

const settings = "project: shop\nenvironments:\n  test: {}\n  other: { workspace: other }\n";
const held = (): Promise<Project> => projectFrom("chain", { "faber.yaml": settings, hold: "" });
const args = ["--env=test", "--yes", "--json"] as const;

const whyNoBucket = noTerraform ?? noEmulator;
if (whyNoBucket !== undefined) console.warn(`skipped: one S3 backend for two: ${whyNoBucket}`);
const endpoint = useEmulator(4763);

describe.skipIf(whyNoBucket !== undefined)("two working copies with one state in S3", () => {
  const backend =
    "{ bucket: shared-state, key: shop.tfstate, region: us-east-1, use_lockfile: true, use_path_style: true }";
  const s3 = new S3Client({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
  const copy = (files: Readonly<Record<string, string>>): Promise<Project> =>
    projectFrom("chain", {
      "faber.yaml": `project: shop\nenvironments:\n  test: { hosting: emulator, endpoint: "${endpoint}", region: us-east-1, fix: auto, backend: ${backend} }\n`,
      "backend.tf": 'terraform {\n  backend "s3" {}\n}\n',
      ...files,
    });
  const stateNow = async (): Promise<readonly string[]> => {
    const said = await s3.send(new GetObjectCommand({ Bucket: "shared-state", Key: "shop.tfstate" }));
    const state = objectAt(JSON.parse((await said.Body?.transformToString()) ?? "{}"));
    return arrayAt(state["resources"]).flatMap((one) => stringAt(objectAt(one)["name"]) ?? []);
  };

  test("get a turn or a clear exit 7, and nothing of either is lost", async () => {
    await s3.send(new CreateBucketCommand({ Bucket: "shared-state" }));
    const mine = await copy({ hold: "" });
    const more = 'resource "terraform_data" "theirs" {\n  input = "theirs"\n}\n';
    const theirs = await copy({ "more.tf": more });
    const first = startFaber(["deploy", ...args, "--skip-tests"], { cwd: mine.dir });
    await until("the apply waits", () => mine.has("second.begun"));

    for (const command of ["deploy", "destroy"]) {
      const second = await faber([command, ...args], { cwd: theirs.dir });
      expect(second.code, `${command}: ${second.stderr}`).toBe(7);
      expect(second.stderr).toMatch(/somebody else holds the state: \S+@\S+/);
      expect(second.stderr).not.toContain("removed the lock");
    }
    await rm(mine.path("hold"));
    const done = await first.ended;
    expect(done.code, done.stderr).toBe(0);
    expect(await stateNow()).toEqual(["first", "second", "third"]);

    // Both at once: each gets its turn or is told that it has to wait.
    const both = await Promise.all(
      [mine, theirs].map((project) => faber(["deploy", ...args, "--skip-tests"], { cwd: project.dir })),
    );
    for (const { code, stderr } of both) expect([0, 4, 7], stderr).toContain(code);
    const last = await faber(["deploy", ...args, "--skip-tests"], { cwd: theirs.dir });
    expect(last.code, last.stderr).toBe(0);
    expect(await stateNow()).toEqual(["first", "second", "theirs", "third"]);
  });
});

describe.skipIf(noTerraform !== undefined)("an environment that somebody else holds", () => {
  test("refuses a second deploy, naming who, and frees itself", async () => {
    const project = await held();
    const first = startFaber(["deploy", ...args, "--skip-tests"], { cwd: project.dir });
    await until("the apply waits", () => project.has("second.begun"));

    for (const command of ["deploy", "destroy"]) {
      const second = await faber([command, ...args], { cwd: project.dir });
      expect(second.code, second.stderr).toBe(7);
      expect(second.stderr).toContain("environment test is in use");
      expect(second.stderr).toContain(`process ${first.pid}`);
      expect(second.stderr).toMatch(/run \d{8}T\d{6}Z-[0-9a-f]{6}/);
      expect(second.json()).toMatchObject({
        error: { code: "environment-locked" },
        exit: { code: 7, name: "locked" },
      });
    }
    // Looking changes nothing.
    const looking = await faber(["validate", "--env=test", "--json"], { cwd: project.dir });
    expect(looking.code, looking.stderr).toBe(0);

    await rm(project.path("hold"));
    const done = await first.ended;
    expect(done.code, done.stderr).toBe(0);
    expect(stringAt(done.json()["run_id"])).toBeDefined();
    const third = await faber(["deploy", ...args, "--skip-tests"], { cwd: project.dir });
    expect(third.code, third.stderr).toBe(0);
  });

  test("refuses another environment of the same folder nothing", async () => {
    const project = await held();
    const first = startFaber(["deploy", ...args, "--skip-tests"], { cwd: project.dir });
    await until("the apply waits", () => project.has("second.begun"));
    const other = await faber(["preview", "--env=other", "--json"], { cwd: project.dir });
    expect(other.code, other.stderr).toBe(0);
    await rm(project.path("hold"));
    expect((await first.ended).code).toBe(0);
  });

  test("of two that start at once, one deploys and one is refused", async () => {
    const project = await projectFrom("words", { "faber.yaml": settings });
    const both = await Promise.all(
      [1, 2, 3].map(() => faber(["deploy", ...args, "--skip-tests"], { cwd: project.dir })),
    );
    const codes = both.map((ran) => ran.code);
    expect(codes, both.map((ran) => ran.stderr).join("\n")).toContain(0);
    expect(codes.every((code) => code === 0 || code === 7)).toBe(true);
    expect((await terraform(project.dir, ["state", "list"])).trim()).toBe("terraform_data.word");
    expect([...(await project.files(".faber/locks")).keys()]).toEqual([]);
  });

  test("whose state Terraform itself has locked refuses with the holder", async () => {
    const project = await held();
    await terraform(project.dir, ["init", "-input=false"]);
    const byHand = terraform(project.dir, ["apply", "-auto-approve", "-input=false"]);
    await until("the apply waits", () => project.has("second.begun"));

    const ran = await faber(["deploy", ...args, "--skip-tests"], { cwd: project.dir });
    expect(ran.code, ran.stderr).toBe(7);
    expect(ran.stderr).toMatch(
      /somebody else holds the state: \S+@\S+, since \d{4}-\d\d-\d\d.*OperationTypeApply/s,
    );

    await rm(project.path("hold"));
    await byHand;
  });

  test("a lock that is no lock, or of a process that is gone, is taken over", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": settings,
      ".faber/locks/test.lock": "{ cut off",
    });
    const first = await faber(["deploy", ...args, "--skip-tests"], { cwd: project.dir });
    expect(first.code, first.stderr).toBe(0);
  });
});
