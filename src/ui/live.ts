import type { FaberEvent } from "../core/event.ts";
import { createActivity, type Doing } from "./activity.ts";
import { cleanEvent } from "./clean-event.ts";
import { askAboutPlan } from "./conversation.ts";
import { formatElapsed } from "./duration.ts";
import { guarded } from "./guarded.ts";
import { createMovingLine } from "./moving-line.ts";
import { createNarrator } from "./narrator.ts";
import { movingLine } from "./stage-line.ts";
import type { Style } from "./style.ts";
import { canAsk, everyInterval, type TerminalHost, type TerminalSetting } from "./terminal.ts";
import { createWriter } from "./writer.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
/** Eight times a second: smooth, and gentle to a slow line. */
const frameMs = 125;

/** For a person at a terminal: what is done stays, and one line below it moves. */
export function createLiveHost(setting: TerminalSetting): TerminalHost {
  const writer = createWriter(setting.stream, setting.redactor);
  const narrator = createNarrator({ ...setting, columns: writer.columns, canBeAsked: canAsk(setting) });
  const activity = createActivity(setting.clock);
  const line = createMovingLine(writer);
  const held: string[] = [];
  let asking = false;
  let stop: (() => void) | undefined;
  let frame = 0;

  const drawn = (): string => {
    const doing = setting.verbosity === "quiet" ? undefined : activity.now();
    return doing === undefined ? "" : frameOf(doing, frame, setting.style, writer.columns());
  };
  const tick = (): void => {
    frame += 1;
    if (!asking) line.draw(drawn());
  };
  const print = (lines: readonly string[]): void => {
    if (asking) held.push(...lines);
    else line.printAbove(lines);
  };
  const setTicking = (wanted: boolean): void => {
    if (wanted) stop ??= (setting.every ?? everyInterval)(frameMs, tick);
    else {
      stop?.();
      stop = undefined;
      line.clear();
    }
  };
  const show = (event: FaberEvent): void => {
    const clean = cleanEvent(event, setting.redactor);
    activity.see(clean);
    const lines = narrator.linesFor(clean);
    if (activity.now() === undefined) setTicking(false);
    if (lines.length > 0) print(lines);
    if (activity.now() !== undefined) setTicking(true);
  };
  return {
    emit: guarded(show, print),
    ask: async (question) => {
      line.clear();
      asking = true;
      try {
        return await askAboutPlan(question, { setting, narrator, print: line.printAbove });
      } finally {
        asking = false;
        print(held.splice(0));
      }
    },
    print,
    close: () => setTicking(false),
  };
}

function frameOf(doing: Doing, frame: number, style: Style, columns: number): string {
  const line = {
    mark: frames[frame % frames.length] ?? "",
    name: doing.stage,
    text: doing.text,
    duration: formatElapsed(doing.elapsed_ms),
    paint: style.accent,
  };
  return movingLine(line, columns);
}
