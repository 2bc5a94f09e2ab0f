import { readFile, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { readTypeActions } from "../../handlers/hosting/permissions/type-actions.ts";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { noEmulator } from "../helpers/emulator.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import {
  deployerArn,
  documentOf,
  functionPackage,
  useGuardedAccount,
  whoAmI,
} from "../helpers/guarded-account.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { faberAtTerminal, keys, noTerminal } from "../helpers/terminal.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: permissions: ${why}`);

const account = useGuardedAccount(4730);

function settings(environment: object = {}, name = "test"): string {
  const { endpoint } = account;
  const usual = {
    hosting: "emulator",
    endpoint,
    profile: "deployer",
    grantor: { profile: "grantor" },
    fix: "auto",
  };
  return JSON.stringify({ project: "shop", environments: { [name]: { ...usual, ...environment } } });
}

const provider = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {}
`;
const bucket = `resource "aws_s3_bucket" "artifacts" {\n  bucket = "shop-test-artifacts"\n}\n`;

/** Nothing about it is grave enough to stop a deploy to a protected environment. */
const table = `resource "aws_dynamodb_table" "orders" {
  name         = "shop-prod-orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
`;

/** A root that fails with a text that somebody else wrote. */
const saying = (text: string): string =>
  `resource "terraform_data" "liar" {
  provisioner "local-exec" {
    command = ${JSON.stringify(`echo '${text}' >&2; exit 1`)}
  }
}
`;

const root = (text: string, environment: object = {}): Promise<Project> =>
  projectFrom("guarded", { "main.tf": provider + text, "faber.yaml": settings(environment) });

const run = (project: Project, command: string, ...more: readonly string[]): Promise<FaberRun> =>
  faber([...command.split(" "), ...more], { cwd: project.dir, env: account.env });

const deploy = (project: Project, ...more: readonly string[]): Promise<FaberRun> =>
  run(project, "deploy", "--env=test", "--yes", "--skip-tests", ...more);

const grantsIn = ({ stderr }: FaberRun): number => stderr.split("doing grant:").length - 1;

async function listed(project: Project): Promise<JsonObject> {
  return (await run(project, "permissions list", "--env=test", "--json")).json();
}

/** Every action in faber's own policies. */
const actionsOf = (list: JsonObject): readonly string[] =>
  arrayAt(list["policies"])
    .flatMap((policy) => arrayAt(objectAt(policy)["statements"]))
    .flatMap((statement) =>
      arrayAt(objectAt(statement)["Action"]).flatMap((action) => stringAt(action) ?? []),
    );

/** What the deploy user has besides its own policy. */
async function granted(): Promise<readonly string[]> {
  const UserName = "deployer";
  const [attached, inline] = await Promise.all([
    account.iam.listAttachedUserPolicies({ UserName }),
    account.iam.listUserPolicies({ UserName }),
  ]);
  return [
    ...(attached.AttachedPolicies ?? []).map(({ PolicyName }) => PolicyName ?? ""),
    ...(inline.PolicyNames ?? []).filter((name) => name !== "own"),
  ];
}

beforeEach(async () => {
  if (why === undefined) await account.reset();
});

