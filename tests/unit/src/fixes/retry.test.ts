import { describe, expect, it } from "vitest";
import type { Existence } from "../../../../handlers/hosting/contract.ts";
import type { Workshop, FixOffer } from "../../../../src/fixes/contract.ts";
import { retry, retryBudget, secondsBefore } from "../../../../src/fixes/retry.ts";

it.each([
  ["nothing is known", {}, [2, 4, 8]],
  ["advice is the most it waits", { delay_seconds: 3 }, [2, 3, 3]],
  ["a rule of the service is kept", { delay_seconds: 60 }, [60, 60, 60]],
  ["nonsense is ignored", { delay_seconds: -5 }, [2, 4, 8]],
])("waits longer each time: %s", (_what, parameters, expected) => {
  expect([0, 1, 2].map((triedBefore) => secondsBefore({ parameters, triedBefore }))).toEqual(expected);
});

/** A plan that makes a group and, in it, a stream. */
const document = {
  resource_changes: ["aws_cloudwatch_log_group.jobs", "aws_cloudwatch_log_stream.first"].map((address) => ({
    address,
    change: { actions: ["create"] },
  })),
  configuration: {
    root_module: {
      resources: [
        {
          address: "aws_cloudwatch_log_stream.first",
          expressions: { log_group_name: { references: ["aws_cloudwatch_log_group.jobs.name"] } },
        },
      ],
    },
  },
};

/** All that it looks at. */
function workshop(answer: Existence["answer"], inState = true, tainted = false): Workshop {
  const group = { address: "aws_cloudwatch_log_group.jobs", tainted };
  return {
    plan: async () => ({ document }),
    iac: { resources: async () => ({ ok: true, value: inState ? [group] : [], diagnostics: [] }) },
    hosting: { exists: async () => [{ address: group.address, answer }] },
  } as unknown as Workshop;
}

const missed = {
  transient: false,
  code: "ResourceNotFoundException",
  message: "The specified log group does not exist.",
  resource_address: "aws_cloudwatch_log_stream.first",
};

const offerFor = (
  diagnosis: object,
  { triedBefore = 0, named = false, shop = workshop("found") } = {},
): Promise<FixOffer> =>
  retry(shop).offer({
    diagnosis: diagnosis as never,
    together: [],
    stage: "deploy",
    parameters: {},
    ...(named ? { named } : {}),
    triedBefore,
    signal: new AbortController().signal,
  });

describe("its budget", () => {
  it("is three tries of what is transient", async () => {
    expect(await offerFor({ transient: true }, { triedBefore: retryBudget - 1 })).toMatchObject({
      kind: "offered",
      summary: "wait about 8 s, then run the failed stage again (try 3 of 3)",
    });
    expect(await offerFor({ transient: true }, { triedBefore: retryBudget })).toMatchObject({
      kind: "refused",
      reason: "it was tried 3 times and failed each time",
    });
  });

  it("is one of what a solution alone names it for", async () => {
    const diagnosis = { transient: false, code: null, message: "odd" };
    expect(await offerFor(diagnosis, { named: true })).toMatchObject({ kind: "offered" });
    expect(await offerFor(diagnosis, { named: true, triedBefore: 1 })).toMatchObject({
      reason: "it was tried once and failed again",
    });
  });
});

describe("what is missed", () => {
  it("and was made by this very run is waited for", async () => {
    expect(retry(workshop("found")).appliesTo(missed as never)).toBe(true);
    expect(await offerFor(missed, { triedBefore: 1 })).toMatchObject({
      kind: "offered",
      summary:
        "aws_cloudwatch_log_group.jobs was made a moment ago and is not everywhere yet: wait about 4 s, then run the failed stage again (try 2 of 3)",
    });
  });

  it.each([
    ["its service does not know it", missed, workshop("missing")],
    ["its service was not clear", missed, workshop("unknown")],
    ["it was not made", missed, workshop("found", false)],
    ["it was not made to its end", missed, workshop("found", true, true)],
    [
      "the failed one is not made of it",
      { ...missed, resource_address: "aws_sqs_queue.a" },
      workshop("found"),
    ],
  ])("is not, and nothing is said of it, where %s", async (_why, diagnosis, shop) => {
    expect(await offerFor(diagnosis, { shop })).toMatchObject({ kind: "refused", unsaid: true });
  });
});
