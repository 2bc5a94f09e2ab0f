import type { Paint } from "./style.ts";
import { displayWidth, padEnd, padStart, truncate, wrap } from "./width.ts";

interface StageLine {
  readonly mark: string;
  readonly name: string;
  readonly text: string;
  readonly duration: string;
  readonly paint: Paint;
}

/** Columns in front of the text: mark, blank, name. */
const textColumn = 16;
/** Durations end here on wide terminals too: further right the eye loses the line. */
const frame = 80;

/** `✓ validate      5 files, formatted, valid        2.1 s`; text that is longer goes on beneath. */
export function stageLines(line: StageLine, width: number): string[] {
  const head = `${line.paint(line.mark)} ${padEnd(line.name, textColumn - 2)}`;
  const edge = edgeFor(line, width);
  const [first = "", ...more] = wrap(line.text, edge - textColumn - displayWidth(line.duration) - 2);
  const gap = edge - textColumn - displayWidth(first);
  const end = line.duration === "" ? first : `${first}${padStart(line.duration, gap)}`;
  return [`${head}${end}`.trimEnd(), ...more.map((text) => " ".repeat(textColumn) + text)];
}

/** The same cut to one line that cannot wrap, for a place that is drawn again and again. */
export function movingLine(line: StageLine, width: number): string {
  const edge = Math.min(width, frame) - 1;
  const room = edge - textColumn - displayWidth(line.duration) - 2;
  if (room < 8) return truncate(`${line.mark} ${line.name} ${line.duration}`, Math.max(1, width - 1));
  const text = truncate(line.text, room);
  const head = `${line.paint(line.mark)} ${padEnd(line.name, textColumn - 2)}`;
  return `${head}${text}${padStart(line.duration, edge - textColumn - displayWidth(text))}`;
}

function edgeFor(line: StageLine, width: number): number {
  const usual = Math.min(width, frame) - 1;
  const needed = textColumn + displayWidth(line.text) + 2 + displayWidth(line.duration);
  return Math.max(usual, Math.min(needed, width - 1));
}
