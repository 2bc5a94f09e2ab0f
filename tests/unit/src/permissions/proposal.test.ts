import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../src/core/json.ts";
import type { Resource } from "../../../../src/core/resource.ts";
import type { Denial } from "../../../../src/permissions/denial.ts";
import type { ActionsFor, NeededAction } from "../../../../src/permissions/needed-action.ts";
import { propose, type ProposalInput } from "../../../../src/permissions/proposal.ts";

const account = "123456789012";
const deployer = {
  kind: "user",
  partition: "aws",
  account,
  name: "deploy",
  arn: `arn:aws:iam::${account}:user/deploy`,
} as const;
const queueArn = `arn:aws:sqs:eu-west-1:${account}:shop-test-jobs`;

const named = (arn: string, ...actions: readonly string[]): readonly NeededAction[] =>
  actions.map((action) => ({ action, resource: "named", arn }));
const sqs = "arn:{partition}:sqs:{region}:{account}:{name|name_prefix*}";
const role = "arn:{partition}:iam::{account}:role/{path}/{name|name_prefix*}";
const lambda = "arn:{partition}:lambda:{region}:{account}:function:{function_name}";
const table: Readonly<Record<string, Readonly<Partial<Record<string, readonly NeededAction[]>>>>> = {
  aws_sqs_queue: {
    create: [
      ...named(sqs, "sqs:CreateQueue"),
      ...named(sqs, "sqs:TagQueue").map((need) => ({ ...need, when: "tags_all" })),
    ],
    read: named(sqs, "sqs:GetQueueAttributes"),
    update: named(sqs, "sqs:SetQueueAttributes"),
    delete: named(sqs, "sqs:DeleteQueue"),
  },
  aws_sqs_queue_policy: {
    create: named("arn:{partition}:sqs:{region}:{account}:{queue_url}", "sqs:SetQueueAttributes"),
    read: named("arn:{partition}:sqs:{region}:{account}:{queue_url}", "sqs:GetQueueAttributes"),
  },
  aws_iam_role: { create: named(role, "iam:CreateRole"), read: named(role, "iam:GetRole") },
  aws_iam_role_policy: { create: named("arn:{partition}:iam::{account}:role/{role}", "iam:PutRolePolicy") },
  aws_lambda_function: {
    create: [
      ...named(lambda, "lambda:CreateFunction"),
      {
        action: "iam:PassRole",
        resource: "named",
        arn: "{role}",
        when: "role",
        passTo: "lambda.amazonaws.com",
      },
    ],
    read: named(lambda, "lambda:GetFunction"),
  },
  aws_scheduler_schedule: {
    create: [
      ...named("arn:{partition}:scheduler:{region}:{account}:schedule/{name}", "scheduler:CreateSchedule"),
      {
        action: "iam:PassRole",
        resource: "named",
        arn: "{target.0.role_arn}",
        when: "target.0.role_arn",
        passTo: "scheduler.amazonaws.com",
      },
    ],
  },
};
const actionsFor: ActionsFor = (type, change) => table[type]?.[change] ?? [];

interface Planned {
  readonly address: string;
  readonly actions?: readonly string[];
  readonly after: JsonObject;
  readonly unknown?: JsonObject;
  readonly references?: Readonly<Record<string, readonly string[]>>;
  /** Other expressions, as the plan's configuration has them. */
  readonly written?: JsonObject;
}

function planOf(resources: readonly Planned[]): JsonObject {
  return {
    resource_changes: resources.map(({ address, actions = ["create"], after, unknown = {} }) => ({
      address,
      type: address.split(".")[0] ?? "",
      mode: "managed",
      change: { actions, before: null, after, after_unknown: unknown },
    })),
    configuration: {
      root_module: {
        resources: resources.map(({ address, references = {}, written = {} }) => ({
          address,
          expressions: {
            ...written,
            ...Object.fromEntries(
              Object.entries(references).map(([name, names]) => [name, { references: names }]),
            ),
          },
        })),
      },
    },
  };
}

const queue: Planned = { address: "aws_sqs_queue.jobs", after: { name: "shop-test-jobs" } };
const denied: Denial = {
  issueId: "i",
  message: "m",
  action: "sqs:CreateQueue",
  principal: deployer.arn,
  type: "aws_sqs_queue",
  address: "aws_sqs_queue.jobs",
  structured: true,
};

