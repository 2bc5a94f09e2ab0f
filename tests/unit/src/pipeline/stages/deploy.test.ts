import { expect, test } from "vitest";
import { told } from "../../../../../src/core/diagnostic.ts";
import { approve } from "../../../../../src/core/plan.ts";
import { deployStage } from "../../../../../src/pipeline/stages/deploy.ts";
import { fakeIac, fakePlanning, recordingHost, runContext } from "../../../../helpers/run-context.ts";
import { change, planOf } from "../../ui/samples.ts";

/** A plan with one change more than was approved, after somebody mended the files in between. */
const before = planOf([change("aws_sqs_queue.jobs", "create")], { digest: "a".repeat(64) });
const after = planOf([change("aws_sqs_queue.jobs", "create"), change("aws_s3_bucket.all", "delete")], {
  digest: "b".repeat(64),
  document: { configuration: { mended: true } },
});
const approved = approve(before, {
  digest: before.digest,
  by: "ada",
  at: "2026-11-21T09:36:40.000Z",
  via: "yes-flag",
});

async function again(answers: readonly string[]) {
  const applied: string[] = [];
  const host = recordingHost(answers);
  const context = runContext({
    host,
    wishes: { yes: true, attended: true },
    planning: fakePlanning({ again: async () => told(after) }),
    iac: fakeIac({
      apply: async (plan) => {
        applied.push(plan.digest);
        return { told: told(undefined), changed: [], failed: [], uncertain: [] };
      },
      resources: async () => told([]),
      output: async () => told({}),
    }),
  });
  const { result } = await deployStage.run(context, { approved, plan: before, rerun: true });
  return { applied, result, asked: host.asked.map(({ id }) => id) };
}

test("the --yes of before approves no other plan: whoever mended the files is asked about what they mean now", async () => {
  const declined = await again(["n"]);
  expect(declined).toMatchObject({ applied: [], asked: ["approve-plan"], result: { exit: { code: 4 } } });
  expect(await again(["y"])).toMatchObject({ applied: [after.digest], asked: ["approve-plan"] });
});
