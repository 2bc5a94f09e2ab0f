import type { DriftedAttribute, DriftedResource } from "../../core/drift.ts";
import type { Finding } from "../../core/finding.ts";
import type { JsonObject, JsonValue } from "../../core/json.ts";

/** Attributes that a message names before it counts the rest. */
const shownAttributes = 4;
/** Characters of one value in a message, and in the figures of a report. */
const shownCharacters = { message: 60, figures: 400 } as const;

/** What a resource is different from. */
export type Against = "recorded" | "planned";

const rules = {
  recorded: { changed: "drift", gone: "resource-gone" },
  planned: { changed: "not-as-planned", gone: "resource-gone" },
} as const;

/** One finding for a resource, as severe as the worst of its attributes; what nothing sets is left to the figures. */
export function driftFinding(
  { address, change, attributes }: DriftedResource,
  against: Against,
  scanner: string,
): Finding {
  const base = { rule: rules[against][change], address, scanners: [scanner] };
  if (change === "gone") {
    const message = "the state records it, and a refresh finds it gone";
    const remedy = "somebody removed it: deploy again to create it anew, or take it out of the state";
    return { ...base, severity: "HIGH", message, remedy };
  }
  const counted = attributes.filter(({ severity }) => severity !== "LOW");
  return {
    ...base,
    severity: counted.some(({ severity }) => severity === "HIGH") ? "HIGH" : "MEDIUM",
    message: `${headlines[against]}: ${attributesText(counted)}`,
    remedy: counted.every(({ managed }) => managed) ? remedies[against] : unmanagedRemedy,
  };
}

const headlines: Readonly<Record<Against, string>> = {
  recorded: "changed since the state was written",
  planned: "is not what the approved plan said",
};

const remedies: Readonly<Record<Against, string>> = {
  recorded:
    "deploy again to put it back, take the change over into the configuration, or name it in drift.ignore of faber.yaml",
  planned:
    "the service stored something else than it was told: look at the argument, deploy again, or name it in drift.ignore of faber.yaml",
};

/** Terraform would only write it down as the new state of things. */
const unmanagedRemedy =
  "the configuration does not set it, so no deploy puts it back: undo it, set it in the configuration, or name it in drift.ignore of faber.yaml";

function attributesText(attributes: readonly DriftedAttribute[]): string {
  const shown = attributes.slice(0, shownAttributes).map(attributeText);
  const more = attributes.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

function attributeText({ path, before, after, sensitive }: DriftedAttribute): string {
  if (sensitive) return `${path} (sensitive)`;
  const { message: most } = shownCharacters;
  return `${path} ${cut(textOf(before), most)} → ${cut(textOf(after), most)}`;
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined ? "(none)" : JSON.stringify(value);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** A drifted resource for the figures of a report; values that fill pages are cut. */
export function driftFigures({ address, change, attributes }: DriftedResource): JsonObject {
  const { figures: most } = shownCharacters;
  const shorten = (value: JsonValue): JsonValue => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return text.length <= most ? value : cut(text, most);
  };
  return {
    address,
    change,
    attributes: attributes.map(({ path, before, after, sensitive, severity, managed }) => ({
      path,
      severity,
      managed,
      ...(sensitive ? { sensitive } : {}),
      ...(before === undefined ? {} : { before: shorten(before) }),
      ...(after === undefined ? {} : { after: shorten(after) }),
    })),
  };
}
