import { describe, expect, test } from "vitest";
import type { Quota, ServiceQuotas } from "../../../../handlers/hosting/contract.ts";
import { FaberError } from "../../../../src/core/error.ts";
import type { FixOffer, Workshop } from "../../../../src/fixes/contract.ts";
import { quotaIncrease } from "../../../../src/fixes/quota-increase.ts";

const vpcs: Quota = { name: "VPCs per Region", value: 5, adjustable: true };
const full = {
  category: "quota",
  code: "VpcLimitExceeded",
  message: "The maximum number of VPCs has been reached.",
};

interface Asked {
  readonly asked: (readonly [string, string, number])[];
  readonly workshop: Workshop;
}

function account(quota: Quota | FaberError | undefined): Asked {
  const asked: Asked["asked"] = [];
  const quotas: ServiceQuotas = {
    read: async () => {
      if (quota instanceof FaberError || quota === undefined) throw quota ?? new Error("not to be asked");
      return quota;
    },
    request: async ({ service, code }, value) => {
      asked.push([service, code, value]);
      return { id: "r-1", status: "PENDING" };
    },
  };
  const hosting = quota === undefined ? {} : { quotas };
  // All that it looks at.
  return { asked, workshop: { hosting, environment: { region: "eu-west-1" } } as unknown as Workshop };
}

const offerFor = (workshop: Workshop, diagnosis: object, parameters: object = {}): Promise<FixOffer> =>
  quotaIncrease(workshop).offer({
    diagnosis: diagnosis as never,
    together: [],
    stage: "deploy",
    parameters: parameters as never,
    triedBefore: 0,
    signal: new AbortController().signal,
  });

describe("a quota that is used up", () => {
  test("is asked for more of, half as much again, after a yes and not before; the answer comes later", async () => {
    const { workshop, asked } = account(vpcs);
    expect(quotaIncrease(workshop).appliesTo(full as never)).toBe(true);
    const offer = await offerFor(workshop, full);
    expect(offer).toMatchObject({
      kind: "offered",
      summary: "ask AWS for VPCs per Region of 8 instead of 5",
      diff: ["- VPCs per Region: 5", "+ VPCs per Region: 8", expect.stringContaining("--region eu-west-1")],
    });
    expect(asked).toEqual([]);
    if (offer.kind !== "offered") return;
    expect(await offer.perform()).toMatchObject({
      later: true,
      summary: expect.stringContaining("r-1, PENDING"),
    });
    expect(asked).toEqual([["vpc", "L-F678F1CE", 8]]);
  });

  test("is the one that a solution names, of as much as it says", async () => {
    const { workshop, asked } = account({ name: "vCPUs", value: 32, adjustable: true });
    const offer = await offerFor(
      workshop,
      { category: "quota", code: null, message: "no more" },
      { service: "ec2", quota: "L-1216C47A", value: 64 },
    );
    if (offer.kind === "offered") await offer.perform();
    expect(asked).toEqual([["ec2", "L-1216C47A", 64]]);
  });

  test.each([
    [
      "somebody has asked already",
      account({ ...vpcs, open: { id: "r-0", status: "CASE_OPENED", value: 9 } }),
      "somebody has asked for 9 already (request r-0, CASE_OPENED)",
    ],
    ["it is as high as it goes", account({ ...vpcs, adjustable: false }), "cannot be raised: use fewer"],
    ["there is nobody to ask", account(undefined), "there is no Service Quotas to ask"],
    [
      "nobody answers",
      account(
        new FaberError({
          code: "quotas-unavailable",
          exit: "credentials-or-permissions",
          message: "Service Quotas gives no answer: denied",
        }),
      ),
      "Service Quotas gives no answer: denied",
    ],
  ])("is left as it is where %s", async (_why, { workshop, asked }, reason) => {
    expect(await offerFor(workshop, full)).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining(reason),
    });
    expect(asked).toEqual([]);
  });

  test("is told with the two commands to do it by hand", async () => {
    const { workshop } = account(undefined);
    expect(await offerFor(workshop, full)).toMatchObject({
      hints: [
        "look: aws service-quotas get-service-quota --service-code vpc --quota-code L-F678F1CE --region eu-west-1",
        "ask: aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value <more> --region eu-west-1",
      ],
    });
  });

  test("is not known of every failure", () => {
    const { workshop } = account(vpcs);
    expect(quotaIncrease(workshop).appliesTo({ ...full, category: "config" } as never)).toBe(false);
    expect(quotaIncrease(workshop).appliesTo({ ...full, code: "Odd", message: "odd" } as never)).toBe(false);
  });
});
