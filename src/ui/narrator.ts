import type { Diagnostic } from "../core/diagnostic.ts";
import type { FaberEvent, ResourceEvent, RunInfo } from "../core/event.ts";
import type { Question } from "../core/host.ts";
import type { Identity } from "../core/identity.ts";
import type { Plan } from "../core/plan.ts";
import type { StageResult } from "../core/result.ts";
import { safeLine } from "../core/safe-text.ts";
import { renderDiagnosis } from "./diagnosis-view.ts";
import { renderDiagnostic } from "./diagnostic-view.ts";
import { formatDuration } from "./duration.ts";
import { headerLines, identityParts } from "./header-view.ts";
import { fixLines } from "./fix-view.ts";
import { hookLines } from "./hook-view.ts";
import { paintOfStatus, statusMarks } from "./marks.ts";
import { renderPlan } from "./plan-view.ts";
import { stageLines } from "./stage-line.ts";
import type { TerminalSetting } from "./terminal.ts";
import { testLines } from "./test-view.ts";
import { renderVerdict } from "./verdict-view.ts";
import { joinParts, wrap } from "./width.ts";

/** The answer that shows the plan instead of answering. */
export const viewKey = "v";

/** Turns events into the lines that stay: the same for a terminal and a log. Keeps what later lines need. */
export interface Narrator {
  readonly linesFor: (event: FaberEvent) => readonly string[];
  /** The preview in full; undefined when there was none. */
  readonly wholePlan: (question: Question) => readonly string[] | undefined;
  /** The preview where it has not been shown yet: nobody is asked about what they could not see. */
  readonly unseenPlan: () => readonly string[];
}

type NarratorSetting = Pick<TerminalSetting, "style" | "verbosity" | "cwd" | "isStateful"> & {
  readonly columns: () => number;
  /** Whether somebody may be asked about the plan, and can look at it then. */
  readonly canBeAsked: boolean;
};

interface Memory {
  run: RunInfo | undefined;
  header: "none" | "without-identity" | "whole";
  inStage: boolean;
  waiting: Diagnostic[];
  readonly told: Set<string>;
  plan: { readonly plan: Plan; readonly risks: readonly string[]; seen: boolean } | undefined;
}

export function createNarrator(setting: NarratorSetting): Narrator {
  const memory: Memory = {
    run: undefined,
    header: "none",
    inStage: false,
    waiting: [],
    told: new Set(),
    plan: undefined,
  };
  return {
    linesFor: (event) => linesFor(event, memory, setting),
    wholePlan: (question) => {
      // Where a name is to be typed, an environment may have the name of the key.
      const isName = question.kind === "typed" && memory.plan?.plan.scope.environment === viewKey;
      return memory.plan && !isName ? planLines(memory, setting, "all") : undefined;
    },
    unseenPlan: () => (memory.plan && !memory.plan.seen ? planLines(memory, setting) : []),
  };
}

function linesFor(event: FaberEvent, memory: Memory, setting: NarratorSetting): readonly string[] {
  if (event.type === "stage.ended") return stageEnd(event.result, memory, setting);
  if (event.type === "diagnostic") return diagnosticSeen(event.diagnostic, memory, setting);
  if (event.type === "diagnosis")
    return ["", ...renderDiagnosis(event.diagnosis, setting.style, setting.columns()), ""];
  if (event.type === "identity.known") return introduction(event.identity, memory, setting);
  if (event.type === "run.ended") {
    const look = { width: setting.columns(), style: setting.style, cwd: setting.cwd };
    return ["", ...renderVerdict(event.report, look)];
  }
  if (event.type === "run.started") memory.run = event.run;
  if (event.type === "stage.started") {
    memory.inStage = true;
    return introduction(undefined, memory, setting);
  }
  if (event.type === "plan.shown") memory.plan = { plan: event.plan, risks: event.risks, seen: false };
  if (setting.verbosity === "quiet") return [];
  return event.type === "plan.shown" ? planLines(memory, setting) : smallLines(event, setting);
}

