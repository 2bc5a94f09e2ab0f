import { displayWidth } from "./width.ts";
import type { Writer } from "./writer.ts";

/**
 * One line at the bottom that is drawn again and again. It never touches another line, and the cursor is never
 * hidden, so that there is nothing to restore after a crash.
 */
interface MovingLine {
  /** An empty text clears. */
  readonly draw: (text: string) => void;
  readonly clear: () => void;
  /** Lines that stay; the moving line goes on beneath them. */
  readonly printAbove: (lines: readonly string[]) => void;
}

export function createMovingLine(writer: Writer): MovingLine {
  let current = "";
  let columns = 0;

  /** Goes to the line's start and empties it, wherever a resized terminal has put the rest of it. */
  const erase = (): string => {
    if (current === "") return "";
    const now = writer.columns();
    const rows = now < columns ? Math.floor(Math.max(0, displayWidth(current) - 1) / now) : 0;
    return rows > 0 ? `\r\u001b[${rows}A\u001b[J` : "\r\u001b[K";
  };
  const draw = (text: string): void => {
    if (text === "" && current === "") return;
    writer.write(erase() + text);
    current = text;
    columns = writer.columns();
  };
  return {
    draw,
    clear: () => draw(""),
    printAbove: (lines) => {
      if (lines.length === 0) return;
      writer.write(`${erase()}${lines.join("\n")}\n${current}`);
      columns = writer.columns();
    },
  };
}
