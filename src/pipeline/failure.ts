import type { IacProject, ProblemKind } from "../../handlers/iac/contract.ts";
import { errorsIn, type Diagnostic } from "../core/diagnostic.ts";
import { exitOf, type Exit, type ExitName } from "../core/exit.ts";
import type { StageOutcome, Carried } from "./stage.ts";

/** The exit for a failed command: trouble with a lock or with credentials is told apart, whatever the stage. */
export function exitFor(iac: IacProject, diagnostics: readonly Diagnostic[], otherwise: ExitName): Exit {
  const first = mostTelling(diagnostics);
  const reason = firstError(diagnostics) ?? "the tool failed without saying why";
  const kind = iac.problemIn(diagnostics);
  if (kind === "locked")
    return exitOf("locked", `somebody else holds the state: ${lockHolder(first) ?? reason}`);
  if (kind === "credentials") return exitOf("credentials-or-permissions", reason);
  if (ofTheSettings.has(kind)) return exitOf("wrong-usage", reason);
  return exitOf(otherwise, reason);
}

/** `main.tf:8: Reference to undeclared input variable`: what failed, in a line; nothing where nothing did. */
export function firstError(diagnostics: readonly Diagnostic[]): string | undefined {
  const first = mostTelling(diagnostics);
  return first === undefined ? undefined : describeError(first);
}

/** One that points somewhere says more than the heading that Terraform puts before it. */
function mostTelling(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  const errors = errorsIn(diagnostics);
  return errors.find((error) => error.at) ?? errors[0];
}

/** Nothing is wrong with the infrastructure: what was given to the tool is. */
const ofTheSettings: ReadonlySet<ProblemKind> = new Set(["provider", "variables", "backend"]);

function describeError({ summary, at }: Diagnostic): string {
  return at === undefined ? summary : `${at.file}${at.line === undefined ? "" : `:${at.line}`}: ${summary}`;
}

/** `Who` and `Created` of the lock that Terraform describes in the detail. */
function lockHolder(diagnostic: Diagnostic | undefined): string | undefined {
  const field = (name: string): string | undefined =>
    new RegExp(`^\\s*${name}:\\s+(\\S.*)$`, "m").exec(diagnostic?.detail ?? "")?.[1]?.trim();
  const who = field("Who");
  if (who === undefined) return undefined;
  return `${who}, since ${field("Created") ?? "unknown"}, ${field("Operation") ?? "operation unknown"}, lock ${field("ID") ?? "unknown"}`;
}

/** A stage that ended in a tool's errors. */
export function failedStage(
  carried: Carried,
  diagnostics: readonly Diagnostic[],
  exit: Exit,
  status: "FAIL" | "ERROR" = "FAIL",
): StageOutcome {
  return { result: { status, headline: exit.reason, tests: [], diagnostics, exit }, carried };
}
