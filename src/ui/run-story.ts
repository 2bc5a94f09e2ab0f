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
  readonly status?: string;
  readonly uncertain: readonly string[];
  readonly events: readonly JsonObject[];
}

/** What happened, a line each with its time; then how it ended, or what nobody knows. */
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
    ...endOf(run).flatMap((line) => wrap(line, width)),
  ];
}

function endOf(run: Told): readonly string[] {
  if (run.state === "running") return ["still running"];
  if (run.state === "ended")
    return [`${run.status ?? "?"}  exit ${run.exit?.code ?? "?"}: ${safeLine(run.exit?.reason ?? "")}`];
  const unsure = run.uncertain.map(safeLine).join(", ");
  return [
    "broke off: its process is gone and it never came to its end",
    ...(unsure === "" ? [] : [`uncertain: ${unsure}`]),
    `go on: faber deploy --env=${run.environment} · look: faber test --env=${run.environment} --phase=post-deployment · remove: faber destroy --env=${run.environment}`,
  ];
}

function timeOf(event: JsonObject): string {
  return stringAt(event["at"])?.slice(11, 19) ?? "        ";
}

/** A step in words; nothing for what is only for watching. */
function stepText(event: JsonObject): string | undefined {
  const text = (key: string): string => safeLine(stringAt(event[key]) ?? "");
  switch (event["type"]) {
    case "identity.known":
      return `as ${safeLine(stringAt(objectAt(event["identity"])["arn"]) ?? "?")}`;
    case "stage.ended": {
      const result = objectAt(event["result"]);
      return `${safeLine(stringAt(result["stage"]) ?? "?")} ${safeLine(stringAt(result["status"]) ?? "?")}: ${safeLine(stringAt(result["headline"]) ?? "")}`;
    }
    case "plan.approved": {
      const approval = objectAt(event["approval"]);
      const digest = stringAt(approval["digest"]) ?? "";
      return `plan ${digest.slice(0, digestShown)} approved by ${safeLine(stringAt(approval["by"]) ?? "?")} (${stringAt(approval["via"]) ?? "?"})`;
    }
    case "apply.started":
      return `Terraform began, process ${Number(event["pid"])}`;
    case "resource.ended":
      return `${text("action")} ${text("address")}`;
    case "resource.failed":
      return `${text("action")} ${text("address")} FAILED`;
    case "hook.ended":
      return `hook ${text("point")}: ${text("ended")}`;
    case "fix":
      return `fix ${text("name")} ${text("step")}: ${text("text")}`;
    case "notice":
      return event["level"] === "warning" ? `! ${text("text")}` : undefined;
    default:
      return undefined;
  }
}