/** Events that are one line of their own, or none. */
function smallLines(event: FaberEvent, setting: NarratorSetting): readonly string[] {
  const { style } = setting;
  const verbose = setting.verbosity === "verbose";
  if (event.type === "notice") {
    const mark = event.level === "warning" ? style.warn("!") : " ";
    const lines = wrap(safeLine(event.text), setting.columns() - 4);
    return lines.map((line, index) => `${index === 0 ? mark : " "} ${line}`);
  }
  if (event.type === "fix") return fixLines(event, style, setting.columns());
  if (event.type === "hook.ended") return hookLines(event, style, verbose);
  if (event.type === "resource.failed") return [`  ${style.bad("✗")} ${resourceText(event)}: failed`];
  if (event.type === "resource.ended" && verbose) return [`  ${style.good("✓")} ${resourceText(event)}`];
  if (event.type === "tool.line" && verbose)
    return [style.dim(`  ${safeLine(event.tool)}| ${safeLine(event.text)}`)];
  return [];
}

function resourceText(event: ResourceEvent): string {
  return `${safeLine(event.address)} · ${event.action} · ${event.elapsed_s} s`;
}

function introduction(identity: Identity | undefined, memory: Memory, setting: NarratorSetting): string[] {
  const { run } = memory;
  if (setting.verbosity === "quiet" || run === undefined || memory.header === "whole") return [];
  if (memory.header === "without-identity") {
    if (identity === undefined) return [];
    memory.header = "whole";
    return joinParts(identityParts(identity, run), setting.columns() - 2).map((line) =>
      setting.style.dim(`  ${line}`),
    );
  }
  memory.header = identity === undefined ? "without-identity" : "whole";
  return [...headerLines(run, identity, setting.columns()).map(setting.style.strong), ""];
}

function planLines(memory: Memory, setting: NarratorSetting, limit?: "all"): string[] {
  const { plan: shown, run } = memory;
  if (shown === undefined) return [];
  shown.seen = true;
  const lines = renderPlan(shown.plan, {
    width: setting.columns(),
    style: setting.style,
    risks: shown.risks,
    ...(run === undefined ? {} : { facts: { hosting: run.hosting, protected: run.protected } }),
    ...(limit === "all" || setting.verbosity === "verbose" ? { limit: "all" } : {}),
    moreHint: setting.canBeAsked ? `${viewKey} to view all` : "--verbose shows all",
    ...(setting.isStateful === undefined ? {} : { isStateful: setting.isStateful }),
  });
  return ["", ...lines, ""];
}

/** Told once, whether it comes alone or with its stage; during a stage it waits for the stage's own line. */
function diagnosticSeen(diagnostic: Diagnostic, memory: Memory, setting: NarratorSetting): string[] {
  if (memory.inStage) {
    memory.waiting.push(diagnostic);
    return [];
  }
  return diagnosticLines([diagnostic], memory, setting);
}

function diagnosticLines(
  diagnostics: readonly Diagnostic[],
  memory: Memory,
  setting: NarratorSetting,
): string[] {
  return diagnostics.flatMap((diagnostic) => {
    const key = JSON.stringify([
      diagnostic.severity,
      diagnostic.summary,
      diagnostic.detail,
      diagnostic.address,
      diagnostic.at,
    ]);
    if (memory.told.has(key) || (setting.verbosity === "quiet" && diagnostic.severity === "warning"))
      return [];
    memory.told.add(key);
    return renderDiagnostic(diagnostic, setting.style, setting.columns());
  });
}

function stageEnd(result: StageResult, memory: Memory, setting: NarratorSetting): string[] {
  const { style, verbosity } = setting;
  const width = setting.columns();
  const diagnostics = [...memory.waiting, ...result.diagnostics];
  memory.inStage = false;
  memory.waiting = [];
  const bad = result.status === "FAIL" || result.status === "ERROR" || result.exit !== undefined;
  if (verbosity === "quiet" && !bad) return diagnosticLines(diagnostics, memory, setting);
  const line = stageLines(
    {
      mark: statusMarks[result.status],
      name: result.stage,
      text: safeLine(result.headline),
      duration: formatDuration(result.duration_ms),
      paint: paintOfStatus(result.status, style),
    },
    width,
  );
  const tests = testLines(result.tests, { width, style, verbose: verbosity === "verbose" });
  return [...line, ...tests, ...diagnosticLines(diagnostics, memory, setting)];
}
