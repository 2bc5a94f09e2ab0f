import type { CustomTest } from "../../src/core/policy.ts";
import { describeEnd, run, succeeded, type Argv, type Ran } from "../../src/process/run.ts";
import type { CommandTestOutcome, ToldToCommand } from "./contract.ts";
import { outcomeOfCases } from "./read/case-findings.ts";
import { readConftest } from "./read/conftest.ts";
import { readFaberJson } from "./read/faber-json.ts";
import { readJunit } from "./read/junit.ts";
import { readTap } from "./read/tap.ts";
import { commandVariables, writePlanJson, type RunFacts } from "./run-facts.ts";
import { watchReport, type WrittenReport } from "./written-report.ts";

/** The end of what a failed command printed is its message; characters. */
const lastWords = 2_000;

type CommandTest = CustomTest & { readonly how: Extract<CustomTest["how"], { readonly kind: "command" }> };
type PolicyTest = CustomTest & { readonly how: Extract<CustomTest["how"], { readonly kind: "policy" }> };

/** Runs a command and reads its answer in the format that it is said to write. */
export async function runCommandTest(
  facts: RunFacts,
  env: Readonly<Record<string, string>>,
  { test, told }: { readonly test: CommandTest; readonly told: ToldToCommand },
): Promise<CommandTestOutcome> {
  const planJson = await writePlanJson(facts, told);
  const { report } = test.how;
  const written = report === undefined ? undefined : await watchReport(report);
  const ran = await run(test.how.command as Argv, {
    cwd: facts.environment.projectDir,
    env: {
      ...env,
      ...(await commandVariables(facts, told, test.name)),
      ...(planJson === undefined ? {} : { FABER_RUN_PLAN_JSON: planJson }),
    },
    signal: told.signal,
    timeoutMs: test.timeoutMs,
  });
  if (ran.ended.how !== "exited") return unfinished(ran);
  if (test.how.format === "exit-code") return byExitCode(test, ran);
  const answer: WrittenReport = written ? await written() : { kind: "text", text: ran.stdout };
  return answer.kind === "text" ? readAnswer(test, answer.text, ran) : broken(whyNoAnswer(test, answer, ran));
}

function unfinished({ ended }: Ran): CommandTestOutcome {
  if (ended.how === "not-started") return { kind: "missing", reason: describeEnd(ended) };
  return { kind: "broken", reason: describeEnd(ended), timedOut: ended.how === "timed-out" };
}

function byExitCode(test: CommandTest, ran: Ran): CommandTestOutcome {
  if (succeeded(ran)) return { kind: "ran", findings: [], figures: {} };
  const said = `${ran.stdout}${ran.stderr}`.trim().slice(-lastWords);
  const message = said === "" ? describeEnd(ran.ended) : `${describeEnd(ran.ended)}: ${said}`;
  return {
    kind: "ran",
    findings: [{ rule: test.name, severity: test.severity, message, scanners: [test.name] }],
    figures: {},
  };
}

/** A report of an earlier run is no answer of this one. */
function whyNoAnswer(
  { how }: CommandTest,
  answer: Exclude<WrittenReport, { readonly kind: "text" }>,
  ran: Ran,
): string {
  const exited = succeeded(ran) ? "" : ` (${describeEnd(ran.ended)})`;
  return answer.kind === "unwritten"
    ? `it wrote no report ${how.report ?? ""}${exited}`
    : `its report cannot be read: ${answer.why}${exited}`;
}

/** A command that failed without naming anything in its report broke: that is no clean answer. */
async function readAnswer(test: CommandTest, text: string, ran: Ran): Promise<CommandTestOutcome> {
  const named = { test: test.name, severity: test.severity };
  const { format } = test.how;
  const outcome: CommandTestOutcome =
    format === "junit" || format === "tap"
      ? ofCases(await (format === "junit" ? readJunit(text) : readTap(text)), named)
      : ofFindings(format === "sarif" ? await sarif(text, named) : readFaberJson(text, named));
  const namesNothing =
    outcome.kind === "missing" || (outcome.kind === "ran" && outcome.findings.length === 0);
  if (namesNothing && !succeeded(ran))
    return broken(`${describeEnd(ran.ended)}, and its report names nothing`);
  return outcome;
}

type Named = { readonly test: string; readonly severity: CustomTest["severity"] };

async function sarif(text: string, { test }: Named): Promise<ReturnType<typeof readFaberJson>> {
  const { readSarif } = await import("../scanner/sarif-report.ts");
  const read = readSarif(text);
  return read.ok
    ? { ok: true, findings: read.findings.map((found) => ({ ...found, scanners: [test] })) }
    : read;
}

function ofCases(read: Awaited<ReturnType<typeof readJunit>>, named: Named): CommandTestOutcome {
  if (!read.ok) return broken(`its answer cannot be read: ${read.why}`);
  if (read.cases.length === 0) return broken("its answer holds no test case");
  return outcomeOfCases(read.cases, named);
}

function ofFindings(read: ReturnType<typeof readFaberJson>): CommandTestOutcome {
  return read.ok
    ? { kind: "ran", findings: read.findings, figures: {} }
    : broken(`its answer cannot be read: ${read.why}`);
}

function broken(reason: string): CommandTestOutcome {
  return { kind: "broken", reason, timedOut: false };
}

/** OPA policies over the plan's JSON, by conftest. */
export async function runPolicyTest(
  facts: RunFacts,
  env: Readonly<Record<string, string>>,
  { test, told }: { readonly test: PolicyTest; readonly told: ToldToCommand },
): Promise<CommandTestOutcome> {
  const tool = facts.environment.toolPaths["conftest"];
  if (tool === undefined)
    return { kind: "missing", reason: "conftest is not there: install it, or name its path under tools" };
  const planJson = await writePlanJson(facts, told);
  if (planJson === undefined) return { kind: "missing", reason: "there is no plan to hold to the policies" };
  const argv: Argv = [tool, "test", "--output", "json", "--all-namespaces", "--policy", test.how.folder];
  const ran = await run([...argv, planJson], {
    cwd: facts.environment.projectDir,
    env,
    signal: told.signal,
    timeoutMs: test.timeoutMs,
  });
  if (ran.ended.how !== "exited") return unfinished(ran);
  const read = readConftest(ran.stdout, { test: test.name, severity: test.severity });
  if (!read.ok)
    return broken(`${read.why} (${describeEnd(ran.ended)}): ${ran.stderr.trim().slice(-lastWords)}`);
  return { kind: "ran", findings: read.findings, figures: { rules: read.rules ?? 0 } };
}
