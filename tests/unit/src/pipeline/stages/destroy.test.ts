import { describe, expect, test } from "vitest";
import type { HostingSession, Obstacle } from "../../../../../handlers/hosting/contract.ts";
import type { ApplyOutcome } from "../../../../../handlers/iac/contract.ts";
import { failed, told, type Diagnostic } from "../../../../../src/core/diagnostic.ts";
import { approve, type ApprovedPlan } from "../../../../../src/core/plan.ts";
import type { Resource } from "../../../../../src/core/resource.ts";
import type { StageOutcome } from "../../../../../src/pipeline/stage.ts";
import { destroyStage } from "../../../../../src/pipeline/stages/destroy.ts";
import {
  fakeIac,
  fakePlanning,
  planScope,
  runContext,
  type RecordingHost,
} from "../../../../helpers/run-context.ts";
import { change, planOf } from "../../ui/samples.ts";

const bucket: Resource = {
  address: "aws_s3_bucket.kept",
  type: "aws_s3_bucket",
  name: "kept",
  provider: "p",
  tainted: false,
  attributes: { bucket: "kept" },
};
const plan = planOf([change(bucket.address, "delete")], { scope: { ...planScope, kind: "destroy" } });
const approved: ApprovedPlan = approve(plan, {
  digest: plan.digest,
  by: "ada",
  at: "2026-11-21T09:36:40.000Z",
  via: "yes-flag",
});
const error: Diagnostic = {
  severity: "error",
  summary: "deleting it",
  detail: "busy",
  address: bucket.address,
};
const begun: Omit<ApplyOutcome, "told"> = { changed: [], failed: [bucket.address], uncertain: [] };
const refused: ApplyOutcome = { ...begun, told: failed([error]) };
const done: ApplyOutcome = {
  told: told(undefined),
  changed: [{ address: bucket.address, action: "delete", elapsed_s: 0 }],
  failed: [],
  uncertain: [],
};

interface Given {
  /** How each apply ends; the last one again and again. */
  readonly applies: readonly ApplyOutcome[];
  readonly obstacle?: Partial<Obstacle> | "none";
  readonly emptyBuckets?: true;
  readonly isProtected?: boolean;
  readonly signal?: AbortSignal;
}

interface Destroyed {
  readonly outcome: StageOutcome;
  readonly host: RecordingHost;
  readonly applies: number;
  readonly emptied: readonly string[];
}

async function destroy({
  applies,
  obstacle = {},
  emptyBuckets,
  isProtected = false,
  signal,
}: Given): Promise<Destroyed> {
  let count = 0;
  const emptied: string[] = [];
  const iac = fakeIac({
    apply: async () => applies[Math.min(count++, applies.length - 1)] ?? done,
    resources: async () =>
      told(count > 0 && applies[Math.min(count, applies.length) - 1] === done ? [] : [bucket]),
    output: async () => told({}),
  });
  const hosting: Pick<HostingSession, "identify" | "obstacle" | "empty"> = {
    identify: async () => ({ account: planScope.account ?? "?", arn: "arn:x", region: "us-east-1" }),
    obstacle: () =>
      obstacle === "none"
        ? undefined
        : { kind: "busy", why: "it is busy", waits: [0, 0], toEmpty: [], ...obstacle },
    empty: async ({ address }) => emptied.push(address),
  };
  const context = runContext({
    iac,
    hosting: hosting as HostingSession,
    planning: fakePlanning({ again: async () => told(plan) }),
    environment: { protected: isProtected, ...(emptyBuckets ? { emptyBuckets } : {}) },
    wishes: { kind: "destroy" },
    ...(signal === undefined ? {} : { signal }),
  });
  const outcome = await destroyStage.run(context, { approved, plan, doomed: [bucket] });
  return { outcome, host: context.host, applies: count, emptied };
}

const noticesIn = ({ host }: Destroyed): readonly string[] =>
  host.events.flatMap((event) => (event.type === "notice" ? [event.code] : []));

describe("a destroy that meets an obstacle", () => {
  test("of a kind that passes is tried again, and ends well", async () => {
    const ran = await destroy({ applies: [refused, done] });
    expect(ran.outcome.result).toMatchObject({ status: "PASS" });
    expect(ran.applies).toBe(2);
    expect(noticesIn(ran)).toContain("destroy-again");
  });

  test("is tried as often as its kind is worth, and then lists what is left", async () => {
    const ran = await destroy({ applies: [refused] });
    expect(ran.applies).toBe(3);
    expect(ran.outcome.result.exit).toMatchObject({
      code: 9,
      reason: "1 left: aws_s3_bucket.kept: deleting it",
    });
  });

  test("of no such kind is not tried again", async () => {
    const ran = await destroy({ applies: [refused], obstacle: "none" });
    expect(ran.applies).toBe(1);
    expect(ran.outcome.result.exit?.code).toBe(9);
  });

  test("is not tried again once somebody wants it to stop", async () => {
    const controller = new AbortController();
    controller.abort("SIGINT");
    expect((await destroy({ applies: [refused], signal: controller.signal })).applies).toBe(1);
  });

  test("that waits stops waiting at once", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort("SIGINT"), 20);
    const ran = await destroy({
      applies: [refused],
      obstacle: { waits: [3_600] },
      signal: controller.signal,
    });
    expect(ran.applies).toBe(1);
  });
});

describe("a bucket that holds something", () => {
  const notEmpty = { kind: "not-empty", toEmpty: [bucket.address] } as const;

  test("is emptied only where the environment allows it", async () => {
    const kept = await destroy({ applies: [refused, done], obstacle: notEmpty });
    expect([kept.applies, kept.emptied]).toEqual([1, []]);
    expect(noticesIn(kept)).toContain("not-empty");
    const emptied = await destroy({ applies: [refused, done], obstacle: notEmpty, emptyBuckets: true });
    expect([emptied.applies, emptied.emptied]).toEqual([2, [bucket.address]]);
  });

  test("is never emptied in a protected environment", async () => {
    const ran = await destroy({
      applies: [refused],
      obstacle: notEmpty,
      emptyBuckets: true,
      isProtected: true,
    });
    expect(ran.emptied).toEqual([]);
  });
});
