import { isAbsolute, relative } from "node:path";
import { whyOf } from "../../src/core/diagnostic.ts";
import type { CustomTest } from "../../src/core/policy.ts";
import type { IacProject } from "../iac/contract.ts";
import type { CommandTestOutcome, ToldToCommand } from "./contract.ts";
import { outcomeOfCases, type TestCase } from "./read/case-findings.ts";

/** `terraform test` over the files of one folder of the root. */
export async function runTerraformTest(
  iac: Pick<IacProject, "root" | "test">,
  {
    test,
    folder,
    told,
  }: { readonly test: CustomTest; readonly folder: string; readonly told: ToldToCommand },
): Promise<CommandTestOutcome> {
  const inside = relative(iac.root, folder);
  if (inside.startsWith("..") || isAbsolute(inside))
    return {
      kind: "missing",
      reason: `Terraform runs test files only from inside its root, not from ${folder}`,
    };
  const budget = AbortSignal.timeout(test.timeoutMs);
  const answer = await iac.test(inside === "" ? "." : inside, AbortSignal.any([told.signal, budget]));
  if (budget.aborted) return { kind: "broken", reason: "ran out of time", timedOut: true };
  if (!answer.ok) return { kind: "broken", reason: whyOf(answer.diagnostics), timedOut: false };
  const cases = answer.value.map((run): TestCase => ({
    suite: run.file,
    name: run.name,
    outcome: run.status,
    ...(run.diagnostics[0] === undefined
      ? {}
      : {
          message: [run.diagnostics[0].summary, run.diagnostics[0].detail].filter(Boolean).join(": "),
          ...(run.diagnostics[0].at === undefined ? {} : { at: run.diagnostics[0].at }),
        }),
  }));
  if (cases.length === 0)
    return { kind: "broken", reason: `there is no test file in ${folder}`, timedOut: false };
  return outcomeOfCases(cases, { test: test.name, severity: test.severity });
}