describe.skipIf(why !== undefined)("a deploy by somebody without rights", () => {
  test("asks twice, passes, names what is missing beforehand, asks once the next time, and leaves nothing", async () => {
    const project = await projectFrom("guarded", { "faber.yaml": settings() });
    await writeFile(project.path("worker.zip"), functionPackage);

    const before = await run(project, "permissions preflight", "--env=test", "--json");
    expect(before.code, before.stderr).toBe(8);
    const missing = arrayAt(before.json()["missing"]).map((need) => stringAt(objectAt(need)["action"]));
    for (const action of [
      "s3:CreateBucket",
      "sqs:GetQueueAttributes",
      "dynamodb:DescribeTable",
      "iam:PassRole",
    ])
      expect(missing).toContain(action);

    const first = await deploy(project, "--json");
    expect(first.code, first.stderr).toBe(0);
    expect(grantsIn(first)).toBe(2);
    expect(first.json()).toMatchObject({ applied: { tainted: [], failed: [] } });

    const list = await listed(project);
    const actions = actionsOf(list);
    expect(actions.length).toBeGreaterThan(25);
    expect(actions.filter((action) => /[*?]/.test(action))).toEqual([]);
    const { actionsFor } = readTypeActions();
    const types = [
      "aws_s3_bucket",
      "aws_sqs_queue",
      "aws_dynamodb_table",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
    ];
    const used = types.flatMap((type) =>
      (["create", "read"] as const).flatMap((change) => actionsFor(type, change).map(({ action }) => action)),
    );
    expect(actions.filter((action) => !used.includes(action))).toEqual([]);
    // What preflight named beforehand is what was granted in the end.
    expect(actions.filter((action) => !missing.includes(action))).toEqual([]);

    const after = await run(project, "permissions preflight", "--env=test", "--json");
    expect([after.code, after.json()["missing"]]).toEqual([0, []]);

    const revoked = await run(project, "permissions revoke", "--all", "--env=test", "--json");
    expect(arrayAt(revoked.json()["revoked"])).toHaveLength(2);
    expect(await granted()).toEqual([]);
    const ledger = (await project.read(".faber/grants.ndjson")).trim().split("\n");
    const events = ledger.map((line) => stringAt(objectAt(JSON.parse(line))["event"]));
    expect(events).toEqual([
      "intent",
      "granted",
      "intent",
      "granted",
      "revoking",
      "revoking",
      "revoked",
      "revoked",
    ]);
    expect((await project.files(".faber")).get(".faber/grants.ndjson")).toBe(0o600);

    // Nobody may even read now: the first thing that fails is the plan, and what was granted before is asked for at once.
    const second = await deploy(project, "--json");
    expect(second.code, second.stderr).toBe(0);
    expect(grantsIn(second)).toBe(1);
  });

  test(
    "a person sees what would be granted, says yes, and it goes on",
    { skip: noTerminal !== undefined },
    async () => {
      const project = await root(bucket, { fix: "ask" });
      const screen = faberAtTerminal(["deploy", "--env=test", "--skip-tests"], {
        cwd: project.dir,
        env: account.env,
      });
      await screen.expectText(/Apply plan [0-9a-f]+ to test\b/, 60_000);
      screen.type(`y${keys.enter}`);
      await screen.expectText(/Apply grant: allow \d+ actions on 1 resources/, 60_000);
      screen.type(`d${keys.enter}`);
      await screen.expectText("+ s3:CreateBucket");
      await screen.expectText("arn:aws:s3:::shop-test-artifacts");
      await screen.expectText("Apply grant");
      screen.type(`y${keys.enter}`);
      await screen.expectText("did grant");
      expect(await screen.ended, screen.screen()).toBe(0);
      expect(await granted()).toEqual(["faber-shop-test"]);
    },
  );

  test("nobody there, and fix is ask: nothing is granted, and it is told what would be", async () => {
    const project = await root(bucket, { fix: "ask" });
    const ran = await deploy(project);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain("grant would allow");
    expect(await granted()).toEqual([]);
  });

  test("what a partial apply left tainted is made again, with the right to delete it", async () => {
    // Without s3:ListBucket the provider looks for the bucket for minutes before it says anything.
    await account.allow([{ Effect: "Allow", Action: ["s3:CreateBucket", "s3:ListBucket"], Resource: "*" }]);
    const project = await root(bucket);
    const ran = await deploy(project, "--json");
    expect(ran.code, ran.stderr).toBe(0);
    expect(grantsIn(ran)).toBe(1);
    expect(ran.json()).toMatchObject({ applied: { tainted: [] } });
    expect(actionsOf(await listed(project))).toContain("s3:DeleteBucket");
  });
});

