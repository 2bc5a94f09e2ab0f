import { safeJson, safeLine } from "../../core/safe-text.ts";
import { randomUUID } from "node:crypto";
import { dirname, resolve } from "node:path";
import type { IssueLog } from "../../../issue-log/contract.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import type { Issue } from "../../core/issue.ts";
import { learnSolution, userSolution, type Outcome } from "../../debugger/learn.ts";
import { writeFileAtomically } from "../../workdir/atomic-file.ts";
import { flagOption, textOption, type CommandBody, type Invocation } from "../define.ts";
import { isObjectAddress, openObjects } from "../open-objects.ts";
import { readInput } from "../read-input.ts";
import { loadSettings } from "../settings.ts";
import { knownIssue, wholeNumber, withLog } from "./issues-read.ts";

export const record: CommandBody = (invocation) =>
  withLog(invocation, async (log) => {
    const { options, positional } = invocation;
    const issue = await knownIssue(log, positional[0] ?? "");
    const outcome = outcomeOf(invocation, issue);
    const description = textOption(options, "description");
    const solutionId = textOption(options, "solution");
    if ((description === undefined) === (solutionId === undefined)) throw needsSolution();
    const steps = options["step"];
    const words = description?.trim() ?? "";
    if (description !== undefined && words === "") throw needsSolution();
    const said =
      solutionId === undefined
        ? await describeSolution(
            log,
            { issue, words, steps: Array.isArray(steps) ? steps.map(String) : [] },
            outcome,
          )
        : await countAttempt(log, { issue, solutionId }, outcome);
    return {
      exit: exitOf("done", said),
      document: { issue_id: issue.id, recorded: said },
      text: safeLine(said),
    };
  });

async function describeSolution(
  log: IssueLog,
  told: { readonly issue: Issue; readonly words: string; readonly steps: readonly string[] },
  outcome: Outcome | undefined,
): Promise<string> {
  const solution = userSolution(told.issue.id, told.words, told.steps);
  if (outcome) await learnSolution(log, solution, outcome, "person");
  else await log.teach(told.issue.id, solution);
  return `recorded for issue ${told.issue.id.slice(0, 6)}: ${told.words}`;
}

async function countAttempt(
  log: IssueLog,
  { issue, solutionId }: { readonly issue: Issue; readonly solutionId: string },
  outcome: Outcome | undefined,
): Promise<string> {
  const known = (await log.solutionsOf(issue.id)).filter(({ solution }) =>
    solution.id.startsWith(solutionId),
  );
  const [found] = known;
  if (!found || known.length > 1) {
    throw new FaberError({
      code: "solution-not-found",
      exit: "wrong-usage",
      message: found
        ? `"${solutionId}" fits ${known.length} solutions of issue ${issue.id.slice(0, 6)}`
        : `issue ${issue.id.slice(0, 6)} has no solution "${solutionId}"`,
      hints: [`see what there is: faber issues show ${issue.id.slice(0, 12)}`],
    });
  }
  if (!outcome) {
    throw new FaberError({
      code: "outcome-missing",
      exit: "wrong-usage",
      message: "what came of the solution is not said",
      hints: ["--outcome=success or --outcome=failure"],
    });
  }
  await log.remember({ ...outcome, id: randomUUID(), solutionId: found.solution.id, provenBy: "person" });
  return `recorded ${outcome.outcome} of: ${found.solution.description}`;
}

function outcomeOf({ world, options }: Invocation, issue: Issue): Outcome | undefined {
  const outcome = textOption(options, "outcome");
  if (outcome !== "success" && outcome !== "failure") return undefined;
  const duration = textOption(options, "duration");
  const environment = textOption(options, "env");
  return {
    issueId: issue.id,
    outcome,
    at: world.clock.now().toISOString(),
    ...(environment === undefined ? {} : { environment }),
    ...(duration === undefined ? {} : { durationSeconds: wholeNumber("--duration", duration) }),
  };
}

function needsSolution(): FaberError {
  return new FaberError({
    code: "solution-missing",
    exit: "wrong-usage",
    message: "one of --description and --solution says what was done",
    hints: ['faber issues record ISSUE --description="what solved it" --outcome=success'],
  });
}

export const exportIssues: CommandBody = (invocation) =>
  withLog(invocation, async (log) => {
    const { exportLog } = await import("../../../issue-log/exchange/export.ts");
    const { world, options, redactor } = invocation;
    const exported = await exportLog(log, world.clock.now().toISOString());
    const out = textOption(options, "out");
    const count = `${exported.issues.length} issues`;
    const json = safeJson(exported, 2);
    if (out === undefined) {
      world.stdout.write(`${redactor.text(json)}\n`);
      return { exit: exitOf("done", count), printed: true };
    }
    const file = resolve(world.cwd, out);
    await writeFileAtomically(file, `${redactor.text(json)}\n`);
    return {
      exit: exitOf("done", count),
      document: { file, issues: exported.issues.length },
      text: `${count} in ${file}`,
    };
  });

export const importIssues: CommandBody = (invocation) =>
  withLog(invocation, async (log) => {
    const [{ importLog, largestImport }, { identifyText }] = await Promise.all([
      import("../../../issue-log/exchange/import.ts"),
      import("../../debugger/identify-text.ts"),
    ]);
    const given = invocation.positional[0] ?? "";
    const file = placeOf(invocation, given);
    const bytes = isObjectAddress(file)
      ? await (await openObjects(invocation)).get(file, largestImport)
      : await readInput(file);
    const merged = await importLog(log, bytes, identifyText);
    const text = `added ${merged.issues} issues, ${merged.occurrences} occurrences, ${merged.solutions} solutions, ${merged.attempts} attempts`;
    return { exit: exitOf("done", text), document: { file, added: merged }, text };
  });

export const archiveIssues: CommandBody = (invocation) =>
  withLog(invocation, async (log) => {
    const { archiveLog } = await import("../../../issue-log/exchange/archive.ts");
    const { world, options } = invocation;
    const out = textOption(options, "out");
    const done = await archiveLog(log, {
      now: world.clock.now().toISOString(),
      to: out === undefined ? await besideTheLog(invocation) : placeOf(invocation, out),
      force: flagOption(options, "force"),
      // Nobody is asked for credentials before there is something to put.
      upload: async (address, body) => (await openObjects(invocation)).put(address, body),
    });
    const text =
      done.outcome === "archived"
        ? `moved ${done.occurrences} occurrences to ${done.place}`
        : done.outcome === "small-enough"
          ? `the log takes ${done.bytes} bytes: it is below 10 MB and left alone (--force archives all the same)`
          : "nothing in the log is old enough";
    return { exit: exitOf("done", text), document: { ...done }, text };
  });

async function besideTheLog(invocation: Invocation): Promise<string> {
  const { issueLog, environment } = await loadSettings({ ...invocation, anyEnvironment: true });
  // A log on a server lies in no folder.
  return issueLog.includes("://") ? environment.stateDir : dirname(issueLog);
}

function placeOf({ world }: Invocation, given: string): string {
  return isObjectAddress(given) ? given : resolve(world.cwd, given);
}
