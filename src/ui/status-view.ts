import type { EnvironmentStatus, RegisteredResource, Registry } from "../core/registry.ts";
import { safeLine } from "../core/safe-text.ts";
import { paintOfStatus } from "./marks.ts";
import type { Style } from "./style.ts";
import { renderTable, type Cell } from "./table.ts";
import { padEnd } from "./width.ts";

interface StatusLook {
  readonly width: number;
  readonly style: Style;
  /** Every resource, with its page in the console. */
  readonly all: boolean;
}

const shownResources = 25;
const labelWidth = 11;

/** All environments, a line each. */
export function statusOverview(all: readonly EnvironmentStatus[], look: StatusLook): string[] {
  const rows = all.map((status): Cell[] => {
    const { registry } = status;
    return [
      { text: safeLine(status.environment), paint: look.style.strong },
      verdictCell(status, look.style),
      { text: registry === undefined ? "never deployed from here" : countText(registry) },
      { text: registry === undefined ? "" : `as of ${minuteText(registry.read_at)}`, paint: look.style.dim },
      { text: status.monthly_cost_usd === undefined ? "" : `$${safeLine(status.monthly_cost_usd)} a month` },
    ];
  });
  return renderTable(rows, { width: look.width, indent: 0, flexible: [3, 0] });
}

/** One environment: what exists, where it is reached, how it last did. */
export function statusLines(status: EnvironmentStatus, look: StatusLook): string[] {
  const { registry } = status;
  const name = look.style.strong(safeLine(status.environment));
  if (registry === undefined)
    return [
      `${name} · nothing is known of it here`,
      `  ${look.style.dim("next       ")}faber status --env=${safeLine(status.environment)} reads the state`,
    ];
  const where = [registry.account && `account ${registry.account}`, registry.hosting, registry.region];
  const label = (text: string): string => look.style.dim(padEnd(text, labelWidth));
  return [
    `${name} · ${where.flatMap((part) => (part ? [safeLine(part)] : [])).join(" · ")} · ${countText(registry)}`,
    `  ${label("verdict")}${verdictText(status, look.style)}`,
    `  ${label("last run")}${runText(registry)}`,
    `  ${label("cost")}${status.monthly_cost_usd === undefined ? "unknown" : `$${safeLine(status.monthly_cost_usd)} a month, as last estimated`}`,
    `  ${label("as of")}${minuteText(registry.read_at)}`,
    ...Object.entries(registry.endpoints).map(
      ([output, url]) =>
        `  ${label(safeLine(output))}${output.length >= labelWidth ? " " : ""}${safeLine(url)}`,
    ),
    ...resourceLines(registry.resources, look),
  ];
}

function resourceLines(resources: readonly RegisteredResource[], look: StatusLook): string[] {
  if (resources.length === 0) return [];
  const shown = look.all ? resources : resources.slice(0, shownResources);
  const rows = shown.map(({ address, arn, id, tainted, console }): Cell[] => [
    { text: `${safeLine(address)}${tainted === true ? " (tainted)" : ""}` },
    { text: safeLine(arn ?? id ?? ""), paint: look.style.dim },
    ...(look.all && console !== undefined ? [{ text: safeLine(console), paint: look.style.accent }] : []),
  ]);
  const more = resources.length - shown.length;
  return [
    "",
    ...renderTable(rows, { width: look.width, indent: 2, flexible: [1, 0] }),
    ...(more > 0 ? [look.style.dim(`  … ${more} more (--verbose)`)] : []),
  ];
}

function countText({ resources }: Registry): string {
  return resources.length === 0
    ? "nothing exists"
    : `${resources.length} ${resources.length === 1 ? "resource" : "resources"}`;
}

function verdictCell({ verdict }: EnvironmentStatus, style: Style): Cell {
  return verdict === undefined
    ? { text: "unknown", paint: style.dim }
    : { text: verdict.status, paint: paintOfStatus(verdict.status, style) };
}

function verdictText({ verdict }: EnvironmentStatus, style: Style): string {
  if (verdict === undefined) return "unknown: it was never verified from here";
  return `${paintOfStatus(verdict.status, style)(verdict.status)} at ${minuteText(verdict.at)} · ${safeLine(verdict.report)}`;
}

function runText({ last_run: run }: Registry): string {
  if (run === undefined) return "unknown";
  return `${safeLine(run.command)} ${safeLine(run.run_id)} · exit ${run.exit.code}${run.exit.code === 0 ? "" : ` (${safeLine(run.exit.reason)})`} · ${minuteText(run.ended_at)}`;
}

/** `2026-01-02 03:04 UTC` of an ISO 8601 time in UTC; anything else as it is. */
function minuteText(iso: string): string {
  const [, day, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+Z$/.exec(iso) ?? [];
  return day === undefined ? safeLine(iso) : `${day} ${minute} UTC`;
}
