import { describe, expect, test } from "vitest";
import type { ReapTarget } from "../../../../../handlers/hosting/contract.ts";
import type { Evidence, Planned } from "../../../../../src/pipeline/reap/evidence.ts";
import { judgeStrays } from "../../../../../src/pipeline/reap/strays.ts";
import type { PastRun } from "../../../../../src/workdir/past-runs.ts";
import { noPolicy } from "../../../../helpers/policy.ts";
import { environment } from "../../../../helpers/run-context.ts";

const account = "111122223333";
const arn = `arn:aws:ssm:us-east-1:${account}:parameter/shop/test/a`;
const ours = { Project: "shop", Environment: "test" };
const settled = environment({ project: "shop", name: "test" });

const deadRun: PastRun = {
  runId: "20261121T090000Z-aaaaaa",
  command: "deploy",
  project: "shop",
  environment: "test",
  startedAt: "2026-11-21T09:00:00.000Z",
  state: "broken-off",
  begun: true,
  changed: [],
  failed: [],
  uncertain: [],
  exists: [],
  gone: [],
  events: [],
};

const plannedBy = (more: Partial<Planned> = {}): Planned => ({
  run: deadRun,
  address: "aws_ssm_parameter.a",
  type: "aws_ssm_parameter",
  name: "/shop/test/a",
  action: "create",
  since: "2026-11-21T09:00:01.000Z",
  failure: "none",
  foundLater: false,
  account,
  region: "us-east-1",
  ...more,
});

const theTarget: ReapTarget = {
  arn,
  type: "aws_ssm_parameter",
  name: "/shop/test/a",
  account,
  region: "us-east-1",
  removable: true,
  command: "aws ssm delete-parameter --name /shop/test/a",
};

interface Given {
  readonly planned?: Planned | "never";
  readonly target?: Partial<ReapTarget>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly protectedTypes?: readonly string[];
}

function judge({ planned = plannedBy(), target = {}, tags = ours, run, protectedTypes = [] }: Given) {
  const evidence: Evidence = {
    unfinished: [deadRun],
    lastPlanned: new Map(planned === "never" ? [] : [["aws_ssm_parameter /shop/test/a", planned]]),
    inState: new Map(),
    foundThere: new Set(),
  };
  return judgeStrays({
    environment: { ...settled, policy: { ...noPolicy, deletions: { protectedTypes } } },
    identity: { account, arn: "arn:aws:iam::111122223333:user/ada", region: "us-east-1" },
    evidence,
    inventory: { resources: [{ arn, tags }], checked: [], unavailable: [] },
    state: [],
    reaper: { identify: () => ({ ...theTarget, ...target }) },
    ...(run === undefined ? {} : { run }),
  });
}

test("what a dead run was making, and carries its tags, is to go, and must not be older than the run", () => {
  const { strays, unproven } = judge({});
  expect(unproven).toEqual([]);
  expect(strays).toMatchObject([{ runId: deadRun.runId, since: "2026-11-21T09:00:01.000Z" }]);
  expect(strays[0]?.mustTellAge).toBeUndefined();
});

test("what failed half way must tell its age, and what was being removed may be of any age", () => {
  expect(judge({ planned: plannedBy({ failure: "half-made" }) }).strays).toMatchObject([
    { mustTellAge: true },
  ]);
  expect(judge({ planned: plannedBy({ action: "delete" }) }).strays[0]?.since).toBeUndefined();
});

describe("is left to a person", () => {
  const endedRun: PastRun = { ...deadRun, state: "ended", stagesExit: { code: 0, name: "done", reason: "" } };
  const cases: readonly (readonly [string, Given])[] = [
    ["faber has no call to remove its type", { target: { removable: false } }],
    ["it belongs to account 444455556666", { target: { account: "444455556666" } }],
    ["deletions.protected_types keeps its type", { protectedTypes: ["aws_ssm_*"] }],
    ["no journal of this project knows it", { planned: "never" }],
    [
      `the last run that planned it, ${deadRun.runId}, came to its end`,
      { planned: plannedBy({ run: endedRun }) },
    ],
    [
      "a plan found it in the state since, and somebody has taken it out",
      { planned: plannedBy({ foundLater: true }) },
    ],
    [
      "a plan found it in the state since, and somebody has taken it out",
      { planned: plannedBy({ action: "update" }) },
    ],
    [
      `run ${deadRun.runId} was told that it could not create it: it may be somebody else's`,
      { planned: plannedBy({ failure: "taken" }) },
    ],
    ["that run was in another account", { planned: plannedBy({ account: "444455556666" }) }],
    ["that run was in another account", { planned: plannedBy({ account: undefined }) }],
    ["that run was in eu-west-1", { planned: plannedBy({ region: "eu-west-1" }) }],
    ["it says that it is of run other", { tags: { ...ours, "faber:run": "other" } }],
    [`it is of run ${deadRun.runId}`, { run: "20261121T100000Z-bbbbbb" }],
  ];
  test.each(cases)("%s", (why, given) => {
    expect(judge(given)).toMatchObject({ strays: [], unproven: [{ why }] });
  });
});

test.each([
  [{ Project: "shop" }],
  [{ ...ours, Environment: "test2" }],
  [{ ...ours, project: "other" }],
  [{ ...ours, "aws:cloudformation:stack-name": "shop" }],
])("what %j is on is not even told of", (tags) => {
  expect(judge({ tags })).toEqual({ strays: [], unproven: [] });
});
