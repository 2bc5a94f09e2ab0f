import { describe, expect, test } from "vitest";
import type { HostingSession } from "../../../../../handlers/hosting/contract.ts";
import { failed, told } from "../../../../../src/core/diagnostic.ts";
import type { Resource } from "../../../../../src/core/resource.ts";
import { previewStage } from "../../../../../src/pipeline/stages/preview.ts";
import { proveGoneStage } from "../../../../../src/pipeline/stages/prove-gone.ts";
import { fakeIac, fakePlanning, planScope, runContext } from "../../../../helpers/run-context.ts";
import { change, planOf } from "../../ui/samples.ts";

const queue: Resource = {
  address: "aws_sqs_queue.jobs",
  type: "aws_sqs_queue",
  name: "jobs",
  provider: "p",
  tainted: false,
  attributes: {},
};
const unreadable = failed([{ severity: "error", summary: "the state cannot be read", detail: "" }]);
const plan = planOf([change(queue.address, "delete")], { scope: { ...planScope, kind: "destroy" } });

function preview(kind: "deploy" | "destroy") {
  const context = runContext({
    wishes: { kind },
    iac: fakeIac({ resources: async () => unreadable }),
    planning: fakePlanning({ plan: async () => told(plan) }),
  });
  return previewStage.run(context, {});
}

describe("a destroy whose state cannot be read when it is planned", () => {
  test("is not begun: nobody could say afterwards that all of it is gone", async () => {
    const { result, carried } = await preview("destroy");
    expect(result).toMatchObject({ status: "FAIL", exit: { reason: "the state cannot be read" } });
    expect(carried.plan).toBeUndefined();
  });

  test("while a deploy needs no list of what is there", async () => {
    expect((await preview("deploy")).result.status).toBe("PASS");
  });
});

describe("the proof that all is gone", () => {
  const prove = (more: Partial<HostingSession>, signal = new AbortController().signal) =>
    proveGoneStage.run(
      runContext({
        wishes: { kind: "destroy" },
        iac: fakeIac({ resources: async () => told(more.tagged ? [] : [queue]) }),
        // All that is asked.
        hosting: more as HostingSession,
        signal,
      }),
      { doomed: [{ ...queue, attributes: { tags_all: { Project: "orders", Environment: "test" } } }] },
    );

  test("counts one thing once, though the state and the cloud both have it", async () => {
    const { result } = await prove({
      exists: async () => [{ address: queue.address, answer: "found", by: "sqs:GetQueueUrl" }],
    });
    expect(result.exit?.reason).toBe("1 left behind: aws_sqs_queue.jobs is still in the state");
  });

  test("is none by tags where the search was broken off", async () => {
    const stopped = new AbortController();
    stopped.abort("SIGINT");
    const { result } = await prove(
      {
        exists: async () => [{ address: queue.address, answer: "missing" }],
        tagged: async () => ({ resources: [], unavailable: [], checked: [] }),
      },
      stopped.signal,
    );
    expect(result.status).toBe("WARN");
    expect(result.headline).toContain("the search by tags is incomplete");
  });
});
