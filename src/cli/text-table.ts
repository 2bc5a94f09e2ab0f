import { safeLine } from "../core/safe-text.ts";
import { renderTable } from "../ui/table.ts";
import type { Invocation } from "./define.ts";

/** Aligned columns for stdout; the columns in `flexible` give way when the terminal is narrow. */
export function textTable(
  { world }: Pick<Invocation, "world">,
  rows: readonly (readonly string[])[],
  flexible: readonly number[],
): string {
  const cells = rows.map((row) => row.map((text) => ({ text: safeLine(text) })));
  // A pipe has no width: what reads it wants whole values.
  const width = world.stdout.isTTY === true ? (world.stdout.columns ?? 80) : Number.MAX_SAFE_INTEGER;
  return renderTable(cells, { width, indent: 0, flexible }).join("\n");
}
