import { expect, test } from "vitest";
import type { HostingSession, Reaper, Removal } from "../../../../../handlers/hosting/contract.ts";
import type { Stray } from "../../../../../src/pipeline/reap/findings.ts";
import { carryOutStage } from "../../../../../src/pipeline/reap/carry-out.ts";
import { planScope, runContext } from "../../../../helpers/run-context.ts";

const strayOf = (name: string): Stray => ({
  target: { arn: `arn:aws:sqs:us-east-1:000000000000:${name}`, name, removable: true, command: "" },
  runId: "r",
  proof: "it says so",
});
const approval = { digest: "d", by: "ada", at: "2026-11-21T09:36:40.000Z", via: "yes-flag" } as const;

test("what an interrupt kept from being removed is told as left behind", async () => {
  const stopped = new AbortController();
  const remove = async (): Promise<Removal> => {
    stopped.abort("SIGINT");
    return { kind: "removed" };
  };
  const reaper: Pick<Reaper, "order" | "remove"> = { order: () => 0, remove };
  const hosting: Pick<HostingSession, "identify"> = {
    identify: async () => ({ account: planScope.account ?? "?", arn: "arn:x", region: "us-east-1" }),
  };
  // All that is asked.
  const asked = { ...hosting, reaper: reaper as Reaper } as HostingSession;
  const context = runContext({ hosting: asked, signal: stopped.signal, wishes: { kind: "destroy" } });
  const { result } = await carryOutStage.run(context, {
    reapApproved: approval,
    reap: { doomed: [], strays: [strayOf("a"), strayOf("b")], unproven: [], digest: "d" },
  });
  expect(result).toMatchObject({
    status: "FAIL",
    headline: "nothing in the state · 1 of 2 outside of it removed",
    diagnostics: [{ detail: expect.stringContaining(":b: its removal was not begun") }],
  });
});
