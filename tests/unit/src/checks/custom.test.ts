import { expect, test } from "vitest";
import type { CommandTestOutcome, ToldToCommand } from "../../../../handlers/commands/contract.ts";
import { customCheck } from "../../../../src/checks/custom.ts";
import { failed, told } from "../../../../src/core/diagnostic.ts";
import type { CustomTest } from "../../../../src/core/policy.ts";
import type { TestResult } from "../../../../src/core/result.ts";
import { checkContextOf } from "../../../../src/pipeline/run-checks.ts";
import { fakeIac, runContext } from "../../../helpers/run-context.ts";

const command: CustomTest["how"] = { kind: "command", command: ["./smoke.sh"], format: "exit-code" };
const outputs = {
  url: { value: "https://x.example", sensitive: false },
  password: { value: "hunter2", sensitive: true },
};

/** The result, and what the command was told: nothing where it was not run. */
async function judged(
  test: Partial<CustomTest>,
  read: "outputs" | "no outputs" = "outputs",
): Promise<{ readonly result: TestResult; readonly heard: ToldToCommand | undefined }> {
  let heard: ToldToCommand | undefined;
  const run = async (_: CustomTest, facts: ToldToCommand): Promise<CommandTestOutcome> => {
    heard = facts;
    return { kind: "ran", findings: [], figures: {} };
  };
  const noState = failed([{ severity: "error", summary: "no state", detail: "" }]);
  const context = runContext({
    iac: fakeIac({ output: async () => (read === "outputs" ? told(outputs) : noState) }),
    commands: { test: run, hook: () => Promise.reject(new Error("no hook")) },
  });
  const check = customCheck({
    name: "smoke",
    phase: "post-deployment",
    how: command,
    severity: "HIGH",
    timeoutMs: 1_000,
    requirement: "expected",
    ...test,
  });
  const result = await check.run(checkContextOf(context, context.signal));
  return { result, heard };
}

test("a command is told the outputs that are not sensitive", async () => {
  const { result, heard } = await judged({});
  expect(result.status).toBe("PASS");
  expect(heard).toMatchObject({
    outputs: { url: "https://x.example" },
    endpoints: { url: "https://x.example" },
  });
});

test("a command is not run without the outputs: it would test nothing, and pass", async () => {
  const { result, heard } = await judged({}, "no outputs");
  expect(result).toMatchObject({ status: "ERROR", reason: "the outputs cannot be read: no state" });
  expect(heard).toBeUndefined();
});

test.each<[string, Partial<CustomTest>]>([
  ["a test before the deploy", { phase: "pre-deployment" }],
  ["Terraform's own tests", { how: { kind: "terraform-test", folder: "/x" } }],
])("%s takes no outputs", async (_, test) => {
  const { result, heard } = await judged(test, "no outputs");
  expect(result.status).toBe("PASS");
  expect(heard?.outputs).toBeUndefined();
});
