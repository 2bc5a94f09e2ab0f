import type { ExitName } from "./exit.ts";
import { digestShown } from "./plan.ts";
import type { RunReport } from "./report.ts";
import type { StageName } from "./result.ts";

/** `orders test is deployed and verified`: what is true now, without its reason. */
export function verdictSentence(report: RunReport): string {
  const subject = `${report.project} ${report.environment}`;
  if (report.exit.name === "done" || report.exit.name === "changes-present")
    return `${subject} ${doneWords(report)}`;
  return `${subject} ${stoppedWords(report)}`;
}

/** What a person would most likely run now. */
export function nextCommands(report: RunReport): readonly string[] {
  const env = `--env=${shellWord(report.environment)}`;
  const again = `faber ${report.command} ${env}`;
  const digest = report.plan?.digest.slice(0, digestShown);
  const approve = `faber ${report.command === "preview" ? "deploy" : report.command} ${env}`;
  const byExit: Readonly<Partial<Record<ExitName, readonly string[]>>> = {
    "not-approved": digest === undefined ? [again] : [`${approve} --approve=${digest}`],
    "test-failed": [again],
    "deploy-failed": [`faber preview ${env}`, again],
    "verification-failed": [
      `faber test ${env} --phase=post-deployment`,
      `faber drift ${env}`,
      `faber preview ${env}`,
    ],
    "cleanup-incomplete": [report.command === "reap" ? `faber reap ${env}` : `faber destroy ${env}`],
    "credentials-or-permissions": ["faber doctor", again],
    locked: [again],
    interrupted: [`faber preview ${env}`, again],
    terminated: [`faber preview ${env}`, again],
    "changes-present": [approve],
    done: nextAfterDone(report, env),
  };
  return [...new Set(byExit[report.exit.name] ?? [])];
}

function nextAfterDone(report: RunReport, env: string): readonly string[] {
  if (report.command === "preview") return changesNothing(report) ? [] : [`faber deploy ${env}`];
  if (report.command === "validate") return [`faber preview ${env}`];
  if (report.command === "debug") return [`faber deploy ${env}`];
  if (report.command !== "deploy") return [];
  return [`faber status ${env}`, `faber destroy ${env}`];
}

function doneWords(report: RunReport): string {
  const checked = ran(report, "post-tests") ? " and verified" : "";
  switch (report.command) {
    case "deploy":
      if (changesNothing(report)) return `needed no change${checked === "" ? "" : " and is verified"}`;
      return `is deployed${checked === "" ? ", not verified" : checked}`;
    case "destroy":
      return "is destroyed: nothing is left";
    case "reap":
      return "is rid of what dead runs left";
    case "preview":
      return changesNothing(report) ? "needs no change" : "has changes to deploy";
    case "validate":
      return "is valid";
    case "debug":
      return "was mended; what failed has yet to be run again";
    case "test":
      return report.overall_status === "PASS" ? "passed its tests" : "was tested, with warnings";
    default:
      return "was looked at";
  }
}

function stoppedWords(report: RunReport): string {
  const deploys = ran(report, "deploy");
  const begun = hasBegun(report);
  const verb = report.command === "destroy" || report.command === "reap" ? "destroyed" : "deployed";
  const interrupted = begun
    ? `was interrupted while it was being ${verb}`
    : "was interrupted, nothing was changed";
  const stopped = begun ? `is only partly ${verb}` : `stopped in ${lastStage(report) ?? report.command}`;
  const words: Readonly<Partial<Record<ExitName, string>>> = {
    "not-approved": "is unchanged",
    locked: "is unchanged",
    "test-failed": testWords(report, verb),
    "verification-failed": deploys ? `is ${verb}, but not as it should be` : "is not as it should be",
    "cleanup-incomplete":
      report.command === "reap" ? "still has what dead runs left" : "is not wholly destroyed",
    interrupted,
    terminated: interrupted,
  };
  return words[report.exit.name] ?? stopped;
}

/** Whether an apply has touched anything, as far as is known. */
function hasBegun({ applied, ...report }: RunReport): boolean {
  if (!applied) return report.stages.some((stage) => stage.stage === "deploy");
  return applied.changed.length + applied.failed.length + applied.uncertain.length > 0;
}

function testWords(report: RunReport, verb: string): string {
  if (report.command === "test") return "failed its tests";
  return ran(report, "pre-tests") ? `was not ${verb}: tests block it` : "is not valid";
}

function lastStage(report: RunReport): string | undefined {
  return report.stages.findLast((stage) => stage.status === "FAIL" || stage.status === "ERROR")?.stage;
}

function ran(report: RunReport, name: StageName): boolean {
  return report.stages.some((stage) => stage.stage === name && stage.status !== "SKIPPED");
}

function changesNothing(report: RunReport): boolean {
  return report.plan?.changes_something === false;
}

/** A text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
