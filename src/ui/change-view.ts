import type { ChangeAction, PlannedChange } from "../core/plan.ts";
import { safeLine } from "../core/safe-text.ts";
import { attributeLines, type PlanLook } from "./attribute-view.ts";
import { actionMarks, paintOfAction } from "./marks.ts";
import { isDangerous, type ChangeGroup, type IsStateful } from "./plan-order.ts";
import { reasonText } from "./reason-text.ts";
import { tellingAttributes } from "./telling.ts";
import { chop, displayWidth, padEnd, padStart, truncate, wrap } from "./width.ts";

/** Attributes shown of one resource before the rest is counted. */
const shownAttributes = 6;
/** With more dangerous resources than this, only what forces a replacement is shown of each. */
const manyDangerous = 30;
const shownGroups = 12;

/** Each change as a line, with what changes inside it beneath. */
export function changeLines(
  changes: readonly PlannedChange[],
  isStateful: IsStateful,
  look: PlanLook,
): string[] {
  const markWidth = Math.max(1, ...changes.map((change) => actionMarks[change.action].length));
  const addresses = changes.map((change) => displayWidth(safeLine(change.address)));
  const column = Math.max(0, ...addresses.filter((width) => width <= Math.min(60, look.width / 2)));
  const terse = !look.all && changes.filter((change) => isDangerous(change.action)).length > manyDangerous;
  return changes.flatMap((change) => [
    ...titleLines(change, noteOf(change, isStateful), { markWidth, column, look }),
    ...insideLines(change, terse, markWidth + 5, look),
  ]);
}

/** `… 488 more` and what they are, by action and type, with the modules that have most of them. */
export function groupLines(groups: readonly ChangeGroup[], hint: string, look: PlanLook): string[] {
  if (groups.length === 0) return [];
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  const shown = groups.slice(0, shownGroups);
  const countWidth = Math.max(...shown.map((group) => String(group.count).length));
  const typeWidth = Math.min(40, Math.max(...shown.map((group) => displayWidth(safeLine(group.type)))));
  const lines = shown.map((group) => {
    const mark = paintOfAction(group.action, look.style)(padStart(actionMarks[group.action], 3));
    const type = padEnd(truncate(safeLine(group.type), typeWidth), typeWidth);
    const text = `${padStart(String(group.count), countWidth)} ${type}${modulesText(group)}`;
    return `    ${mark} ${truncate(text, look.width - 8).trimEnd()}`;
  });
  const left = groups.slice(shownGroups);
  const leftCount = left.reduce((sum, group) => sum + group.count, 0);
  const rest = left.length === 0 ? [] : [`        … and ${leftCount} of ${left.length} other types`];
  return [look.style.dim(`    … ${total} more (${hint})`), ...lines, ...rest.map(look.style.dim)];
}

function modulesText(group: ChangeGroup): string {
  const named = group.modules.filter(([module]) => module !== "");
  if (named.length === 0) return "";
  const first = named.slice(0, 2).map(([module, count]) => `${module} ${count}`);
  return `  ${first.join(", ")}${named.length > 2 ? `, ${named.length - 2} other modules` : ""}`;
}

interface TitlePlace {
  readonly markWidth: number;
  readonly column: number;
  readonly look: PlanLook;
}

/** The address whole, whatever its length: a person must know what it is that goes. */
function titleLines(change: PlannedChange, note: string, { markWidth, column, look }: TitlePlace): string[] {
  const paint = paintOfAction(change.action, look.style);
  const indent = markWidth + 3;
  const pieces = chop(safeLine(change.address), look.width - indent);
  const lines = pieces.map((piece, index) =>
    index === 0
      ? `  ${paint(padEnd(actionMarks[change.action], markWidth))} ${piece}`
      : " ".repeat(indent) + piece,
  );
  if (note === "") return lines;
  const painted = (text: string): string => (isDangerous(change.action) ? paint(text) : look.style.dim(text));
  const used = Math.max(column, displayWidth(pieces[0] ?? ""));
  const beside = look.width - indent - used - 2;
  const enough = isDangerous(change.action)
    ? displayWidth(note)
    : Math.min(displayWidth(note), enoughForNote);
  if (pieces.length === 1 && beside >= enough) {
    const gap = " ".repeat(used - displayWidth(pieces[0] ?? "") + 2);
    return [`${lines.join("")}${gap}${painted(truncate(note, beside))}`];
  }
  return [...lines, `${" ".repeat(indent + 2)}${painted(truncate(note, look.width - indent - 2))}`];
}

/** A harmless note is cut rather than put on a line of its own when this many columns of it can be seen. */
const enoughForNote = 20;

const dangerWords: Readonly<Partial<Record<ChangeAction, string>>> = {
  delete: "destroyed",
  replace: "replaced",
  forget: "forgotten: kept, but managed no longer",
};

function noteOf(change: PlannedChange, isStateful: IsStateful): string {
  const word = dangerWords[change.action];
  const moved = change.previousAddress === undefined ? "" : `moved from ${safeLine(change.previousAddress)}`;
  if (word === undefined) {
    const telling = change.action === "create" ? tellingAttributes(change) : [];
    const imported = change.action === "import" ? "imported" : "";
    return [imported, moved, telling.join(", ")].filter((part) => part !== "").join(" · ");
  }
  const why = change.actionReason === undefined ? "" : `: ${reasonText(change.actionReason)}`;
  const data = change.action !== "forget" && isStateful(change.type) ? "DATA STORE" : "";
  return [data, `${word}${why}`, moved].filter((part) => part !== "").join(" · ");
}

function insideLines(change: PlannedChange, terse: boolean, indent: number, look: PlanLook): string[] {
  if (look.all && change.action === "create") return createdLines(change, indent, look);
  if (change.action === "create" || change.action === "delete" || change.action === "forget") return [];
  const forcing = change.attributes.filter((attribute) => attribute.forcesReplacement);
  const others = change.attributes.filter((attribute) => !attribute.forcesReplacement);
  const room = terse && change.action === "replace" ? 0 : Math.max(0, shownAttributes - forcing.length);
  const listed = look.all ? others : others.slice(0, room);
  const more = others.length - listed.length;
  return [
    ...[...forcing, ...listed].flatMap((attribute) => attributeLines(attribute, indent, look)),
    ...(more > 0
      ? [look.style.dim(`${" ".repeat(indent)}… ${more} more ${more === 1 ? "attribute" : "attributes"}`)]
      : []),
  ];
}

/** Everything that a new resource sets; what is not known yet on one line together. */
function createdLines(change: PlannedChange, indent: number, look: PlanLook): string[] {
  const known = change.attributes.filter((attribute) => attribute.sensitive || !attribute.unknown);
  const later = change.attributes.filter((attribute) => attribute.unknown && !attribute.sensitive);
  const lines = known.flatMap((attribute) => attributeLines(attribute, indent, look));
  if (later.length === 0) return lines;
  const text = `known after apply: ${later.map((attribute) => safeLine(attribute.path)).join(", ")}`;
  const room = look.width - indent - 2;
  return [
    ...lines,
    ...wrap(text, room).map((line, index) =>
      look.style.dim(" ".repeat(index === 0 ? indent : indent + 2) + line),
    ),
  ];
}
