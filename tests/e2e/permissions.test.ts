import { describe, beforeEach, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { faber, type FaberRun } from "../helpers/faber.ts";
import { actionsIn, bucket, useGuardedProjects } from "../helpers/guarded-projects.ts";
import { noEmulator } from "../helpers/emulator.ts";
import { temporaryFolder, type Project } from "../helpers/project.ts";
import { providerActions } from "../helpers/provider-actions.ts";
import { faberAtTerminal, keys, noTerminal, type Terminal } from "../helpers/terminal.ts";
import { noTerraform, terraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: permissions: ${why}`);

const { account, root, stack, run, deploy, granted } = useGuardedProjects(4730);

const timesGranted = ({ stderr }: FaberRun): number => stderr.split("doing grant:").length - 1;
const listed = async (project: Project): Promise<JsonObject> =>
  (await run(project, "permissions list --env=test --json")).json();
const atTerminal = (project: Project): Terminal =>
  faberAtTerminal(["deploy", "--env=test", "--skip-tests"], { cwd: project.dir, env: account.env });

/** A queue makes the provider wait 25 s. */
const withoutQueue = (text: string): string => text.replace(/resource "aws_sqs_queue"[^}]*\}\n/, "");

beforeEach(async () => {
  if (why === undefined) await account.reset();
});

describe.skipIf(why !== undefined)("a deploy by somebody without rights", () => {
  test("asks twice, passes, names what is missing beforehand, asks once the next time, and leaves nothing", async () => {
    const project = await stack();
    const before = await run(project, "permissions preflight --env=test --json");
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
    expect(timesGranted(first)).toBe(2);
    expect(first.json()).toMatchObject({ applied: { tainted: [], failed: [] } });

    const actions = actionsIn(await listed(project));
    expect(actions.length).toBeGreaterThan(25);
    expect(actions.filter((action) => /[*?]/.test(action))).toEqual([]);
    const used = await providerActions([
      "aws_s3_bucket",
      "aws_sqs_queue",
      "aws_dynamodb_table",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
    ]);
    // A role is passed without a call of its own.
    expect(actions.filter((action) => !used.has(action) && action !== "iam:PassRole")).toEqual([]);
    // What preflight named beforehand is what was granted in the end.
    expect(actions.filter((action) => !missing.includes(action))).toEqual([]);

    const after = await run(project, "permissions preflight --env=test --json");
    expect([after.code, after.json()["missing"]]).toEqual([0, []]);

    const revoked = await run(project, "permissions revoke --all --env=test --json");
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
    expect(timesGranted(second)).toBe(1);
  });

  test(
    "a person is told what it is, what is known and what would be granted, says yes, and it goes on and is learnt",
    { skip: noTerminal !== undefined },
    async () => {
      const project = await stack({ fix: "ask" }, withoutQueue);
      const screen = atTerminal(project);
      await screen.expectText(/Apply plan [0-9a-f]+ to test\b/, 120_000);
      screen.type(`y${keys.enter}`);
      await screen.expectText(/permission · AccessDenied\S* · (?:s3|dynamodb|iam):Create/, 120_000);
      await screen.expectText("Allow the caller this one action on this one resource");
      await screen.expectText("automatic (grant)");
      await screen.expectText(/Apply grant: allow \d+ actions on \d+ resources/, 120_000);
      screen.type(`d${keys.enter}`);
      await screen.expectText("+   on arn:aws:s3:::shop-test-artifacts");
      await screen.expectText("Apply grant");
      screen.type(`y${keys.enter}`);
      await screen.expectText("did grant", 120_000);
      await screen.expectText(/Apply grant: allow/, 120_000);
      screen.type(`y${keys.enter}`);
      await screen.expectText("did grant", 120_000);
      expect(await screen.ended, screen.screen()).toBe(0);
      expect(await granted()).toEqual(["faber-shop-test"]);
      await provesToBeLearnt(project);
    },
  );

  test("nobody there, and fix is ask: nothing is granted, and it is told what would be", async () => {
    const project = await root(bucket, { fix: "ask" });
    const ran = await deploy(project);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain("grant would allow");
    expect(ran.stderr).toContain("+   on arn:aws:s3:::shop-test-artifacts");
    expect(await granted()).toEqual([]);
  });
});

/** The outcome is in the log, and what helped stands higher than where nobody has tried it. */
async function provesToBeLearnt(project: Project): Promise<void> {
  const { issues } = (await run(project, "issues list --json")).json();
  const denied = arrayAt(issues)
    .map(objectAt)
    .filter(({ category }) => category === "permission");
  expect(denied.length).toBeGreaterThan(1);
  const helped = await Promise.all(
    denied.map(async ({ id, message }) => {
      const shown = (await run(project, `issues show ${stringAt(id) ?? ""} --json`)).json();
      const records = arrayAt(shown["solutions"]).map((each) => objectAt(objectAt(each)["record"]));
      return records.some(({ successes }) => successes === 1) ? [stringAt(message) ?? ""] : [];
    }),
  );
  const [message = ""] = helped.flat();
  const proposed = async (cwd: string): Promise<readonly JsonObject[]> => {
    const told = await faber(["debug", `--error=${message}`, "--json"], { cwd, env: account.env });
    return arrayAt(told.json()["solutions"]).map(objectAt);
  };
  const [[now], elsewhere] = [await proposed(project.dir), await proposed(await temporaryFolder())];
  expect(now).toMatchObject({
    automation: { automated: true, handler: "grant" },
    success_rate: { attempts: 1, successes: 1, percentage: 100 },
  });
  const before = elsewhere.find(({ solution_id: id }) => id === now?.["solution_id"]);
  expect(before).toMatchObject({ success_rate: { attempts: 0 } });
  expect(Number(now?.["lower_bound"])).toBeGreaterThan(Number(before?.["lower_bound"]));
}

describe.skipIf(why !== undefined)("what a partial apply left behind", () => {
  test("a tainted bucket is made again, with the right to delete it; the grant ends when it is told to", async () => {
    // Without s3:ListBucket the provider looks for the bucket for minutes before it says anything.
    await account.allow([{ Effect: "Allow", Action: ["s3:CreateBucket", "s3:ListBucket"], Resource: "*" }]);
    const project = await root(bucket, { fix: "ask" });
    const ran = await deploy(project, "--fix=auto", "--json");
    expect(ran.code, ran.stderr).toBe(0);
    expect(timesGranted(ran)).toBe(1);
    expect(ran.json()).toMatchObject({ applied: { tainted: [] } });
    const list = await listed(project);
    expect(actionsIn(list)).toContain("s3:DeleteBucket");

    const grant = stringAt(objectAt(arrayAt(list["grants"])[0])["grant"]) ?? "";
    const early = await run(project, "permissions revoke --expired --env=test --json");
    expect(early.json()["revoked"]).toEqual([]);
    const exported = await run(project, "permissions export --format=terraform --env=test");
    expect(exported.stdout).toContain('resource "aws_iam_policy" "faber_shop_test"');
    await project.write({ "export/main.tf": exported.stdout });
    await terraform(project.path("export"), ["fmt", "-check", "-diff", "."]);
    const one = await run(project, `permissions revoke ${grant} --env=test --json`);
    expect(one.json()["revoked"]).toEqual([grant]);
    expect(await granted()).toEqual([]);
    const again = await run(project, `permissions revoke ${grant} --env=test`);
    expect([again.code, again.stderr]).toEqual([64, expect.stringContaining("holds no grant")]);
  });

  test("a role in no state is taken in", { skip: noTerminal !== undefined }, async () => {
    await account.allow([{ Effect: "Allow", Action: ["iam:CreateRole", "iam:TagRole"], Resource: "*" }]);
    const project = await root(orphan, { fix: "ask" });
    const screen = atTerminal(project);
    await screen.expectText(/Apply plan [0-9a-f]+ to test\b/, 120_000);
    screen.type(`y${keys.enter}`);
    await screen.expectText(/Apply grant: allow/, 120_000);
    screen.type(`y${keys.enter}`);
    await screen.expectText("did grant", 120_000);
    await screen.expectText(/Apply import: import aws_iam_role.worker/, 120_000);
    screen.type(`y${keys.enter}`);
    expect(await screen.ended, screen.screen()).toBe(0);
    const state = await terraform(project.dir, ["state", "list"]);
    expect(state).toContain("aws_iam_role.worker");
  });
});

/** Made by one call and given its policy by another: denied the second, it is there and in no state. */
const orphan = `resource "aws_iam_role" "worker" {
  name = "shop-test-worker"
  tags = { Project = "shop", Environment = "test" }
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
  inline_policy {
    name = "work"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = "arn:aws:sqs:*:*:shop-test-jobs" }]
    })
  }
}
`;