function proposed(resources: readonly Planned[], change: Partial<ProposalInput> = {}) {
  return propose({
    denials: [denied],
    deployer,
    heldPolicies: [],
    held: [],
    document: planOf(resources),
    state: [],
    experience: { grantedTypes: [], deniedActions: {} },
    actionsFor,
    isRecorded: () => true,
    judgedAnywhere: new Set(),
    project: "shop",
    environment: "test",
    region: "eu-west-1",
    runId: "r",
    at: "2026-11-21T12:00:00Z",
    until: "2026-11-22T12:00:00Z",
    ...change,
  });
}

const said = (...input: Parameters<typeof proposed>): readonly string[] =>
  proposed(...input).statements.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((arn) => `${action} ${arn}`)),
  );

describe("the narrowest policy", () => {
  test("has what the change takes, on this resource alone, and no more", () => {
    expect(said([queue])).toEqual([`sqs:CreateQueue ${queueArn}`, `sqs:GetQueueAttributes ${queueArn}`]);
    expect(proposed([queue])).toMatchObject({
      doubts: [],
      leftOut: [],
      refusals: [],
      types: ["aws_sqs_queue"],
    });
  });

  test("takes in the others of the service, and leaves the other services alone", () => {
    const other = { ...queue, address: "aws_sqs_queue.late", after: { name: "shop-test-late" } };
    const worker = { address: "aws_iam_role.worker", after: { name: "shop-test-worker", path: "/" } };
    const lines = said([queue, other, worker]);
    expect(lines.filter((line) => line.includes("shop-test-late"))).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith("iam:"))).toEqual([]);
  });

  test("takes in what was granted for before", () => {
    const worker = { address: "aws_iam_role.worker", after: { name: "shop-test-worker", path: "/svc/" } };
    const experience = { grantedTypes: ["aws_iam_role"], deniedActions: {} };
    expect(said([queue, worker], { experience })).toContain(
      `iam:CreateRole arn:aws:iam::${account}:role/svc/shop-test-worker`,
    );
  });

  test("a tainted resource may be deleted as well", () => {
    const tainted: Resource = {
      address: queue.address,
      type: "aws_sqs_queue",
      name: "jobs",
      provider: "aws",
      tainted: true,
      attributes: { name: "shop-test-jobs" },
    };
    expect(said([queue], { state: [tainted] })).toContain(`sqs:DeleteQueue ${queueArn}`);
    expect(said([], { state: [tainted], document: undefined as never })).toContain(
      `sqs:DeleteQueue ${queueArn}`,
    );
  });

  test("what was denied before, and is not for what happens now, is not granted", () => {
    const experience = { grantedTypes: [], deniedActions: { aws_sqs_queue: ["sqs:DeleteQueue"] } };
    expect(said([queue], { experience })).not.toContain(`sqs:DeleteQueue ${queueArn}`);
  });

  test("a name that is known only later comes from what the expression names", () => {
    const policy: Planned = {
      address: "aws_sqs_queue_policy.jobs",
      after: {},
      unknown: { queue_url: true },
      references: { queue_url: ["aws_sqs_queue.jobs.id", "aws_sqs_queue.jobs"] },
    };
    expect(said([queue, policy])).toContain(`sqs:SetQueueAttributes ${queueArn}`);
  });

  test("tags that are known only later are tags where somebody wrote some", () => {
    const later = { ...queue, unknown: { tags_all: true } };
    expect(said([later])).not.toContain(`sqs:TagQueue ${queueArn}`);
    const tagged = { ...later, written: { tags: { references: ["local.tags"] } } };
    expect(said([tagged])).toContain(`sqs:TagQueue ${queueArn}`);
  });

  test("a role within a block is passed, and nothing else that the block names", () => {
    const worker = { address: "aws_iam_role.worker", after: { name: "shop-test-worker", path: "/" } };
    const schedule: Planned = {
      address: "aws_scheduler_schedule.nightly",
      after: { name: "shop-test-nightly" },
      written: {
        target: [
          {
            arn: { references: ["aws_sqs_queue.jobs.arn", "aws_sqs_queue.jobs"] },
            role_arn: { references: ["aws_iam_role.worker.arn", "aws_iam_role.worker"] },
          },
        ],
      },
    };
    const denials = [{ ...denied, action: "scheduler:CreateSchedule", address: schedule.address }];
    const lines = said([queue, worker, schedule], { denials });
    expect(lines.filter((line) => line.startsWith("iam:PassRole"))).toEqual([
      `iam:PassRole arn:aws:iam::${account}:role/shop-test-worker`,
    ]);
  });

  test("a name that means more than itself is no name", () => {
    const open = { ...queue, after: { name: "*" } };
    expect(proposed([open])).toMatchObject({
      statements: [],
      refusals: [expect.stringContaining("does not tell the name")],
    });
  });

  test("what an action of lower case means is what the service calls it", () => {
    expect(said([queue], { denials: [{ ...denied, action: "sqs:createqueue" }] })).toContain(
      `sqs:CreateQueue ${queueArn}`,
    );
  });

  test("what is granted and in force is not granted again", () => {
    const { statements } = proposed([queue]);
    expect(proposed([queue], { held: statements })).toMatchObject({ statements: [], alreadyHeld: 2 });
  });

  test("each statement ends, and carries the ID of its grant", () => {
    const { grant, statements } = proposed([queue]);
    expect(grant).toMatch(/^g[0-9a-f]{10}$/);
    expect(statements).toMatchObject([
      { Sid: `${grant}x0`, Condition: { DateLessThan: { "aws:CurrentTime": "2026-11-22T12:00:00Z" } } },
    ]);
  });
});

