import { isAbsolute, relative } from "node:path";
import type { RunReport } from "../core/report.ts";
import { safeLine } from "../core/safe-text.ts";
import { formatDuration } from "./duration.ts";
import type { Paint, Style } from "./style.ts";
import { nextCommands, verdictSentence } from "../core/verdict-words.ts";
import { displayWidth, padEnd, truncate, wrap } from "./width.ts";

interface VerdictLook {
  readonly width: number;
  readonly style: Style;
  /** Paths are shown relative to this folder. */
  readonly cwd: string;
}

const labelWidth = 9;
const shownAddresses = 8;
const shownOutputs = 6;

/** The closing block of a run: verdict, then why and what there is now, then what to do next. */
export function renderVerdict(report: RunReport, look: VerdictLook): string[] {
  const label = labelOf(report);
  const [first = "", ...more] = wrap(
    `${safeLine(verdictSentence(report))} ${timePhrase(report)}`,
    look.width - displayWidth(label) - 2,
  );
  const indent = " ".repeat(displayWidth(label) + 2);
  return [
    `${look.style.strong(paintOf(label, look.style)(label))}  ${look.style.strong(first)}`,
    ...more.map((line) => indent + look.style.strong(line)),
    ...reasonLines(report, look),
    ...appliedLines(report, look),
    ...mendingLines(report, look),
    ...skippedLines(report, look),
    ...outputLines(report, look),
    ...Object.values(report.reports).flatMap((path, index) =>
      entry(index === 0 ? "report" : "", relativePath(path, look.cwd), look),
    ),
    ...nextLines(report, look),
  ];
}

function labelOf(report: RunReport): string {
  const { name } = report.exit;
  if (name === "done" || name === "changes-present") return report.overall_status;
  const stopped =
    name === "not-approved" || name === "interrupted" || name === "terminated" || name === "locked";
  return stopped ? "STOPPED" : "FAIL";
}

function paintOf(label: string, style: Style): Paint {
  if (label === "PASS") return style.good;
  return label === "WARN" || label === "STOPPED" || label === "SKIPPED" ? style.warn : style.bad;
}

function timePhrase(report: RunReport): string {
  return `${report.exit.code === 0 ? "in" : "after"} ${formatDuration(report.duration_ms)}`;
}

function reasonLines(report: RunReport, look: VerdictLook): string[] {
  const { name, reason } = report.exit;
  return name === "done" || reason === "" ? [] : entry("reason", safeLine(reason), look);
}

function appliedLines(report: RunReport, look: VerdictLook): string[] {
  const { applied } = report;
  if (applied === undefined || report.exit.name === "done") return [];
  const counts = [
    `${applied.changed.length} changed`,
    ...(applied.in_state === undefined ? [] : [`${applied.in_state} in the state`]),
    `${applied.not_begun.length} not begun`,
  ];
  return [
    ...entry("done", counts.join(" · "), look),
    ...addresses("failed", applied.failed, "", look),
    ...addresses("tainted", applied.tainted, "(exists, but not whole: the next deploy replaces it)", look),
    ...addresses("unsure", applied.uncertain, "(begun and not heard of again: may or may not exist)", look),
  ];
}

function addresses(label: string, list: readonly string[], meaning: string, look: VerdictLook): string[] {
  if (list.length === 0) return [];
  const more = list.length > shownAddresses ? [`… ${list.length - shownAddresses} more in the report`] : [];
  const lines = [
    ...list.slice(0, shownAddresses).map(safeLine),
    ...more,
    ...(meaning === "" ? [] : [meaning]),
  ];
  return lines.flatMap((line, index) => entry(index === 0 ? label : "", line, look));
}

/** Also where all ended well: nobody should have to find out from the log that a run needed help. */
function mendingLines({ mending }: RunReport, look: VerdictLook): string[] {
  if (mending === undefined) return [];
  const { waits, fixes } = mending;
  const parts = [
    ...(waits === 0 ? [] : [`waited ${waits === 1 ? "once" : `${waits} times`} for what passes by itself`]),
    ...fixes.map(({ name, outcome }) => `${safeLine(name)} ${outcomes[outcome]}`),
  ];
  return entry("mended", parts.join(" · "), look);
}

const outcomes = {
  helped: "helped",
  undone: "did not help and was undone",
  "did-not-help": "did not help",
  unproven: "is unproven",
} as const;

function skippedLines(report: RunReport, look: VerdictLook): string[] {
  const skipped = report.skipped_by_request.map(safeLine).join(", ");
  return skipped === "" ? [] : entry("skipped", `${skipped} (by request)`, look);
}

/** Addresses of what was deployed, to be opened. */
function outputLines(report: RunReport, look: VerdictLook): string[] {
  const urls = Object.entries(report.endpoints ?? {}).map(
    ([name, url]) => [safeLine(name), safeLine(url)] as const,
  );
  return urls.slice(0, shownOutputs).map(([name, url]) => `  ${labelled(name, look)}${url}`);
}

/** Commands are never broken in the middle. */
function nextLines(report: RunReport, look: VerdictLook): string[] {
  const commands = nextCommands(report);
  const line = commands.join(" · ");
  if (displayWidth(line) + labelWidth + 2 <= look.width)
    return commands.length === 0 ? [] : [`  ${labelled("next", look)}${line}`];
  return commands.map((command, index) => `  ${labelled(index === 0 ? "next" : "", look)}${command}`);
}

function entry(label: string, text: string, look: VerdictLook): string[] {
  const room = look.width - labelWidth - 2;
  // A path or an address is kept whole, so that it can be copied.
  const lines = text.includes(" ") ? wrap(text, room) : [text];
  return lines.map((line, index) => `  ${labelled(index === 0 ? label : "", look)}${line}`);
}

function labelled(label: string, look: VerdictLook): string {
  const room = Math.max(labelWidth, Math.min(displayWidth(label) + 2, 24));
  return look.style.dim(padEnd(truncate(label, room - 1), room));
}

function relativePath(path: string, cwd: string): string {
  const shorter = isAbsolute(path) ? relative(cwd, path) : path;
  return safeLine(shorter.startsWith("../../..") ? path : shorter);
}
