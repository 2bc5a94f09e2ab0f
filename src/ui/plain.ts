import type { Diagnostic } from "../core/diagnostic.ts";
import type { FaberEvent } from "../core/event.ts";
import { safeText } from "../core/safe-text.ts";
import { createActivity } from "./activity.ts";
import { cleanEvent } from "./clean-event.ts";
import { askAboutPlan } from "./conversation.ts";
import { formatElapsed } from "./duration.ts";
import {
  annotationCommand,
  annotationLimit,
  annotationsOf,
  harmlessLine,
  workflowCommand,
} from "./github.ts";
import { guarded } from "./guarded.ts";
import { createNarrator } from "./narrator.ts";
import { stageLines } from "./stage-line.ts";
import { canAsk, everyInterval, type TerminalHost, type TerminalSetting } from "./terminal.ts";
import { createWriter } from "./writer.ts";

const heartbeatMs = 30_000;

/** For logs and pipes: no cursor movement; a stage's start, signs of life, and the same lines that stay. */
export function createPlainHost(setting: TerminalSetting & { readonly heartbeatMs?: number }): TerminalHost {
  const writer = createWriter(setting.stream, setting.redactor);
  const narrator = createNarrator({ ...setting, columns: writer.columns, canBeAsked: canAsk(setting) });
  const activity = createActivity(setting.clock);
  const inGithub = setting.env["GITHUB_ACTIONS"] === "true";
  const annotations = createAnnotations(setting.sourceRoot);
  let asking = false;
  let stop: (() => void) | undefined;

  const write = (lines: readonly string[]): void => {
    if (lines.length > 0) writer.write(`${lines.join("\n")}\n`);
  };
  const print = (lines: readonly string[]): void => write(inGithub ? lines.map(harmlessLine) : lines);
  const command = (line: string): void => {
    if (inGithub && setting.verbosity !== "quiet") write([line]);
  };
  const say = (name: string, text: string): void =>
    print(stageLines({ mark: "·", name, text, duration: "", paint: setting.style.dim }, writer.columns()));
  const beat = (): void => {
    const doing = activity.now();
    if (doing === undefined || asking || setting.verbosity === "quiet") return;
    say(
      doing.stage,
      `${doing.text === "" ? "still going on" : doing.text} (${formatElapsed(doing.elapsed_ms)})`,
    );
  };
  const quiesce = (): void => {
    stop?.();
    stop = undefined;
  };
  const show = (event: FaberEvent): void => {
    const clean = cleanEvent(event, setting.redactor);
    activity.see(clean);
    if (clean.type === "stage.ended" || clean.type === "run.ended") quiesce();
    if (clean.type === "stage.ended") command("::endgroup::");
    print(narrator.linesFor(clean));
    for (const line of annotations(clean)) command(line);
    if (clean.type !== "stage.started" || setting.verbosity === "quiet") return;
    if (inGithub) command(workflowCommand("group", {}, clean.stage));
    else say(clean.stage, "started");
    quiesce();
    stop = (setting.every ?? everyInterval)(setting.heartbeatMs ?? heartbeatMs, beat);
  };
  return {
    emit: guarded(show, print),
    ask: async (question) => {
      asking = true;
      try {
        return await askAboutPlan(question, { setting, narrator, print });
      } finally {
        asking = false;
      }
    },
    print,
    close: quiesce,
  };
}

/** Annotations of a stage and of what was told during it. Beyond the limit GitHub drops some: the worst come first. */
function createAnnotations(sourceRoot: string | undefined): (event: FaberEvent) => string[] {
  const left = { error: annotationLimit, warning: annotationLimit, notice: annotationLimit };
  const made = new Set<string>();
  let waiting: Diagnostic[] = [];
  return (event) => {
    if (event.type === "diagnostic") waiting.push(event.diagnostic);
    if (event.type !== "stage.ended") return [];
    const diagnostics = [...waiting, ...event.result.diagnostics];
    waiting = [];
    return annotationsOf({ ...event.result, diagnostics }).flatMap((annotation) => {
      const line = safeText(annotationCommand(annotation, sourceRoot));
      if (made.has(line) || left[annotation.level] === 0) return [];
      made.add(line);
      left[annotation.level] -= 1;
      return [line];
    });
  };
}
