import type { JsonValue } from "../core/json.ts";
import type { AttributeChange } from "../core/plan.ts";
import { safeLine } from "../core/safe-text.ts";
import { diffJson, embeddedJson } from "./json-diff.ts";
import type { Paint, Style } from "./style.ts";
import { diffLines } from "./text-diff.ts";
import { fitPair, formatValue, sensitiveValue, unknownValue } from "./value-view.ts";
import { displayWidth, truncate, wrap } from "./width.ts";

/** How the parts of a plan are written. */
export interface PlanLook {
  readonly width: number;
  readonly style: Style;
  /** Everything in full: nothing is cut or left out. */
  readonly all: boolean;
}

/** Lines shown of one structured or multi-line value before the rest is counted. */
const shownLines = 10;

/**
 * One attribute of a changed resource. A sensitive one shows its name only, whatever values it may carry: `mark` says
 * what becomes of it.
 */
export function attributeLines(
  change: AttributeChange,
  indent: number,
  look: PlanLook,
  mark = "~",
): string[] {
  const suffix = change.forcesReplacement ? "  # forces replacement" : "";
  const path = safeLine(change.path);
  if (change.sensitive) return [headLine(mark, `${path}  ${sensitiveValue}`, suffix, { indent, look })];
  if (change.unknown) {
    const before = isNothing(change.before) ? undefined : formatValue(change.before);
    return sideLines({ path, before, after: unknownValue, suffix }, indent, look);
  }
  const nested = nestedLines(change.before, change.after, { width: look.width - indent - 2, look });
  if (nested === undefined)
    return pairLines({ path, before: change.before, after: change.after, suffix }, indent, look);
  const pad = " ".repeat(indent + 2);
  return [
    headLine(markOf(change.before, change.after), path, suffix, { indent, look }),
    ...nested.map((line) => pad + line),
  ];
}

interface Sides {
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly suffix: string;
}

/** Sides as they are shown; one that is undefined is not there. */
interface SideTexts {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly suffix: string;
}

/** Before and after on one line, or each on its own when everything is wanted and one line is too short. */
function pairLines(sides: Sides, indent: number, look: PlanLook): string[] {
  const before = isNothing(sides.before) ? undefined : formatValue(sides.before);
  const after = isNothing(sides.after) && before !== undefined ? undefined : formatValue(sides.after);
  return sideLines({ ...sides, before, after }, indent, look);
}

function sideLines(sides: SideTexts, indent: number, look: PlanLook): string[] {
  const { before, after } = sides;
  const mark = markOf(before, after);
  const room = look.width - indent - 4 - displayWidth(sides.path) - displayWidth(sides.suffix);
  if (before === undefined || after === undefined) {
    const only = after ?? before ?? "";
    if (look.all && displayWidth(only) > room) return wrapped([only], sides, { mark, indent, look });
    return [
      headLine(mark, `${sides.path}  ${truncate(only, Math.max(12, room))}`, sides.suffix, { indent, look }),
    ];
  }
  if (look.all && displayWidth(before) + displayWidth(after) + 3 > room)
    return wrapped([before, `→ ${after}`], sides, { mark, indent, look });
  const pair = fitPair(before, after, room - 3);
  return [headLine(mark, `${sides.path}  ${pair.before} → ${pair.after}`, sides.suffix, { indent, look })];
}

interface Place {
  readonly indent: number;
  readonly look: PlanLook;
}

function wrapped(
  texts: readonly string[],
  sides: SideTexts,
  at: Place & { readonly mark: string },
): string[] {
  const pad = " ".repeat(at.indent + 4);
  const values = texts.flatMap((text) => wrap(text, at.look.width - pad.length).map((line) => pad + line));
  return [headLine(at.mark, sides.path, sides.suffix, at), ...values];
}

function headLine(mark: string, text: string, suffix: string, { indent, look }: Place): string {
  const room = look.width - indent - 2 - displayWidth(suffix);
  const shown = look.all ? text : truncate(text, room);
  return `${" ".repeat(indent)}${paintOfMark(mark, look.style)(mark)} ${shown}${look.style.bad(suffix)}`;
}

/** The inside of lists, objects, JSON in strings and texts of several lines; undefined for anything simpler. */
function nestedLines(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  room: { readonly width: number; readonly look: PlanLook },
): string[] | undefined {
  const look = { ...room.look, width: room.width };
  const [old, young] = [structureOf(before), structureOf(after)];
  if (old !== undefined && young !== undefined) {
    const lines = diffJson(old, young).flatMap((difference) =>
      pairLines(
        {
          path: safeLine(difference.path || "(whole)"),
          before: difference.before,
          after: difference.after,
          suffix: "",
        },
        0,
        look,
      ),
    );
    return lines.length === 0 ? [look.style.dim("only the layout of the text differs")] : capped(lines, look);
  }
  if (isNothing(before) && young !== undefined && look.all)
    return JSON.stringify(young, null, 2).split("\n").map(safeLine);
  return multiLine(before, after) ? capped(textLines(before, after, look), look) : undefined;
}

function textLines(before: JsonValue | undefined, after: JsonValue | undefined, look: PlanLook): string[] {
  const lines = diffLines(textOf(before), textOf(after));
  // A side that is not there at all is no empty line.
  const real = lines.filter((line) => !(line.text === "" && isNothing(line.mark === "-" ? before : after)));
  return real.map((line) => {
    const text = `${line.mark} ${safeLine(line.text)}`;
    return paintOfMark(line.mark, look.style)((look.all ? text : truncate(text, look.width)).trimEnd());
  });
}

function capped(lines: readonly string[], look: PlanLook): string[] {
  if (look.all || lines.length <= shownLines + 1) return [...lines];
  return [...lines.slice(0, shownLines), look.style.dim(`… ${lines.length - shownLines} more lines`)];
}

function structureOf(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === "string") return embeddedJson(value);
  return typeof value === "object" && value !== null ? value : undefined;
}

/** Two texts of which one has several lines, or one such text alone. */
function multiLine(before: JsonValue | undefined, after: JsonValue | undefined): boolean {
  const texts = [before, after].filter((value) => typeof value === "string");
  const others = [before, after].filter((value) => typeof value !== "string" && !isNothing(value));
  return others.length === 0 && texts.some((text) => text.includes("\n"));
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function isNothing(value: JsonValue | undefined): boolean {
  return value === undefined || value === null;
}

function markOf(before: JsonValue | undefined, after: JsonValue | undefined): string {
  if (isNothing(before)) return "+";
  return isNothing(after) ? "-" : "~";
}

function paintOfMark(mark: string, style: Style): Paint {
  if (mark === "+") return style.good;
  if (mark === "-") return style.bad;
  return mark === "~" ? style.warn : style.dim;
}
