import {
  driftCounts,
  type ChangeTrace,
  type Drift,
  type DriftCause,
  type DriftedResource,
} from "../core/drift.ts";
import { safeLine } from "../core/safe-text.ts";
import { attributeLines } from "./attribute-view.ts";
import type { Style } from "./style.ts";
import { chop, truncate, wrap } from "./width.ts";

interface DriftLook {
  readonly width: number;
  readonly style: Style;
  readonly causes: readonly DriftCause[];
  /** Also what nothing in the configuration sets, and all attributes. */
  readonly all: boolean;
  readonly environment: string;
}

/** Attributes shown of one resource before the rest is counted. */
const shownAttributes = 8;
const shownResources = 50;

/** What was changed, by who did it. */
export function renderDrift(drift: Drift, look: DriftLook): string[] {
  const counted = drift.resources.filter(driftCounts);
  const unmanaged = drift.resources.filter((resource) => !driftCounts(resource));
  return [
    headline(counted.length, drift, look),
    ...groups(counted, look),
    ...unmanagedLines(unmanaged, look),
    ...ignoredLines(drift, look),
    ...nextLines(counted, look),
  ];
}

function headline(counted: number, { checked }: Drift, { style, environment }: DriftLook): string {
  const name = safeLine(environment);
  return counted === 0
    ? `${style.good("no drift")}  ${name}: ${checked} ${checked === 1 ? "resource is" : "resources are"} as the state has them`
    : `${style.warn("drift")}  ${name}: ${counted} of ${checked} ${counted === 1 ? "was" : "were"} changed since the state was written`;
}

/** Everything that drifted, under who did it; what no cause names comes last. */
function groups(counted: readonly DriftedResource[], look: DriftLook): string[] {
  const byAddress = new Map(counted.map((resource) => [resource.address, resource]));
  const lines = look.causes.flatMap((cause) => {
    const found = cause.traces.flatMap((trace) => {
      const resource = byAddress.get(trace.address);
      byAddress.delete(trace.address);
      return resource === undefined ? [] : [{ resource, trace }];
    });
    return found.length === 0
      ? []
      : [
          "",
          ...causeLines(cause, look),
          ...found.flatMap((one) => resourceLines(one.resource, one.trace, look)),
        ];
  });
  const left = [...byAddress.values()].slice(0, shownResources);
  const more = byAddress.size - left.length;
  return [
    ...lines,
    ...(left.length === 0 ? [] : [""]),
    ...left.flatMap((resource) => resourceLines(resource, undefined, look)),
    ...(more > 0 ? [look.style.dim(`  … ${more} more: --json has all`)] : []),
  ];
}

function causeLines({ by, why }: DriftCause, { style, width }: DriftLook): string[] {
  if (by !== undefined) return [`  by ${style.strong(safeLine(by))}`];
  return wrap(`by somebody unknown${why === undefined ? "" : `: ${safeLine(why)}`}`, width - 2).map((line) =>
    style.dim(`  ${line}`),
  );
}

function resourceLines(
  { address, change, attributes }: DriftedResource,
  trace: ChangeTrace | undefined,
  look: DriftLook,
): string[] {
  const { style, width } = look;
  const mark = change === "gone" ? style.bad("-") : style.warn("~");
  const [first = "", ...more] = chop(safeLine(address), width - 4);
  const note = [change === "gone" ? "gone" : "", traceText(trace)].filter((part) => part !== "").join(" · ");
  const counted = attributes.filter(({ severity }) => look.all || severity !== "LOW");
  const shown = look.all ? counted : counted.slice(0, shownAttributes);
  const left = counted.length - shown.length;
  return [
    `  ${mark} ${first}`,
    ...more.map((line) => `    ${line}`),
    ...(note === "" ? [] : [style.dim(truncate(`      ${note}`, width))]),
    ...shown.flatMap((attribute) =>
      attributeLines({ ...attribute, unknown: false, forcesReplacement: false }, 6, {
        width,
        style,
        all: look.all,
      }),
    ),
    ...(left > 0 ? [style.dim(`      … ${left} more`)] : []),
  ];
}

function traceText(trace: ChangeTrace | undefined): string {
  if (trace?.by === undefined) return "";
  const tool = trace.with === undefined ? "" : `with ${trace.with}`;
  return [trace.call ?? "", trace.at ?? "", tool]
    .filter((part) => part !== "")
    .map(safeLine)
    .join(" · ");
}

function unmanagedLines(unmanaged: readonly DriftedResource[], look: DriftLook): string[] {
  if (unmanaged.length === 0) return [];
  const count = `${unmanaged.length} ${unmanaged.length === 1 ? "other differs" : "others differ"} in what nothing in the configuration sets`;
  if (!look.all) return ["", look.style.dim(`  ${count} (--verbose)`)];
  return ["", `  ${count}`, ...unmanaged.flatMap((resource) => resourceLines(resource, undefined, look))];
}

function ignoredLines({ ignored, lapsed }: Drift, { style }: DriftLook): string[] {
  const expired = lapsed.map(
    ({ source, owner, expires }) =>
      `  the exception at ${safeLine(source)} by ${safeLine(owner)} holds no more (${expires === undefined ? "it has no last day" : `until ${expires}`})`,
  );
  const left = ignored.length === 0 ? [] : [`  ${ignored.length} ignored by drift.ignore`];
  const lines = [...left, ...expired];
  return lines.length === 0 ? [] : ["", ...lines.map(style.dim)];
}

function nextLines(counted: readonly DriftedResource[], { style, environment }: DriftLook): string[] {
  if (counted.length === 0) return [];
  const isManaged = ({ change, attributes }: DriftedResource): boolean =>
    change === "gone" || attributes.some(({ managed }) => managed);
  const isLoose = ({ attributes }: DriftedResource): boolean =>
    attributes.some(({ managed, severity }) => !managed && severity !== "LOW");
  const lines = [
    ...(counted.some(isManaged)
      ? [
          `faber deploy --env=${safeLine(environment)} puts back what the configuration sets, previewed and approved`,
        ]
      : []),
    ...(counted.some(isLoose)
      ? ["what the configuration does not set stays as it is: undo it by hand, or set it"]
      : []),
    "or take the change over into the configuration, or name it in drift.ignore of faber.yaml",
  ];
  return [
    "",
    ...lines.map((line, index) => `  ${style.dim(index === 0 ? "next     " : "         ")}${line}`),
  ];
}
