import type { FaberEvent } from "../core/event.ts";
import { safeLine } from "../core/safe-text.ts";
import { formatDuration } from "./duration.ts";
import type { Style } from "./style.ts";

/** Of a failed hook's output, the last lines tell most. */
const linesShown = 12;

/** One line for a hook that went well; the end of its output for one that did not, or for whoever wants it all. */
export function hookLines(
  event: Extract<FaberEvent, { readonly type: "hook.ended" }>,
  style: Style,
  verbose: boolean,
): readonly string[] {
  const mark = event.ok ? style.good("✓") : event.on_failure === "continue" ? " " : style.warn("!");
  const end = event.ok ? "" : `: ${event.ended}`;
  const command = safeLine(event.command.join(" "));
  const head = `${mark} hook ${event.point}  ${command}${end}  ${style.dim(formatDuration(event.duration_ms))}`;
  const printed = event.output === "" ? [] : event.output.split("\n");
  const shown = verbose ? printed : event.ok ? [] : printed.slice(-linesShown);
  return [head, ...shown.map((line) => style.dim(`    ${safeLine(line)}`))];
}
