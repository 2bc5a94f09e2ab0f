import { describe, expect, test } from "vitest";
import type { IacProject } from "../../../../handlers/iac/contract.ts";
import { bestPractices } from "../../../../src/checks/best-practices.ts";
import type { Check, CheckContext } from "../../../../src/checks/contract.ts";
import { naming } from "../../../../src/checks/naming.ts";
import { tagging } from "../../../../src/checks/tagging.ts";
import { failed, told } from "../../../../src/core/diagnostic.ts";
import type { Environment } from "../../../../src/core/environment.ts";
import type { Plan } from "../../../../src/core/plan.ts";
import type { Policy } from "../../../../src/core/policy.ts";
import type { TestResult } from "../../../../src/core/result.ts";
import { constant, made, planDocument, type PlannedPart } from "../../../helpers/plan-document.ts";
import { noPolicy } from "../../../helpers/policy.ts";
import { environment, fakeIac, planScope, tickingClock } from "../../../helpers/run-context.ts";

interface Setting {
  readonly resources?: readonly PlannedPart[] | "no plan";
  readonly policy?: Partial<Policy>;
  readonly environment?: Partial<Environment>;
  readonly iac?: Partial<IacProject>;
  readonly accept?: CheckContext["accept"];
}

function run(
  check: Check,
  { resources = [], policy, environment: more, iac, accept }: Setting,
): Promise<TestResult> {
  const plan: Partial<Plan> = { scope: planScope, changes: [] };
  const context: Partial<CheckContext> = {
    environment: environment({ policy: { ...noPolicy, ...policy }, ...more }),
    iac: fakeIac(iac ?? {}),
    accept: accept ?? ((findings) => findings),
    plan: async () =>
      resources === "no plan" ? undefined : ({ ...plan, document: planDocument({ resources }) } as Plan),
    clock: tickingClock(),
  };
  // What these checks ask of a run.
  return check.run(context as CheckContext);
}

const tags = { required: ["Environment"], values: {}, strict: false, ignore: [] as string[] };
const queue = (name: string, more: object = {}) => made("aws_sqs_queue.q", { name, tags_all: {}, ...more });

describe("tagging_compliance", () => {
  test.each<readonly [string, Setting, Partial<TestResult>]>([
    [
      "no tag is required",
      { resources: [queue("a")] },
      { status: "SKIPPED", requirement: "optional", reason: "faber.yaml requires no tags" },
    ],
    [
      "there is no plan",
      { resources: "no plan", policy: { tags } },
      { status: "SKIPPED", requirement: "expected" },
    ],
    [
      "there is no plan for a protected one",
      { resources: "no plan", policy: { tags }, environment: { protected: true } },
      { status: "SKIPPED", requirement: "required" },
    ],
    [
      "nothing can be tagged",
      { resources: [made("aws_iam_role_policy.p", { name: "x" })], policy: { tags } },
      { status: "SKIPPED", requirement: "optional" },
    ],
    ["it is missing", { resources: [queue("a")], policy: { tags } }, { status: "WARN" }],
    [
      "it is missing where faber.yaml is strict",
      { resources: [queue("a")], policy: { tags: { ...tags, strict: true } } },
      { status: "FAIL" },
    ],
    [
      "it is missing where it is protected",
      { resources: [queue("a")], policy: { tags }, environment: { protected: true } },
      { status: "FAIL" },
    ],
    [
      "it is there",
      { resources: [queue("a", { tags_all: { Environment: "test" } })], policy: { tags } },
      { status: "PASS", reason: "1 of 1 carry what is required" },
    ],
    [
      "its address is ignored",
      {
        resources: [queue("a"), made("aws_sns_topic.t", { tags_all: { Environment: "x" } })],
        policy: { tags: { ...tags, ignore: ["aws_sqs_*"] } },
      },
      { status: "PASS" },
    ],
    [
      "it is waived",
      {
        resources: [queue("a")],
        policy: { tags: { ...tags, strict: true } },
        accept: (findings) => findings.map((finding) => ({ ...finding, waived: { reason: "r", by: "b" } })),
      },
      { status: "PASS" },
    ],
    [
      "it is deleted",
      {
        resources: [{ address: "aws_sqs_queue.q", before: { tags_all: {} }, actions: ["delete"] }],
        policy: { tags },
      },
      { status: "SKIPPED" },
    ],
  ])("%s", async (_what, setting, wanted) => {
    expect(await run(tagging, setting)).toMatchObject(wanted);
  });
  test("the schema decides what can be tagged; without it the plan does", async () => {
    const schema = {
      aws_sqs_queue: { tags: "map", allTags: true, names: ["name"] },
      aws_x: { allTags: false, names: [] },
    } as const;
    const resources = [made("aws_sqs_queue.q", { name: "a" }), made("aws_x.x", { tags: {} })];
    const withSchema = await run(tagging, {
      resources,
      policy: { tags },
      iac: { providerSchemas: async () => told(schema) },
    });
    expect(withSchema.findings.map(({ address }) => address)).toEqual(["aws_sqs_queue.q"]);
    const without = await run(tagging, {
      resources,
      policy: { tags },
      iac: { providerSchemas: async () => failed([]) },
    });
    expect(without.findings.map(({ address }) => address)).toEqual(["aws_x.x"]);
    expect(without.figures["by_provider_schema"]).toBe(false);
  });
  test("says what to write", async () => {
    const [finding] = (await run(tagging, { resources: [queue("a")], policy: { tags } })).findings;
    expect(finding?.remedy).toBe('tags = { Environment = "test" }');
  });
});

