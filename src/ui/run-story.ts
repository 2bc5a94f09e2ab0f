import { objectAt, stringAt, type JsonObject } from "../core/json.ts";
import { digestShown } from "../core/plan.ts";
import { safeLine } from "../core/safe-text.ts";
import type { Style } from "./style.ts";
import { wrap } from "./width.ts";

/** The parts of a past run that its story is told from. */
interface Told {
  readonly runId: string;
  readonly command: string;
  readonly environment: string;
  readonly startedAt: string;
  readonly state: "ended" | "running" | "broken-off";
  readonly exit?: { readonly code: number; readonly reason: string };
  /** How its stages ended, whatever went wrong afterwards. */
  readonly stagesExit?: { readonly code: number };
  readonly status?: string;
  readonly begun: boolean;
  readonly exists: readonly string[];
  readonly gone: readonly string[];
  readonly failed: readonly string[];
  readonly uncertain: readonly string[];
  readonly events: readonly JsonObject[];
}

/** What happened, a line each with its time; then how it ended, what there is now, and what nobody knows. */
export function runStory(
  run: Told,
  look: { readonly style: Style; readonly width: number },
): readonly string[] {
  const { style, width } = look;
  const steps = run.events.flatMap((event) => {
    const text = stepText(event);
    return text === undefined ? [] : [`  ${style.dim(timeOf(event))}  ${text}`];
  });
  return [
    style.strong(`${run.command} ${safeLine(run.environment)} · run ${run.runId} · ${run.startedAt}`),
    "",
    ...steps,
    "",
    ...[...endOf(run), ...whatThereIs(run), ...offersOf(run)].flatMap((line) => wrap(line, width)),
  ];
}

function endOf(run: Told): readonly string[] {
  if (run.state === "running") return ["still running"];
  const exit = `exit ${run.exit?.code ?? "?"}: ${safeLine(run.exit?.reason ?? "")}`;
  if (run.state === "ended") return [`${run.status ?? "?"}  ${exit}`];
  if (run.exit !== undefined) return [`broke off in the middle: ${exit}`];
  return ["broke off: its process is gone and it never came to its end"];
}

const shownAddresses = 20;

function whatThereIs({ exists, gone, failed, uncertain }: Told): readonly string[] {
  const lists = [
    ["made or changed", exists],
    ["removed", gone],
    ["failed", failed],
    ["uncertain", uncertain],
  ] as const;
  return lists.flatMap(([label, list]) => (list.length === 0 ? [] : [`${label}: ${shortened(list)}`]));
}

function shortened(addresses: readonly string[]): string {
  const more = addresses.length - shownAddresses;
  const shown = addresses.slice(0, shownAddresses).map(safeLine).join(", ");
  return more > 0 ? `${shown}, and ${more} more (--json has all)` : shown;
}

/** What can be done about a run that left something half done. */
function offersOf(run: Told): readonly string[] {
  const well = run.stagesExit?.code === 0 || run.stagesExit?.code === 6;
  if (!run.begun || run.state === "running" || (run.state === "ended" && well)) return [];
  const env = `--env=${safeLine(run.environment)}`;
  return [
    `go on: faber deploy ${env} · look: faber test ${env} --phase=post-deployment · remove what it began: faber reap ${env} · remove everything: faber destroy ${env}`,
  ];
}

function timeOf(event: JsonObject): string {
  return stringAt(event["at"])?.slice(11, 19) ?? "        ";
}

/** A step in words; nothing for what is only for watching. */
function stepText(event: JsonObject): string | undefined {
  return steps[stringAt(event["type"]) ?? ""]?.(event);
}

function textAt(event: JsonObject, key: string): string {
  return safeLine(stringAt(event[key]) ?? "?");
}

const steps: Readonly<Record<string, (event: JsonObject) => string | undefined>> = {
  "identity.known": (event) => `as ${textAt(objectAt(event["identity"]), "arn")}`,
  "stage.ended": (event) => {
    const result = objectAt(event["result"]);
    return `${textAt(result, "stage")} ${textAt(result, "status")}: ${textAt(result, "headline")}`;
  },
  "plan.shown": (event) => `plan ${digestOf(objectAt(event["plan"]))} made`,
  "plan.approved": (event) => {
    const approval = objectAt(event["approval"]);
    return `plan ${digestOf(approval)} approved by ${textAt(approval, "by")} (${textAt(approval, "via")})`;
  },
  "state.backed-up": (event) => `state kept as ${textAt(event, "file")}`,
  "apply.intended": (event) => `about to ${textAt(event, "kind")}, ${Number(event["total"])} to change`,
  "apply.started": (event) => `Terraform began, process ${Number(event["pid"])}`,
  "resource.ended": (event) => `${textAt(event, "action")} ${textAt(event, "address")}`,
  "resource.failed": (event) => `${textAt(event, "action")} ${textAt(event, "address")} FAILED`,
  removal: (event) => `removal ${textAt(event, "step")}: ${textAt(event, "arn")} · ${textAt(event, "text")}`,
  "hook.ended": (event) => `hook ${textAt(event, "point")}: ${textAt(event, "ended")}`,
  fix: (event) => `fix ${textAt(event, "name")} ${textAt(event, "step")}: ${textAt(event, "text")}`,
  notice: (event) => (event["level"] === "warning" ? `! ${textAt(event, "text")}` : undefined),
};

function digestOf(holder: JsonObject): string {
  return (stringAt(holder["digest"]) ?? "?").slice(0, digestShown);
}