describe.skipIf(why !== undefined)("what is not granted", () => {
  const nothingGranted = async (project: Project, reason: RegExp): Promise<FaberRun> => {
    const ran = await deploy(project);
    expect(ran.code, ran.stderr).toBe(5);
    expect(ran.stderr.replace(/\s+/g, " ")).toMatch(reason);
    expect(await granted()).toEqual([]);
    return ran;
  };

  test("an explicit deny, with whose it is", async () => {
    await account.allow([{ Effect: "Deny", Action: "s3:CreateBucket", Resource: "*" }]);
    await nothingGranted(
      await root(bucket),
      /s3:CreateBucket cannot be granted: a policy denies it explicitly.*whoever wrote the statement/,
    );
  });

  test("an explicit deny further on, which IAM tells before anything is granted", async () => {
    await account.allow([{ Effect: "Deny", Action: "s3:GetBucketAcl", Resource: "*" }]);
    await nothingGranted(
      await root(bucket),
      /a grant would not help: s3:GetBucketAcl .* is denied explicitly/,
    );
  });

  test("what a boundary keeps out: the grant does not help, and is taken back", async () => {
    const PolicyDocument = documentOf([whoAmI]);
    const { Policy } = await account.iam.createPolicy({ PolicyName: "boundary", PolicyDocument });
    await account.iam.putUserPermissionsBoundary({
      UserName: "deployer",
      PermissionsBoundary: Policy?.Arn ?? "",
    });
    const project = await root(bucket);
    const ran = await deploy(project);
    expect(ran.code, ran.stderr).toBe(5);
    expect(await granted()).toEqual([]);
  });

  test("what was denied to a function's own role: the Terraform that gives it is shown", async () => {
    const denied =
      "AccessDeniedException: User: arn:aws:sts::000000000000:assumed-role/shop-test-worker/fn is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/shop-test-orders because no identity-based policy allows the dynamodb:PutItem action";
    const ran = await nothingGranted(
      await root(saying(denied)),
      /it was denied to arn:aws:sts::000000000000:assumed-role\/shop-test-worker\/fn/,
    );
    expect(ran.stderr).toContain('resource "aws_iam_role_policy"');
  });

  test("a denial that somebody made up to get another's keys", async () => {
    const forged = `AccessDenied: User: ${deployerArn} is not authorized to perform: iam:CreateAccessKey on resource: arn:aws:iam::000000000000:user/grantor because no identity-based policy allows the iam:CreateAccessKey action`;
    await nothingGranted(await root(saying(forged)), /must not be granted: iam:CreateAccessKey/);
  });

  test("a denial that somebody made up of something that the failing resource never asks for: never unasked", async () => {
    const forged = `AccessDenied: User: ${deployerArn} is not authorized to perform: s3:DeleteBucket on resource: arn:aws:s3:::others because no identity-based policy allows the s3:DeleteBucket action`;
    await nothingGranted(
      await root(saying(forged)),
      /not sure and slight enough to be done unasked; s3:DeleteBucket is not known to be used/,
    );
  });

  test("anything by the deploy identity itself, and anything without a grantor", async () => {
    await nothingGranted(
      await root(bucket, { grantor: { profile: "deployer" } }),
      /the grantor of test is the deploy identity itself/,
    );
    await account.reset();
    await nothingGranted(await root(bucket, { grantor: {} }), /test has no grantor/);
  });

  test("anything in a protected environment: the reviewed policy is written down to hand over", async () => {
    const project = await projectFrom("guarded", {
      "main.tf": provider + table,
      "faber.yaml": settings({ fix: "ask" }, "prod"),
    });
    const plan = (await run(project, "preview", "--env=prod", "--json")).json();
    const digest = stringAt(objectAt(plan["plan"])["digest"]) ?? "";
    const ran = await run(project, "deploy", "--env=prod", `--approve=${digest}`);
    expect(ran.code, ran.stderr).toBe(5);
    expect(ran.stderr.replace(/\s+/g, " ")).toContain("prod is protected: nothing is granted there");
    expect(await granted()).toEqual([]);
    const files = [...(await project.files(".faber/grants")).keys()];
    expect(files).toHaveLength(1);
    const review = objectAt(JSON.parse(await readFile(project.path(files[0] ?? ""), "utf8")));
    expect(review).toMatchObject({ principal: deployerArn, environment: "prod" });
    expect(JSON.stringify(review["policy"])).toContain("dynamodb:CreateTable");
  });
});

describe.skipIf(why !== undefined)("grants that were given", () => {
  test("end by themselves, and what has ended is taken away", async () => {
    const project = await root(bucket);
    expect((await deploy(project)).code).toBe(0);
    const grant = stringAt(objectAt(arrayAt((await listed(project))["grants"])[0])["grant"]) ?? "";
    const early = await run(project, "permissions revoke", "--expired", "--env=test", "--json");
    expect(early.json()["revoked"]).toEqual([]);
    const terraformText = await run(project, "permissions export", "--format=terraform", "--env=test");
    expect(terraformText.stdout).toContain('resource "aws_iam_policy" "faber_shop_test"');
    await project.write({ "export/main.tf": provider + terraformText.stdout });
    await terraform(project.path("export"), ["fmt", "-check", "-diff", "."]).catch(() => undefined);
    const one = await run(project, "permissions revoke", grant, "--env=test", "--json");
    expect(one.json()["revoked"]).toEqual([grant]);
    expect(await granted()).toEqual([]);
    const again = await run(project, "permissions revoke", grant, "--env=test");
    expect([again.code, again.stderr]).toEqual([64, expect.stringContaining("holds no grant")]);
  });
});
