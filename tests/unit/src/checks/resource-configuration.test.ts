import { describe, expect, test } from "vitest";
import { readChanges } from "../../../../handlers/iac/terraform/plan-json.ts";
import type { CheckContext } from "../../../../src/checks/contract.ts";
import { resourceConfiguration } from "../../../../src/checks/resource-configuration.ts";
import { failed, told } from "../../../../src/core/diagnostic.ts";
import type { JsonObject } from "../../../../src/core/json.ts";
import { approve, type Plan } from "../../../../src/core/plan.ts";
import type { Policy } from "../../../../src/core/policy.ts";
import type { TestResult } from "../../../../src/core/result.ts";
import { noPolicy } from "../../../helpers/policy.ts";
import { environment, fakeIac, planScope, tickingClock } from "../../../helpers/run-context.ts";
import { change, refreshed, type Thing } from "./configuration/documents.ts";

const topic: Thing = {
  type: "aws_sns_topic",
  name: "t",
  values: { id: "arn:t", name: "t", display_name: "now", tags: { Team: "a" }, tags_all: { Team: "a" } },
  set: ["display_name", "tags"],
};

interface Scene {
  readonly document?: JsonObject;
  readonly approved?: JsonObject;
  readonly plan?: JsonObject;
  readonly policy?: Partial<Policy>;
  readonly protected?: boolean;
  readonly more?: Partial<CheckContext>;
}

function planOf(document: JsonObject): Plan {
  const tool = { name: "terraform", version: "1.11.4" };
  return { scope: planScope, digest: "d", file: "/no/such", tool, changes: [], outputs: [], document };
}

function run({
  document = refreshed([topic]),
  approved,
  plan,
  policy,
  more,
  ...rest
}: Scene): Promise<TestResult> {
  const isProtected = rest.protected === true;
  const approval = { digest: "d", by: "ada", at: "2026-11-21T09:00:00.000Z", via: "prompt" } as const;
  return resourceConfiguration.run({
    environment: environment({
      policy: { ...noPolicy, ...policy },
      protected: isProtected,
      gate: { maxCritical: 0, maxHigh: isProtected ? 0 : 2 },
    }),
    iac: fakeIac({
      resources: async () =>
        told([{ address: "a.b", type: "a", name: "b", provider: "p", tainted: false, attributes: {} }]),
      planReader: { changes: readChanges, outputs: () => [], secrets: () => [] },
      problemIn: (diagnostics) => (diagnostics[0]?.summary === "ExpiredToken" ? "credentials" : "other"),
    }),
    scanners: [],
    scans: async () => [],
    commands: { test: () => Promise.reject(new Error("no")), hook: () => Promise.reject(new Error("no")) },
    toolEnv: {},
    accept: (findings) => findings,
    plan: async () => (plan === undefined ? undefined : planOf(plan)),
    ...(approved === undefined ? {} : { approved: approve(planOf(approved), approval) }),
    refreshed: async () => told(document),
    signal: new AbortController().signal,
    clock: tickingClock(),
    ...more,
  });
}

const drift = (path: string): JsonObject =>
  refreshed([topic], {
    resource_drift: [
      change("aws_sns_topic.t", ["update"], { before: { [path]: "then" }, after: { [path]: "now" } }),
    ],
  });

