import {
  changesSomething,
  countChanges,
  digestShown,
  type ChangeCounts,
  type OutputChange,
  type Plan,
} from "../core/plan.ts";
import { safeLine } from "../core/safe-text.ts";
import { attributeLines, type PlanLook } from "./attribute-view.ts";
import { actionMarks } from "./marks.ts";
import { changeLines, groupLines } from "./change-view.ts";
import { groupChanges, isDangerous, orderChanges, type IsStateful } from "./plan-order.ts";
import type { Style } from "./style.ts";
import { joinParts, wrap } from "./width.ts";

interface PlanViewOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
  /** What is known of the target beyond the plan's own scope. */
  readonly facts?: { readonly hosting?: string; readonly protected?: boolean };
  readonly risks?: readonly string[];
  /** What it costs, in one line. */
  readonly cost?: string;
  /** How many harmless changes are listed before the rest is counted; destroyed and replaced ones always are. */
  readonly limit?: number | "all";
  /** How to see what is only counted. */
  readonly moreHint?: string;
  /** Whether a resource of this type keeps data that is lost with it. */
  readonly isStateful?: IsStateful;
}

const defaultLimit = 12;

/** The preview that a person decides from: where, how much, what (most dangerous first), risks, digest. */
export function renderPlan(plan: Plan, options: PlanViewOptions): string[] {
  const isStateful = options.isStateful ?? (() => false);
  const limit = options.limit ?? defaultLimit;
  const look: PlanLook = { width: Math.max(40, options.width), style: options.style, all: limit === "all" };
  const ordered = orderChanges(plan.changes, isStateful);
  const dangerous = ordered.filter((change) => isDangerous(change.action));
  const harmless = ordered.filter((change) => !isDangerous(change.action));
  const listed = limit === "all" || harmless.length <= limit + 2 ? harmless.length : limit;
  const shown = [...dangerous, ...harmless.slice(0, listed)];
  return [
    ...headLines(plan, options, look),
    ...(ordered.length > 0 ? [""] : []),
    ...changeLines(shown, isStateful, look),
    ...groupLines(groupChanges(harmless.slice(listed)), options.moreHint ?? "v to view all", look),
    ...outputLines(plan.outputs, look),
    ...riskLines(options.risks ?? [], look),
    "",
    ...closingLines(plan, isStateful, look),
  ];
}

/** `14 to add, 0 to change, 0 to replace, 0 to destroy`, and the rarer ones where there are any. */
export function countsText(counts: ChangeCounts): string {
  const rare: readonly (readonly [number, string])[] = [
    [counts.import, "import"],
    [counts.move, "move"],
    [counts.forget, "forget"],
  ];
  const parts = rare.filter(([count]) => count > 0).map(([count, word]) => `, ${count} to ${word}`);
  return `${counts.add} to add, ${counts.change} to change, ${counts.replace} to replace, ${counts.destroy} to destroy${parts.join("")}`;
}

function headLines(plan: Plan, options: PlanViewOptions, look: PlanLook): string[] {
  const { scope } = plan;
  const hosting = options.facts?.hosting;
  const account =
    scope.account === undefined ? hosting : `account ${scope.account}${hosting ? ` (${hosting})` : ""}`;
  const parts = [
    `${scope.kind} ${scope.environment}${options.facts?.protected ? " (protected)" : ""}`,
    account,
    scope.region,
    scope.workspace === "default" || scope.workspace === "" ? undefined : `workspace ${scope.workspace}`,
  ];
  const where = parts.filter((part) => part !== undefined).map(safeLine);
  const lines = [
    ...joinParts(where, look.width - 2),
    ...wrap(countsText(countChanges(plan.changes)), look.width - 2),
    ...(options.cost === undefined ? [] : wrap(safeLine(options.cost), look.width - 2)),
  ];
  return lines.map((line, index) => `  ${index === 0 ? look.style.strong(line) : line}`);
}

const shownOutputs = 8;
/** Names up to here stand in a column, with what they come to beside them. */
const widestName = 30;

function outputLines(outputs: readonly OutputChange[], look: PlanLook): string[] {
  const changed = outputs.filter((output) => output.action !== "no-op" && output.action !== "read");
  if (changed.length === 0) return [];
  const shown = look.all ? changed : changed.slice(0, shownOutputs);
  const more = changed.length - shown.length;
  const width = Math.min(widestName, Math.max(...shown.map(({ name }) => name.length)));
  const lines = shown.flatMap((output) =>
    attributeLines(
      { ...output, path: output.name.padEnd(width), forcesReplacement: false },
      4,
      look,
      actionMarks[output.action],
    ),
  );
  return ["", "  outputs", ...lines, ...(more > 0 ? [look.style.dim(`    … ${more} more outputs`)] : [])];
}

function riskLines(risks: readonly string[], look: PlanLook): string[] {
  if (risks.length === 0) return [];
  const lines = risks.flatMap((risk) =>
    wrap(safeLine(risk), look.width - 4).map(
      (line, index) => `  ${index === 0 ? look.style.warn("!") : " "} ${line}`,
    ),
  );
  return ["", ...lines];
}

function closingLines(plan: Plan, isStateful: IsStateful, look: PlanLook): string[] {
  const loss = lossText(plan, isStateful);
  const forgotten = countChanges(plan.changes).forget;
  const parts = [
    `plan ${plan.digest.slice(0, digestShown)}`,
    loss ?? (changesSomething(plan) ? "nothing is destroyed or replaced" : "no changes"),
    ...(forgotten > 0 ? [`${forgotten} forgotten: kept, but managed no longer`] : []),
  ];
  const paint = loss === undefined ? look.style.strong : look.style.bad;
  return joinParts(parts, look.width - 2).map((line) => `  ${paint(line)}`);
}

/** `2 destroyed, 1 replaced: data may be lost`; undefined when nothing is. */
function lossText(plan: Plan, isStateful: IsStateful): string | undefined {
  const { destroy, replace } = countChanges(plan.changes);
  if (destroy + replace === 0) return undefined;
  const words = [destroy > 0 ? `${destroy} destroyed` : "", replace > 0 ? `${replace} replaced` : ""];
  const lost = plan.changes.filter((change) => change.action === "delete" || change.action === "replace");
  const stores = lost.filter((change) => isStateful(change.type)).length;
  const which = stores === 0 ? "" : ` in ${stores} data ${stores === 1 ? "store" : "stores"}`;
  return `${words.filter((word) => word !== "").join(", ")}: data may be lost${which}`;
}
