import { describe, expect, test } from "vitest";
import { doorTo } from "../helpers/door.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, otherHome, type FaberRun } from "../helpers/faber.ts";
import { projectFrom, temporaryFolder, type Project } from "../helpers/project.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: refusals of a cloud: ${why}`);

const endpoint = useEmulator(4741);

const store = (environment: string): Promise<Project> =>
  projectFrom("store", { "faber.yaml": `project: shop\nenvironments:\n  test: ${environment}\n` });

/** Nothing on this machine may lend an identity. */
const nobody = async (): Promise<Record<string, string>> => ({
  ...otherHome(await temporaryFolder()),
  AWS_EC2_METADATA_DISABLED: "true",
});

const deploy = (
  project: Project,
  env: Record<string, string>,
  ...more: readonly string[]
): Promise<FaberRun> =>
  faber(["deploy", "--env=test", "--yes", "--skip-tests", "--json", ...more], { cwd: project.dir, env });

function expectRefused(ran: FaberRun, project: Project, code: number): void {
  expect(ran.code, ran.stderr).toBe(code);
  expect(ran.json()).toMatchObject({ exit: { code } });
  expect(ran.stderr).toContain("hint:");
  // Refused before Terraform was asked anything.
  expect(project.has(".terraform")).toBe(false);
  expect(project.has("terraform.tfstate")).toBe(false);
}

describe.skipIf(noTerraform !== undefined)("without the right identity", () => {
  test("no credentials at all are refused at once", async () => {
    const project = await store("{ hosting: aws, region: us-east-1 }");
    const ran = await deploy(project, await nobody());
    expectRefused(ran, project, 8);
    expect(ran.stderr).toMatch(/credentials/);
  });

  test("an emulator's credentials do not go to AWS", async () => {
    const project = await store("{ hosting: aws, region: us-east-1 }");
    const env = { ...(await nobody()), AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    const ran = await deploy(project, env);
    expectRefused(ran, project, 8);
    expect(ran.stderr).toContain('access key "test" is one for emulators');
  });

  test("real credentials do not go to an emulator's address", async () => {
    const project = await store("{ hosting: aws, region: us-east-1 }");
    const env = {
      ...(await nobody()),
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
      AWS_ENDPOINT_URL: "http://127.0.0.1:4741",
    };
    const ran = await deploy(project, env);
    expectRefused(ran, project, 64);
    expect(ran.stderr).toContain("AWS_ENDPOINT_URL");
    expect(ran.stderr).not.toContain("wJalrXUtn");
  });

  test("a profile that does not exist is named", async () => {
    const project = await store("{ hosting: aws, region: us-east-1, profile: deployer }");
    const ran = await deploy(project, await nobody());
    expectRefused(ran, project, 8);
    expect(ran.stderr).toContain("deployer");
  });

  test("looking at the files needs none", async () => {
    const project = await store("{ hosting: aws, region: us-east-1 }");
    const ran = await faber(["validate", "--env=test", "--json"], { cwd: project.dir, env: await nobody() });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.json()).toMatchObject({ overall_status: "PASS" });
  });
});

describe.skipIf(why !== undefined)("with an emulator", () => {
  test("another account than the pinned one is refused", async () => {
    const project = await store(
      `{ hosting: emulator, endpoint: "${endpoint}", account: "111122223333", profile: other }`,
    );
    const home = await temporaryFolder();
    await project.write({
      "keys.ini": "[other]\naws_access_key_id = 444455556666\naws_secret_access_key = test\n",
    });
    const env = { ...otherHome(home), AWS_SHARED_CREDENTIALS_FILE: project.path("keys.ini") };
    const ran = await deploy(project, env);
    expectRefused(ran, project, 8);
    expect(ran.stderr).toContain("444455556666");
    expect(ran.stderr).toContain("111122223333");
  });

  test("whose address nobody answers, and that nobody can start, is refused", async () => {
    const project = await store(`{ hosting: emulator, endpoint: "http://127.0.0.1:4742" }`);
    const none = await temporaryFolder();
    const ran = await deploy(project, { ...(await nobody()), FABER_TOOLS_DIR: none });
    expectRefused(ran, project, 64);
    expect(ran.stderr).toContain("nothing answers at http://127.0.0.1:4742");
    expect(ran.stderr).toContain("faber doctor --install");
  });

  test("that goes away in the middle of an apply fails it soon, and what is known is told", async () => {
    const door = await doorTo(endpoint, "Action=CreateTopic");
    const project = await store(`{ hosting: emulator, endpoint: "${door.url}" }`);
    const main = await project.read("main.tf");
    await project.write({
      "main.tf": main.replace('provider "aws" {}', 'provider "aws" {\n  max_retries = 1\n}'),
      "first.tf": 'resource "terraform_data" "first" {\n  input = "first"\n}\n',
    });
    const ran = await deploy(project, {});
    expect(door.isShut()).toBe(true);
    expect(ran.code, ran.stderr).toBe(5);
    expect(ran.json()).toMatchObject({ applied: { failed: ["aws_sns_topic.news"] } });
    expect(ran.stderr).toMatch(/connection refused|EOF|connection reset/);
    expect(await terraform(project.dir, ["state", "list"])).toContain("terraform_data.first");
  });
});
