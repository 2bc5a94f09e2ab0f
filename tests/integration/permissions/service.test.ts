import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { emulator } from "../../../handlers/hosting/emulator/handler.ts";
import type { PermissionService } from "../../../handlers/hosting/permissions/contract.ts";
import type { Environment } from "../../../src/core/environment.ts";
import type { Statement } from "../../../src/permissions/statement.ts";
import { noEmulator } from "../../helpers/emulator.ts";
import { deployerArn, documentOf, useGuardedAccount, whoAmI } from "../../helpers/guarded-account.ts";
import { temporaryFolder } from "../../helpers/project.ts";
import { settingOf } from "../hosting/setting.ts";

if (noEmulator !== undefined) console.warn(`skipped: the permission manager: ${noEmulator}`);

const account = useGuardedAccount(4731);
const at = "2026-11-21T12:00:00Z";
const until = "2099-01-01T00:00:00Z";

function statement(grant: string, index = 0, actions: readonly string[] = ["s3:ListBucket"]): Statement {
  return {
    Sid: `${grant}x${index}`,
    Effect: "Allow",
    Action: actions,
    Resource: [`arn:aws:s3:::shop-test-${index}`],
    Condition: { DateLessThan: { "aws:CurrentTime": until } },
  };
}

const request = (grant: string, statements: readonly Statement[]) => ({
  grant,
  statements,
  until,
  types: ["aws_s3_bucket"],
  run: "r",
  by: "somebody",
  why: ["issue"],
  at,
});
const question = { action: "s3:ListBucket", resource: "arn:aws:s3:::shop-test-1" };
const idOf = (index: number): string => `g${String(index).padStart(10, "0")}`;
const taking = (which: readonly string[] | "all" | "expired", when = at) => ({
  which,
  run: "r",
  by: "somebody",
  at: when,
});

