import { invalidFiles } from "../../checks/terraform-validation.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { exitOf } from "../../core/exit.ts";
import { blocks } from "../../core/gate.ts";
import { checkContextOf } from "../run-checks.ts";
import type { RunContext } from "../context.ts";
import { exitFor, failedStage, firstError } from "../failure.ts";
import { keepReport } from "../keep-report.ts";
import type { Carried, Stage, StageOutcome } from "../stage.ts";

/** Providers and modules are fetched, and the files are checked for form and meaning. */
export function validateStage(options: { readonly backend: boolean; readonly planAhead: boolean }): Stage {
  return { name: "validate", run: (context, before) => validate(context, before, options) };
}

async function validate(
  context: RunContext,
  before: Carried,
  options: { readonly backend: boolean; readonly planAhead: boolean },
): Promise<StageOutcome> {
  context.host.emit({ type: "stage.progress", stage: "validate", text: "fetching providers and modules" });
  const initialised = await context.iac.init({ backend: options.backend });
  if (!initialised.ok) return notInitialised(context, before, initialised.diagnostics);
  // A plan takes as long as all of this: it is made meanwhile, and waited for where it is needed.
  // Its failure is the preview's to tell; here it must only not count as one that nobody handles.
  if (options.planAhead) context.planning.plan().catch(() => undefined);
  context.host.emit({
    type: "stage.progress",
    stage: "validate",
    text: options.planAhead ? "checking the files, planning meanwhile" : "checking the files",
  });
  const check = context.checks.find((candidate) => candidate.name === "terraform_validation");
  if (!check) throw new Error("the registry of checks lacks terraform_validation");
  const test = await check.run(checkContextOf(context, context.signal));
  const stops = blocks(test);
  const headline = test.reason ?? "";
  const exit = exitOf("test-failed", firstError(test.diagnostics ?? []) ?? headline);
  const carried = stops
    ? (await keepReport(context, before, { phase: "pre-deployment", tests: [test], exit })).carried
    : { ...before, validation: test };
  return {
    result: {
      status: test.status,
      headline,
      // A test that passed has said all in the headline.
      tests: test.status === "PASS" ? [] : [test],
      diagnostics: initialised.diagnostics,
      ...(stops ? { exit } : {}),
    },
    carried,
  };
}

/** Files that Terraform cannot even read end here: that is what the validation test is about, so it says so. */
async function notInitialised(
  context: RunContext,
  before: Carried,
  diagnostics: readonly Diagnostic[],
): Promise<StageOutcome> {
  const exit = exitFor(context.iac, diagnostics, "test-failed");
  const failedOutcome = failedStage(before, diagnostics, exit);
  if (context.iac.problemIn(diagnostics) !== "configuration") return failedOutcome;
  const test = invalidFiles(diagnostics, exit.reason);
  const { carried } = await keepReport(context, before, { phase: "pre-deployment", tests: [test], exit });
  return { ...failedOutcome, carried };
}
