import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { policyOf } from "../../../../src/config/policy.ts";
import type { Policy } from "../../../../src/core/policy.ts";
import { fromYaml, thrownBy } from "./yaml.ts";

let dir = "";

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-policy-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function policyFrom(yaml: string): Promise<Policy> {
  const config = fromYaml(`${yaml}\nenvironments: { test: {} }\n`, dir);
  return policyOf(config, config.value.environments["test"] ?? {}, { folder: dir, cwd: dir });
}

const waiver = "rule: CKV_AWS_18, reason: logs go elsewhere, owner: ada";

test("without settings nothing is asked", async () => {
  const policy = await policyOf(undefined, {}, { folder: dir, cwd: dir });
  expect(policy).toEqual({
    tags: { required: [], values: {}, strict: false, ignore: [] },
    naming: { types: {}, strict: false, ignore: [] },
    practices: { severity: {} },
    deletions: { protectedTypes: [] },
    cost: { unknown: "ignore" },
    waivers: [],
    drift: { ignore: [] },
    tests: [],
    hooks: {},
  });
});

test("an unknown price matters where a budget is set, unless it says otherwise", async () => {
  const unknownOf = async (budget: string): Promise<string> => {
    const config = fromYaml(`environments: { test: { budget: ${budget} } }`, dir);
    const environment = config.value.environments["test"] ?? {};
    return (await policyOf(config, environment, { folder: dir, cwd: dir })).cost.unknown;
  };
  expect(await unknownOf("{ monthly_usd: 10 }")).toBe("warn");
  expect(await unknownOf("{ increase_usd: 10 }")).toBe("warn");
  expect(await unknownOf("{}")).toBe("ignore");
  expect(await unknownOf("{ unknown: fail }")).toBe("fail");
  expect(await unknownOf("{ monthly_usd: 10, unknown: ignore }")).toBe("ignore");
});

test("waivers stand in the file itself, each with its place", async () => {
  const policy = await policyFrom(
    `waivers:\n  - { ${waiver} }\n  - { ${waiver}, address: "aws_s3_bucket.*", expires: "2026-12-31" }`,
  );
  expect(policy.waivers).toEqual([
    { rule: "CKV_AWS_18", reason: "logs go elsewhere", owner: "ada", source: "faber.yaml:2:5" },
    {
      rule: "CKV_AWS_18",
      reason: "logs go elsewhere",
      owner: "ada",
      address: "aws_s3_bucket.*",
      expires: "2026-12-31",
      source: "faber.yaml:3:5",
    },
  ]);
});

test("or in a file of their own, held to the same rules", async () => {
  await writeFile(join(dir, "waivers.yaml"), `waivers:\n  - { ${waiver} }\n`);
  expect((await policyFrom("waivers: waivers.yaml")).waivers).toMatchObject([
    { rule: "CKV_AWS_18", source: "waivers.yaml:2:5" },
  ]);
  await writeFile(join(dir, "waivers.yaml"), `waivers:\n  - { ${waiver}, expires: soon }\n  - { rule: X }\n`);
  await expect(policyFrom("waivers: waivers.yaml")).rejects.toMatchObject({
    code: "config-invalid",
    message: [
      'waivers.yaml:2:73: waivers[0].expires must be a date such as 2026-12-31, got "soon"',
      "waivers.yaml:3:5: waivers[1].reason is missing",
      "waivers.yaml:3:5: waivers[1].owner is missing",
    ].join("\n"),
  });
  await expect(policyFrom("waivers: gone.yaml")).rejects.toThrow(
    /^faber\.yaml:1:10: there is no file of waivers /,
  );
});

test.each([
  ["waivers: 7", "1:10: waivers is not valid, got 7"],
  ["waivers: [{ rule: X, reason: y }]", "1:11: waivers[0].owner is missing"],
  ["waivers: [{ rul: X, reason: y, owner: z }]", '1:13: unknown key "rul" (rule?)'],
  ["tests: [{ name: Mine, command: [a] }]", "1:17: tests[0].name must be lower-case letters"],
  ["tests: [{ name: mine, command: [] }]", "1:32: tests[0].command must have at least 1 entries"],
  ["tests: [{ name: mine }]", "1:9: tests[0] must have exactly one of command, policy and terraform_test"],
  ["tests: [{ name: mine, command: [a], policy: b }]", "1:9: tests[0] must have exactly one of command"],
  [
    "tests: [{ name: checkov_security, command: [a] }]",
    '1:17: tests[0].name: "checkov_security" is the name of another test',
  ],
  ["tests: [{ name: a, command: [a] }, { name: a, command: [a] }]", '1:44: tests[1].name: "a" is the name'],
  ["hooks: { pre_aply: [] }", '1:10: unknown key "pre_aply"'],
  ["hooks: { pre_plan: [{ command: run.sh }] }", "1:32: hooks.pre_plan[0].command must be a list"],
  [
    "tags: { values: { A: { pattern: '(' } } }",
    '1:33: tags.values.A.pattern is not a regular expression, got "("',
  ],
  ["practices: { severity: { x: LOUD } }", "1:29: practices.severity.x must be "],
])("%s is refused at its place", (yaml, complaint) => {
  const error = thrownBy(() => fromYaml(`${yaml}\nenvironments: { test: {} }`));
  expect(error).toMatchObject({ code: "config-invalid" });
  expect(error instanceof Error ? error.message : "").toContain(`faber.yaml:${complaint}`);
});

test("tests of one's own get their defaults and absolute paths", async () => {
  const policy = await policyFrom(
    [
      "tests:",
      "  - { name: a, command: [./check, --all] }",
      "  - { name: b, policy: policies, severity: LOW, timeout: 5, required: true }",
      "  - { name: c, terraform_test: tests, phase: post-deployment, required: false }",
      "  - { name: d, command: [make], format: junit, report: out.xml }",
    ].join("\n"),
  );
  const defaults = {
    phase: "pre-deployment",
    severity: "CRITICAL",
    timeoutMs: 300_000,
    requirement: "expected",
  };
  expect(policy.tests).toEqual([
    { ...defaults, name: "a", how: { kind: "command", command: ["./check", "--all"], format: "exit-code" } },
    {
      ...defaults,
      name: "b",
      how: { kind: "policy", folder: join(dir, "policies") },
      severity: "LOW",
      timeoutMs: 5_000,
      requirement: "required",
    },
    {
      ...defaults,
      name: "c",
      how: { kind: "terraform-test", folder: join(dir, "tests") },
      phase: "post-deployment",
      requirement: "optional",
    },
    {
      ...defaults,
      name: "d",
      how: { kind: "command", command: ["make"], format: "junit", report: join(dir, "out.xml") },
    },
  ]);
});

test("hooks stop the run when they fail, unless they say otherwise", async () => {
  const policy = await policyFrom(
    "hooks: { pre_plan: [{ command: [a] }], post_deploy: [{ command: [b, c], timeout: 0.5, on_failure: warn }] }",
  );
  expect(policy.hooks).toEqual({
    pre_plan: [{ command: ["a"], timeoutMs: 60_000, onFailure: "stop" }],
    post_deploy: [{ command: ["b", "c"], timeoutMs: 500, onFailure: "warn" }],
  });
});