describe.skipIf(noEmulator !== undefined)("the permission manager on an account that checks", () => {
  let stateDir = "";
  beforeAll(async () => {
    stateDir = await temporaryFolder();
  });
  beforeEach(() => account.reset());

  const open = async (changes: Partial<Environment> = {}): Promise<PermissionService> => {
    const setting = settingOf(
      {
        endpoint: account.endpoint,
        profile: "deployer",
        grantorProfile: "grantor",
        stateDir,
        dir: stateDir,
        ...changes,
      },
      { PATH: process.env["PATH"], HOME: process.env["HOME"], ...account.env },
    );
    const service = await (await emulator.open(setting)).permissions?.();
    if (!service) throw new Error("no permission manager");
    return service;
  };
  const attached = async (): Promise<readonly (string | undefined)[]> => {
    const { AttachedPolicies } = await account.iam.listAttachedUserPolicies({ UserName: "deployer" });
    return (AttachedPolicies ?? []).map(({ PolicyName }) => PolicyName);
  };

  test("grants, reads back, is in force at once, and takes away one and all", async () => {
    const service = await open();
    for (const index of [1, 2]) await service.grant(request(idOf(index), [statement(idOf(index), index)]));
    const { own, deployer } = await service.look();
    expect(deployer.arn).toBe(deployerArn);
    expect(own.flatMap(({ statements }) => statements.map(({ Sid }) => Sid))).toEqual([
      `${idOf(1)}x1`,
      `${idOf(2)}x2`,
    ]);
    expect(await service.simulate({ questions: [question], at })).toMatchObject([{ decision: "allowed" }]);
    const statements = own.flatMap((policy) => policy.statements);
    const probed = await service.probe({
      statements,
      resources: [],
      at,
      signal: new AbortController().signal,
    });
    expect(probed).toMatchObject({ inForce: true, tries: 1 });
    expect(await service.revoke(taking([idOf(1)]))).toEqual([idOf(1)]);
    expect(await service.revoke(taking([idOf(1)])).catch((error: unknown) => error)).toMatchObject({
      code: "grant-not-found",
    });
    expect(await service.revoke(taking("all"))).toEqual([idOf(2)]);
    expect(await attached()).toEqual([]);
    const { Policies } = await account.iam.listPolicies({ Scope: "Local" });
    expect((Policies ?? []).filter(({ PolicyName }) => PolicyName?.startsWith("faber-"))).toEqual([]);
  });

  test("goes on past five versions, and past the size of one policy", async () => {
    const service = await open();
    const actions = Array.from({ length: 40 }, (_, index) => `s3:GetSomethingOfBucketNumber${index}`);
    for (let index = 0; index < 8; index += 1)
      await service.grant(request(idOf(index), [statement(idOf(index), index, actions)]));
    const { own } = await service.look();
    expect(own.length).toBeGreaterThan(1);
    expect(own.flatMap(({ statements }) => statements)).toHaveLength(8);
    expect(await service.revoke(taking("expired"))).toEqual([]);
    expect(await service.revoke(taking("expired", "2099-01-02T00:00:00Z"))).toHaveLength(8);
    expect(await attached()).toEqual([]);
  });

  test("leaves the statements of others' policies alone", async () => {
    const PolicyDocument = documentOf([whoAmI]);
    const { Policy } = await account.iam.createPolicy({ PolicyName: "faber-shop-testing", PolicyDocument });
    await account.iam.attachUserPolicy({ UserName: "deployer", PolicyArn: Policy?.Arn ?? "" });
    const service = await open();
    await service.grant(request(idOf(1), [statement(idOf(1))]));
    await service.revoke(taking("all"));
    expect(await attached()).toEqual(["faber-shop-testing"]);
  });

  test.each<readonly [string, Partial<Environment>, string]>([
    ["the deploy identity itself", { grantorProfile: "deployer" }, "grantor-is-deployer"],
    ["a profile that is not there", { grantorProfile: "nobody" }, "credentials-missing"],
    ["a protected environment", { protected: true }, "grant-in-protected-environment"],
    ["root, who has everything", { profile: "root" }, "not-a-grantee"],
    ["a grantor of another account", { grantorProfile: "elsewhere" }, "grantor-in-another-account"],
    ["an account that is not the pinned one", { account: "111111111111" }, "wrong-account"],
  ])("refuses %s", async (_what, changes, code) => {
    const service = await open(changes);
    const refused = await service
      .grant(request(idOf(1), [statement(idOf(1))]))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code });
    expect(await attached()).toEqual([]);
  });

  const withoutGrantor = async (): Promise<PermissionService> => {
    const setting = settingOf(
      { endpoint: account.endpoint, profile: "deployer", stateDir, dir: stateDir },
      { PATH: process.env["PATH"], HOME: process.env["HOME"], ...account.env },
    );
    const service = await (await emulator.open(setting)).permissions?.();
    if (!service) throw new Error("no permission manager");
    return service;
  };

  test("refuses to do without a grantor", async () => {
    await expect((await withoutGrantor()).look()).rejects.toMatchObject({ code: "grantor-missing" });
  });

  test("without a grantor, questions are asked by the deploy identity itself", async () => {
    await (await open()).grant(request(idOf(1), [statement(idOf(1), 1)]));
    const service = await withoutGrantor();
    // Who may not even ask is told so, and nothing is taken for granted or for missing.
    expect(await service.view()).toMatchObject({
      reader: deployerArn,
      own: [],
      unread: expect.stringContaining("not authorized"),
    });
    expect(await service.simulate({ questions: [question], at })).toBeUndefined();
    await account.allow([
      { Effect: "Allow", Action: ["iam:List*", "iam:Get*", "iam:Simulate*"], Resource: "*" },
    ]);
    const seen = await service.view();
    expect(seen.own.flatMap(({ statements }) => statements.map(({ Sid }) => Sid))).toEqual([`${idOf(1)}x1`]);
    expect(seen).not.toHaveProperty("unread");
    expect(await service.simulate({ questions: [question], at })).toMatchObject([{ decision: "allowed" }]);
    // A grantor that cannot be is said, and does not keep anybody from asking.
    const wrong = await (await open({ grantorProfile: "elsewhere" })).view();
    expect(wrong).toMatchObject({ reader: deployerArn, instead: expect.stringContaining("222222222222") });
  });

  test("a session's role is given what the session was denied", async () => {
    const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: deployerArn } };
    const { Role } = await account.iam.createRole({
      RoleName: "ci",
      Path: "/deploy/",
      AssumeRolePolicyDocument: documentOf([trust]),
    });
    await account.assume(Role?.Arn ?? "");
    const service = await open({ profile: "session" });
    await service.grant(request(idOf(1), [statement(idOf(1), 1)]));
    const { deployer, own } = await service.look();
    expect(deployer).toMatchObject({ kind: "role", arn: Role?.Arn });
    expect(own).toHaveLength(1);
    const { AttachedPolicies } = await account.iam.listAttachedRolePolicies({ RoleName: "ci" });
    expect(AttachedPolicies).toMatchObject([{ PolicyName: own[0]?.name }]);
    expect(await service.revoke(taking("all"))).toEqual([idOf(1)]);
    expect((await account.iam.listAttachedRolePolicies({ RoleName: "ci" })).AttachedPolicies).toEqual([]);
  });
});
