import { describe, expect, test } from "vitest";
import type { PermissionService } from "../../../../handlers/hosting/permissions/contract.ts";
import { diagnose } from "../../../../src/debugger/diagnose.ts";
import type { FixOffer, Workshop } from "../../../../src/fixes/contract.ts";
import { grant } from "../../../../src/fixes/grant.ts";
import { environment, tickingClock } from "../../../helpers/run-context.ts";

const account = "123456789012";
const arn = `arn:aws:iam::${account}:user/deploy`;
const queue = `arn:aws:sqs:eu-west-1:${account}:shop-test-jobs`;

const never = (): never => {
  throw new Error("nobody may be asked about what cannot be granted");
};
/** Knows who deploys; whatever else it is asked is a fault of the fix. */
const service: PermissionService = {
  actionsFor: never,
  sourceOf: never,
  judgedAnywhere: new Set(),
  deployer: async () => ({ kind: "user", partition: "aws", account, name: "deploy", arn }),
  look: never,
  view: never,
  grant: never,
  revoke: never,
  simulate: never,
  probe: never,
  writeReview: never,
  grantedTypes: never,
};

/** AWS's sentence: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const denied = (why: string, who = arn): string =>
  `Error: creating SQS Queue (shop-test-jobs): operation error SQS: CreateQueue, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: User: ${who} is not authorized to perform: sqs:CreateQueue on resource: ${queue} ${why}

  with aws_sqs_queue.jobs,
  on main.tf line 1, in resource "aws_sqs_queue" "jobs":`;

async function offered(text: string): Promise<FixOffer> {
  const parts = { knowledge: () => [], redact: (said: string) => said, now: () => "2026-11-21T12:00:00Z" };
  const together = await diagnose(parts, { text, record: false });
  const [diagnosis] = together;
  if (diagnosis === undefined) throw new Error("it was read as no failure");
  const workshop = {
    environment: environment({ fix: "auto" }),
    hosting: { permissions: async () => service },
    clock: tickingClock(),
    runId: "r",
    person: "somebody",
  } as Workshop;
  const situation = { diagnosis, together, stage: "deploy", parameters: {}, triedBefore: 0 } as const;
  return grant(workshop).offer({ ...situation, signal: new AbortController().signal });
}

describe("what no grant would end is refused, with why and whose it is", () => {
  test.each([
    ["an explicit deny", "with an explicit deny in an identity-based policy", /explicitly/, /Effect Deny/],
    [
      "a deny of a service control policy",
      "with an explicit deny in a service control policy",
      /organisation forbids/,
      /administrators of the organisation/,
    ],
    [
      "no allow of a service control policy",
      "because no service control policy allows the sqs:CreateQueue action",
      /organisation forbids/,
      /administrators of the organisation/,
    ],
    [
      "a deny of a resource control policy",
      "with an explicit deny in a resource control policy",
      /organisation forbids/,
      /administrators of the organisation/,
    ],
    [
      "a permissions boundary",
      "because no permissions boundary allows the sqs:CreateQueue action",
      /boundary/,
      /whoever set the boundary/,
    ],
    [
      "a session policy",
      "because no session policy allows the sqs:CreateQueue action",
      /session/,
      /whoever issues the session/,
    ],
    [
      "the policy of a VPC endpoint",
      "because no VPC endpoint policy allows the sqs:CreateQueue action",
      /endpoint/,
      /owner of the network/,
    ],
    [
      "the resource's own policy",
      "because no resource-based policy allows the sqs:CreateQueue action",
      /resource's own policy/,
      /owner of the resource/,
    ],
  ])("%s", async (_what, why, reason, whose) => {
    const offer = await offered(denied(why));
    expect(offer).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(reason),
      hints: [expect.stringMatching(whose)],
    });
  });

  test.each([
    ["root", `arn:aws:iam::${account}:root`],
    ["somebody of the same name in another account", "arn:aws:iam::999999999999:user/deploy"],
    ["another user", `arn:aws:iam::${account}:user/boss`],
    ["a role of the same name", `arn:aws:iam::${account}:role/deploy`],
    ["a session that calls itself so", `arn:aws:sts::${account}:assumed-role/other/deploy`],
  ])("what was denied to %s", async (_what, who) => {
    const offer = await offered(
      denied("because no identity-based policy allows the sqs:CreateQueue action", who),
    );
    expect(offer).toMatchObject({ kind: "refused", reason: expect.stringMatching(/denied|deploys/) });
  });

  test("what was denied to a function's own role, with the Terraform that gives it", async () => {
    const who = `arn:aws:sts::${account}:assumed-role/shop-test-worker/shop-test-worker`;
    const offer = await offered(
      denied("because no identity-based policy allows the sqs:CreateQueue action", who),
    );
    const hints = offer.kind === "refused" ? (offer.hints ?? []).join("\n") : "";
    expect(hints).toContain("a function's own role is part of the configuration");
    expect(hints).toContain('role = "shop-test-worker"');
    expect(hints).toContain('Action   = "sqs:CreateQueue"');
    expect(hints).toContain(`Resource = "${queue}"`);
  });

  test("one of them among others that could be granted: nothing is, as the stage could not pass", async () => {
    const plain = denied("because no identity-based policy allows the sqs:CreateQueue action");
    const scp = denied("with an explicit deny in a service control policy")
      .replaceAll("sqs:CreateQueue", "sqs:TagQueue")
      .replaceAll("CreateQueue", "TagQueue");
    expect(await offered(`${plain}\n\n${scp}`)).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("sqs:TagQueue cannot be granted"),
    });
  });
});
