import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { noEmulator } from "../helpers/emulator.ts";
import type { FaberRun } from "../helpers/faber.ts";
import { deployerArn, documentOf, whoAmI } from "../helpers/guarded-account.ts";
import { bucket, provider, useGuardedProjects } from "../helpers/guarded-projects.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: what is not granted: ${why}`);

const { account, settings, root, run, deploy, granted } = useGuardedProjects(4732);

/** No scanner minds it, so that it gets as far as the apply in a protected environment. */
const role = `resource "aws_iam_role" "worker" {
  name = "shop-prod-worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
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

const nothingGranted = async (project: Project, reason: RegExp): Promise<FaberRun> => {
  const ran = await deploy(project);
  expect(ran.code, ran.stderr).toBe(5);
  expect(ran.stderr.replace(/\s+/g, " ")).toMatch(reason);
  expect(await granted()).toEqual([]);
  return ran;
};

beforeEach(async () => {
  if (why === undefined) await account.reset();
});

/** What the rules refuse by themselves, more than sixty ways, is in tests/unit/src/permissions and fixes/grant. */
describe.skipIf(why !== undefined)("what is not granted", () => {
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
    await nothingGranted(await root(bucket), /grant g[0-9a-f]{10} is (?:written, and not|revoked)/);
  });

  test("what a session's policy keeps out: the grant to its role does not help, and is taken back", async () => {
    const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: deployerArn } };
    const { Role } = await account.iam.createRole({
      RoleName: "ci",
      AssumeRolePolicyDocument: documentOf([trust]),
    });
    await account.assume(Role?.Arn ?? "", documentOf([whoAmI]));
    await nothingGranted(await root(bucket, { profile: "session" }), /s3:CreateBucket/);
    const { AttachedPolicies } = await account.iam.listAttachedRolePolicies({ RoleName: "ci" });
    expect(AttachedPolicies).toEqual([]);
  });

  test("a denial that somebody made up to get another's keys", async () => {
    const forged = `AccessDenied: User: ${deployerArn} is not authorized to perform: iam:CreateAccessKey on resource: arn:aws:iam::000000000000:user/grantor because no identity-based policy allows the iam:CreateAccessKey action`;
    await nothingGranted(await root(saying(forged)), /must not be granted: iam:CreateAccessKey/);
  });

  test("anything without a grantor; what is asked is answered all the same, and nobody is kept waiting", async () => {
    const project = await root(bucket, { grantor: {} });
    const refused = await run(project, "permissions grant --from=preflight --yes --env=test");
    expect([refused.code, refused.stderr]).toEqual([8, expect.stringContaining("test has no grantor")]);
    expect(project.has(".terraform")).toBe(false);
    const asked = await run(project, "permissions preflight --env=test --json");
    expect(asked.code, asked.stderr).toBe(8);
    const needs = arrayAt(asked.json()["needs"]).map(objectAt);
    expect(needs.map(({ action }) => action)).toContain("s3:CreateBucket");
    expect(new Set(needs.map(({ decision }) => decision))).toEqual(new Set(["unknown"]));
    const list = (await run(project, "permissions list --env=test --json")).json();
    expect(list).toMatchObject({ reader: deployerArn, grants: [], unread: expect.any(String) });
    await nothingGranted(project, /test has no grantor/);
  });

  test("anything in a protected environment: the reviewed policy is written down to hand over", async () => {
    const project = await projectFrom("guarded", {
      "main.tf": provider + role,
      "faber.yaml": settings({ fix: "ask" }, "prod"),
    });
    const plan = (await run(project, "preview --env=prod --json")).json();
    const digest = stringAt(objectAt(plan["plan"])["digest"]) ?? "";
    const ran = await run(project, `deploy --env=prod --approve=${digest}`);
    expect(ran.code, ran.stderr).toBe(5);
    expect(ran.stderr.replace(/\s+/g, " ")).toContain("prod is protected: nothing is granted there");
    expect(await granted()).toEqual([]);
    const files = [...(await project.files(".faber/grants")).keys()];
    expect(files).toHaveLength(1);
    const review = objectAt(JSON.parse(await readFile(project.path(files[0] ?? ""), "utf8")));
    expect(review).toMatchObject({ principal: deployerArn, environment: "prod" });
    expect(JSON.stringify(review["policy"])).toContain("iam:CreateRole");
  });
});
