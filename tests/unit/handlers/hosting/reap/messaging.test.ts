import { expect, test } from "vitest";
import { troubleOf } from "../../../../../handlers/hosting/api-error.ts";
import type { Clients } from "../../../../../handlers/hosting/posture/desk.ts";
import { identifyTarget, rowOf } from "../../../../../handlers/hosting/reap/targets.ts";
import type { JsonObject } from "../../../../../src/core/json.ts";

test("a target that a rule keeps is the service's refusal, no bug", async () => {
  const FailedEntries = [
    { TargetId: "worker", ErrorCode: "ConcurrentModificationException", ErrorMessage: "try again" },
  ];
  const answers: Readonly<Record<string, JsonObject>> = {
    ListTargetsByRule: { Targets: [{ Id: "worker" }] },
    RemoveTargets: { FailedEntryCount: 1, FailedEntries },
  };
  const never = (): never => {
    throw new Error("not expected to be called");
  };
  const clients: Clients = {
    config: { region: "us-east-1", credentials: never },
    json: () => async (action) => answers[action] ?? never(),
    rest: never,
    query: never,
    s3: never,
    iam: never,
    once: never,
  };
  const target = identifyTarget("arn:aws:events:us-east-1:111122223333:rule/nightly");
  const thrown: unknown = await rowOf("aws_cloudwatch_event_rule")
    ?.remove(clients, target)
    .catch((error: unknown) => error);
  expect(String(thrown)).toBe("ConcurrentModificationException: target worker of the rule: try again");
  expect(troubleOf(thrown)).toBe("other");
});