describe("roles", () => {
  const worker: Planned = {
    address: "aws_iam_role.worker",
    after: { name: "shop-test-worker", path: "/" },
    unknown: { arn: true },
  };
  const fn: Planned = {
    address: "aws_lambda_function.worker",
    after: { function_name: "shop-test-worker" },
    unknown: { role: true },
    references: { role: ["aws_iam_role.worker.arn", "aws_iam_role.worker"] },
  };
  const policy = (text: string | undefined): Planned => ({
    address: "aws_iam_role_policy.worker",
    after: { role: "shop-test-worker", ...(text === undefined ? {} : { policy: text }) },
    ...(text === undefined ? { unknown: { policy: true } } : {}),
  });
  const allowing = (action: string): string =>
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });
  const lambdaDenied = {
    ...denied,
    action: "lambda:CreateFunction",
    type: "aws_lambda_function",
    address: fn.address,
  };
  const pass = `iam:PassRole arn:aws:iam::${account}:role/shop-test-worker`;

  test("one that is no stronger than it needs to be is passed to its one service", () => {
    const input = { denials: [lambdaDenied] };
    expect(said([worker, fn, policy(allowing("sqs:ReceiveMessage"))], input)).toContain(pass);
    const { statements, doubts } = proposed([worker, fn, policy(allowing("sqs:ReceiveMessage"))], input);
    expect(JSON.stringify(statements)).toContain('"iam:PassedToService":"lambda.amazonaws.com"');
    expect(doubts).toEqual([]);
  });

  test.each(["*", "*:*", "iam:*", "iam:PutRolePolicy", "sts:AssumeRole", "i?m:*", "IAM:CreateAccessKey"])(
    "one that may %s is not passed",
    (action) => {
      const input = { denials: [lambdaDenied] };
      const found = proposed([worker, fn, policy(allowing(action))], input);
      expect(found.needs.map((need) => need.action)).not.toContain("iam:PassRole");
      expect(found.leftOut.join()).toMatch(/iam:PassRole on aws_iam_role.worker/);
    },
  );

  test("one whose policy is not known yet is looked at by a person", () => {
    const { doubts } = proposed([worker, fn, policy(undefined)], { denials: [lambdaDenied] });
    expect(doubts.join()).toContain("known only after the apply");
  });
});

describe("what a person has to look at", () => {
  test.each<readonly [string, Partial<ProposalInput>, RegExp]>([
    ["a text that does not say it plainly", { denials: [{ ...denied, structured: false }] }, /plainly/],
    [
      "an action that the provider is not known to use",
      { denials: [{ ...denied, action: "sqs:PurgeQueue" }] },
      /sqs:PurgeQueue is not known/,
    ],
    [
      "an action that was denied once",
      { experience: { grantedTypes: [], deniedActions: { aws_sqs_queue: ["sqs:PurgeQueue"] } } },
      /sqs:PurgeQueue is not known/,
    ],
    ["a type that nobody has watched", { isRecorded: () => false }, /not known from a real run/],
    [
      "another resource than the plan's",
      { denials: [{ ...denied, resourceArn: `arn:aws:sqs:eu-west-1:${account}:theirs` }] },
      /sqs:CreateQueue is not known/,
    ],
  ])("%s", (_what, change, doubt) => {
    expect(proposed([queue], change).doubts.join("\n")).toMatch(doubt);
  });

  test("and what must not be at all: the denied action itself is refused", () => {
    const found = proposed([queue], {
      denials: [
        { ...denied, action: "iam:CreateAccessKey", resourceArn: `arn:aws:iam::${account}:user/boss` },
      ],
    });
    expect(found.refusals.join()).toContain("iam:CreateAccessKey");
  });
});