const names = {
  pattern: "{project}-{environment}-{resource}",
  types: {},
  strict: false,
  ignore: [] as string[],
};

describe("naming_compliance", () => {
  test.each<readonly [string, Setting, Partial<TestResult>]>([
    ["there is no plan", { resources: "no plan" }, { status: "SKIPPED", requirement: "expected" }],
    [
      "nothing has a name",
      { resources: [made("aws_vpc.v")] },
      { status: "SKIPPED", requirement: "optional" },
    ],
    [
      "AWS takes it, and nobody wants more",
      { resources: [queue("a")] },
      { status: "PASS", reason: "1 against the limits of the cloud" },
    ],
    ["AWS refuses it", { resources: [queue("a b")] }, { status: "FAIL" }],
    [
      "AWS has taken it before",
      { resources: [{ ...queue("a b"), before: {}, actions: ["no-op"] }, queue("c")] },
      { status: "PASS" },
    ],
    [
      "it is as wanted",
      { resources: [queue("orders-test-a")], policy: { naming: names } },
      { status: "PASS" },
    ],
    ["it is not", { resources: [queue("a")], policy: { naming: names } }, { status: "WARN" }],
    [
      "it is not, and must be",
      { resources: [queue("a")], policy: { naming: { ...names, strict: true } } },
      { status: "FAIL" },
    ],
    [
      "its type has a pattern of its own",
      {
        resources: [queue("q-a")],
        policy: { naming: { ...names, types: { aws_sqs_queue: "q-{resource}" } } },
      },
      { status: "PASS" },
    ],
    [
      "its address is ignored",
      { resources: [queue("a")], policy: { naming: { ...names, ignore: ["aws_sqs_queue.q"] } } },
      { status: "PASS" },
    ],
    [
      "the pattern is wrong",
      { resources: [queue("a")], policy: { naming: { ...names, pattern: "{projct}-x" } } },
      { status: "ERROR", reason: "naming.pattern of faber.yaml: {projct} is no placeholder ({project}?)" },
    ],
    [
      "a name that AWS refuses is waived",
      {
        resources: [queue("a b")],
        accept: (findings) => findings.map((finding) => ({ ...finding, waived: { reason: "r", by: "b" } })),
      },
      { status: "PASS" },
    ],
  ])("%s", async (_what, setting, wanted) => {
    expect(await run(naming, setting)).toMatchObject(wanted);
  });
  test("proposes a name", async () => {
    const [finding] = (await run(naming, { resources: [queue("jobs")], policy: { naming: names } })).findings;
    expect(finding).toMatchObject({ rule: "name-pattern", remedy: "for example orders-test-jobs" });
  });
});

describe("config_best_practices", () => {
  const facts = {
    blocks: [
      {
        module: "m.n",
        type: "aws_sqs_queue",
        name: "q",
        at: { file: "m/n/q.tf", line: 7 },
        preventsDestroy: false,
        createsBeforeDestroy: false,
        ignoresAllChanges: true,
      },
    ],
  };
  test.each<readonly [string, Setting, Partial<TestResult>]>([
    ["there is no plan", { resources: "no plan" }, { status: "SKIPPED", requirement: "expected" }],
    ["the plan is empty", {}, { status: "SKIPPED", requirement: "optional" }],
    ["nothing is wrong", { resources: [made("aws_sns_topic.t")] }, { status: "PASS" }],
    ["something is", { resources: [made("aws_sqs_queue.q")] }, { status: "WARN" }],
    [
      "it is switched off",
      {
        resources: [made("aws_sqs_queue.q")],
        policy: { practices: { severity: { "queue-without-dead-letters": "off" } } },
      },
      { status: "PASS" },
    ],
    [
      "more is deleted than may be",
      {
        resources: [{ address: "aws_iam_role.r", before: {}, actions: ["delete"] }],
        policy: { deletions: { max: 0, protectedTypes: [] } },
      },
      { status: "FAIL" },
    ],
  ])("%s", async (_what, setting, wanted) => {
    expect(await run(bestPractices, setting)).toMatchObject(wanted);
  });
  test("adds the place of a block, in modules too", async () => {
    const resources = [made('module.m["a.b"].module.n.aws_sqs_queue.q[0]', {}, { name: constant("x") })];
    const test = await run(bestPractices, {
      resources,
      iac: { configurationFacts: async () => told(facts) },
    });
    expect(test.findings.find(({ rule }) => rule === "ignore-all-changes")?.at).toEqual({
      file: "m/n/q.tf",
      line: 7,
    });
    expect(test.figures).toMatchObject({ files_read: true });
  });
});
