import type { JsonValue } from "../core/json.ts";
import { safeLine } from "../core/safe-text.ts";
import { displayWidth, truncate } from "./width.ts";

export const unknownValue = "(known after apply)";
export const sensitiveValue = "(sensitive)";

/** A value as it would be written in a configuration, on one line and harmless. */
export function formatValue(value: JsonValue | undefined): string {
  return value === undefined || value === null ? "(none)" : safeLine(JSON.stringify(value));
}

/** Two texts cut to share `room` columns, keeping the place where they begin to differ. */
export function fitPair(before: string, after: string, room: number): { before: string; after: string } {
  const each = Math.max(8, Math.floor(room / 2));
  const [a, b] = [displayWidth(before), displayWidth(after)];
  if (a + b <= room) return { before, after };
  if (a <= each) return { before, after: truncate(after, Math.max(8, room - a)) };
  if (b <= each) return { before: truncate(before, Math.max(8, room - b)), after };
  const start = Math.max(0, sharedPrefix(before, after) - lead);
  return { before: window(before, start, each), after: window(after, start, each) };
}

/** Characters kept in front of the first difference. */
const lead = 6;

function window(text: string, start: number, width: number): string {
  if (start < lead) return truncate(text, width);
  return truncate(`…${text.slice(start)}`, width);
}

function sharedPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