describe("resource_configuration", () => {
  test("passes where nothing has changed", async () => {
    expect(await run({})).toMatchObject({ status: "PASS", reason: "no drift", findings: [] });
  });

  test("warns of drift, fails it where nothing serious may pass, and leaves out what nothing sets", async () => {
    const finding = { rule: "drift", severity: "MEDIUM", address: "aws_sns_topic.t" };
    expect(await run({ document: drift("display_name") })).toMatchObject({
      status: "WARN",
      findings: [finding],
    });
    expect(await run({ document: drift("policy"), protected: true })).toMatchObject({
      status: "FAIL",
      findings: [{ severity: "HIGH" }],
    });
    expect(await run({ document: drift("owner") })).toMatchObject({
      status: "PASS",
      findings: [],
      figures: { unmanaged: [{ address: "aws_sns_topic.t" }] },
    });
  });

  test("leaves out what drift.ignore expects, and says so", async () => {
    const ignore = [{ attribute: "display_name", reason: "r", owner: "ada", source: "faber.yaml:1:1" }];
    expect(await run({ document: drift("display_name"), policy: { drift: { ignore } } })).toMatchObject({
      status: "PASS",
      figures: { ignored: [{ address: "aws_sns_topic.t", path: "display_name", owner: "ada" }] },
    });
  });

  test("says what came out otherwise than the approved plan said, and tells drift once", async () => {
    const approved = {
      resource_changes: [
        change("aws_sns_topic.t", ["create"], { after: { ...topic.values, display_name: "planned" } }),
      ],
    };
    expect(await run({ approved })).toMatchObject({
      status: "WARN",
      findings: [{ rule: "not-as-planned", severity: "MEDIUM" }],
      figures: { compared_with_plan: 1 },
    });
    const both = await run({ approved, document: drift("display_name") });
    expect(both.findings.map(({ rule }) => rule)).toEqual(["drift"]);
  });

  test.each([
    ["fail", "FAIL", "condition-failed"],
    ["error", "ERROR", "condition-error"],
  ])("a condition that says %s makes it %s in every environment", async (status, expected, rule) => {
    const checks = [
      {
        address: { kind: "check", to_display: "check.up" },
        status,
        instances: [{ address: { to_display: "check.up" }, status, problems: [{ message: "it is down" }] }],
      },
    ];
    const result = await run({ document: refreshed([topic], { checks }) });
    expect(result).toMatchObject({
      status: expected,
      findings: [{ rule, severity: "HIGH", address: "check.up" }],
    });
    expect(result.findings[0]?.message).toContain("it is down");
  });

  test("does not say of a condition that nobody could evaluate that it holds", async () => {
    const checks = ["pass", "unknown"].map((status) => ({
      address: { kind: "check", to_display: `check.${status}` },
      status,
    }));
    expect(await run({ document: refreshed([topic], { checks }) })).toMatchObject({
      reason: "no drift, 1 of 2 conditions are not known",
    });
    expect(await run({ document: refreshed([topic], { checks: checks.slice(0, 1) }) })).toMatchObject({
      reason: "no drift, 1 condition holds",
    });
  });

  test("holds tags against the rules again that no plan could know, and no others", async () => {
    const policy = { tags: { ...noPolicy.tags, required: ["Team", "Owner"] } };
    const known = change("aws_sns_topic.t", ["create"], {
      after: { tags: { Team: "a" }, tags_all: { Team: "a" } },
    });
    const open = change("aws_sns_topic.t", ["create"], {
      after: { name: "t" },
      unknown: { tags: true, tags_all: true },
    });
    expect(await run({ policy, plan: { resource_changes: [known] } })).toMatchObject({ status: "PASS" });
    const missing = {
      status: "WARN",
      findings: [{ rule: "required-tag", message: expect.stringContaining("Owner") }],
    };
    expect(await run({ policy, plan: { resource_changes: [open] } })).toMatchObject(missing);
    // Without a plan nobody has looked before.
    expect(await run({ policy })).toMatchObject(missing);
  });

  test("a refresh that fails is an ERROR, and with credentials that expired it ends the run", async () => {
    const refused = (summary: string): Partial<CheckContext> => ({
      refreshed: async () => failed([{ severity: "error", summary, detail: "" }]),
    });
    expect(await run({ more: refused("no provider") })).toMatchObject({
      status: "ERROR",
      reason: "the refresh failed: no provider",
    });
    expect(await run({ more: refused("ExpiredToken") })).toMatchObject({ exit: { code: 8 } });
  });

  test("has nothing to say of an empty state", async () => {
    const more = { iac: fakeIac({ resources: async () => told([]) }) };
    expect(await run({ more })).toMatchObject({ status: "SKIPPED", reason: "the state holds no resource" });
  });
});
