import type { AttributeChange, PlannedChange } from "../core/plan.ts";
import { safeLine } from "../core/safe-text.ts";
import { truncate } from "./width.ts";

/** The few attributes by which a person knows a new resource again: its name, and what kind or size it is. */
export function tellingAttributes(change: PlannedChange): readonly string[] {
  const plain = change.attributes.filter(isTelling);
  const names = plain.filter((attribute) => isName(attribute.path, change.type)).slice(0, 1);
  const kinds = plain.filter((attribute) => kindWords.test(attribute.path) && !names.includes(attribute));
  return [...names, ...kinds.slice(0, 2)].map(describe);
}

function isTelling(attribute: AttributeChange): boolean {
  if (attribute.sensitive || attribute.unknown || /[.[]/.test(attribute.path)) return false;
  return typeof attribute.after === "string" ? attribute.after !== "" : typeof attribute.after === "number";
}

/** `name`, or what the type itself is called: the last word of `x_y_bucket` is its name's attribute. */
function isName(path: string, type: string): boolean {
  const last = type.split("_").at(-1) ?? "";
  return path === "name" || path === last || path === `${last}_name` || path === "identifier";
}

function describe(attribute: AttributeChange): string {
  if (typeof attribute.after === "string") return truncate(safeLine(attribute.after), 40);
  return `${safeLine(attribute.path)} ${JSON.stringify(attribute.after)}`;
}

const kindWords =
  /(?:^|_)(?:type|class|size|mode|engine|runtime|version|memory|timeout|retention|schedule|protocol|cidr|path)(?:_|$)/;
