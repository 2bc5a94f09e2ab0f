import type { Paint } from "./style.ts";
import { displayWidth, padEnd, truncateMiddle } from "./width.ts";

/** Text that is already harmless; painted after it has been cut and padded. */
export interface Cell {
  readonly text: string;
  readonly paint?: Paint;
}

interface TableLayout {
  readonly width: number;
  readonly indent: number;
  /** Columns that give way when the rows are too wide, in this order. */
  readonly flexible: readonly number[];
}

const gap = 2;
const narrowest = 10;

/** Rows with aligned columns, never wider than the layout where its flexible columns can give way. */
export function renderTable(rows: readonly (readonly Cell[])[], layout: TableLayout): string[] {
  const widths = fittingWidths(rows, layout);
  return rows.map((row) => " ".repeat(layout.indent) + renderRow(row, widths));
}

function renderRow(row: readonly Cell[], widths: readonly number[]): string {
  const last = row.findLastIndex((cell) => cell.text !== "");
  const cells = row.slice(0, last + 1).map((cell, column) => {
    const width = widths[column] ?? 0;
    const cut = truncateMiddle(cell.text, width);
    const fitted = column === last ? cut : padEnd(cut, width);
    return cell.paint ? cell.paint(fitted) : fitted;
  });
  return cells.join(" ".repeat(gap));
}

function fittingWidths(rows: readonly (readonly Cell[])[], layout: TableLayout): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column]?.text ?? ""))),
  );
  let excess = layout.indent + widths.reduce((sum, width) => sum + width + gap, -gap) - layout.width;
  for (const column of layout.flexible) {
    const width = widths[column] ?? 0;
    const given = Math.min(Math.max(0, excess), Math.max(0, width - narrowest));
    widths[column] = width - given;
    excess -= given;
  }
  return widths;
}
