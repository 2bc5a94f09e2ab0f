import type { FaberEvent } from "../core/event.ts";
import { safeLine } from "../core/safe-text.ts";
import type { Style } from "./style.ts";
import { wrap } from "./width.ts";

type FixEvent = Extract<FaberEvent, { readonly type: "fix" }>;

/** What is done about a failure, a line a step; what it changes is written out before it is done. */
export function fixLines(event: FixEvent, style: Style, columns: number): readonly string[] {
  const { word, mark } = steps[event.step];
  const painted = mark === "!" ? style.warn(mark) : mark === "✓" ? style.good(mark) : mark;
  const [first = "", ...more] = wrap(safeLine(`${word} ${event.name}: ${event.text}`), columns - 4);
  return [
    `${painted} ${first}`,
    ...more.map((line) => `  ${line}`),
    ...event.lines.map((line) => style.dim(`    ${safeLine(line)}`)),
  ];
}

const steps: Readonly<Record<FixEvent["step"], { readonly word: string; readonly mark: string }>> = {
  refused: { word: "not done:", mark: " " },
  applying: { word: "doing", mark: " " },
  applied: { word: "did", mark: "✓" },
  failed: { word: "could not do", mark: "!" },
  undone: { word: "undid", mark: " " },
  stays: { word: "could not undo", mark: "!" },
};
