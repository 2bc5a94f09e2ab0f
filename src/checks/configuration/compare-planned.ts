import type { DriftedResource } from "../../core/drift.ts";
import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { PlanView } from "../../practices/plan/plan-view.ts";
import type { PlannedResource } from "../../practices/plan/planned-resource.ts";
import { meansTheSame } from "./same-value.ts";
import { isSet, topOf, weigh, type Difference } from "./weigh.ts";

/** What was compared, and where what is there is not what the plan knew. */
export interface Compared {
  readonly compared: number;
  readonly different: readonly DriftedResource[];
}

/**
 * Holds what an approved plan said of everything that it made or changed against what is there. A provider may accept
 * an argument and leave it undone, and an API may store something else: an apply says "done" all the same.
 */
export function comparePlanned(approved: JsonObject, present: PlanView): Compared {
  const byAddress = new Map(present.resources.map((resource) => [resource.address, resource]));
  const made = arrayAt(approved["resource_changes"]).filter(isObject).filter(isMade);
  const pairs = made.flatMap((entry) => {
    const now = byAddress.get(stringAt(entry["address"]) ?? "");
    return now === undefined ? [] : [{ change: objectAt(entry["change"]), now }];
  });
  const different = pairs.flatMap(({ change, now }): readonly DriftedResource[] => {
    const found: Difference[] = [];
    compare(
      {
        planned: change["after"],
        unknown: change["after_unknown"],
        actual: now.values,
        masks: [change["after_sensitive"], now.sensitive],
      },
      "",
      (difference) => found.push(difference),
    );
    const real = found.filter((difference) => !isFilledIn(difference, now));
    const attributes = weigh(real, now, present.resources);
    const { address, type } = now;
    return attributes.length === 0 ? [] : [{ address, type, change: "changed", attributes }];
  });
  return { compared: pairs.length, different };
}

/**
 * A number that nobody set and the service chose: some providers plan a zero for it instead of "known after apply", such
 * as `kms_data_key_reuse_period_seconds` of a queue that is encrypted with SQS's own key.
 */
function isFilledIn({ path, before, after, sensitive }: Difference, now: PlannedResource): boolean {
  return (
    !sensitive &&
    before === 0 &&
    typeof after === "number" &&
    now.configured !== undefined &&
    !isSet(now, path) &&
    topOf(path) === path
  );
}

function isMade(entry: JsonObject): boolean {
  const actions = arrayAt(objectAt(entry["change"])["actions"]);
  const makes = actions.includes("create") || actions.includes("update");
  return makes && entry["mode"] !== "data" && entry["deposed"] === undefined;
}

interface Side {
  readonly planned: JsonValue | undefined;
  readonly unknown: JsonValue | undefined;
  readonly actual: JsonValue | undefined;
  /** Of sensitive values, on either side. */
  readonly masks: readonly (JsonValue | undefined)[];
}

type Report = (difference: Difference) => void;

function compare(side: Side, path: string, report: Report): void {
  const { planned, actual, unknown } = side;
  if (unknown === true || meansTheSame(planned, actual)) return;
  const isSecret = side.masks.includes(true);
  if (!isSecret && isObject(planned) && isObject(actual)) {
    for (const key of new Set([...Object.keys(planned), ...Object.keys(actual)]))
      compare(childOf(side, key), path === "" ? key : `${path}.${key}`, report);
    return;
  }
  if (Array.isArray(planned) && Array.isArray(actual) && planned.length === actual.length)
    compareLists(side, path, report);
  // Of a value that is partly known only later, nothing more can be said.
  else if (!isPartlyMarked(unknown) || Array.isArray(planned)) report(differenceAt(side, path));
}

function compareLists(side: Side, path: string, report: Report): void {
  const [planned, actual] = [arrayAt(side.planned), arrayAt(side.actual)];
  if (isSameSet(side, planned, actual)) return;
  if (side.masks.includes(true) || !planned.some(isObject)) {
    report(differenceAt(side, path));
    return;
  }
  planned.forEach((_, index) => compare(childOf(side, index), `${path}[${index}]`, report));
}

/** Sets come in any order. */
function isSameSet(side: Side, planned: readonly JsonValue[], actual: readonly JsonValue[]): boolean {
  const left = [...actual];
  return planned.every((_, index) => {
    const found = left.findIndex((candidate) => {
      let fits = true;
      compare({ ...childOf(side, index), actual: candidate }, "", () => {
        fits = false;
      });
      return fits;
    });
    if (found === -1) return false;
    left.splice(found, 1);
    return true;
  });
}

function differenceAt({ planned, actual, masks }: Side, path: string): Difference {
  const sensitive = masks.some(isPartlyMarked);
  if (sensitive) return { path, sensitive };
  return {
    path,
    sensitive,
    ...(planned === undefined || planned === null ? {} : { before: planned }),
    ...(actual === undefined || actual === null ? {} : { after: actual }),
  };
}

/** Whether a mask, of what is unknown or of what is sensitive, marks anything. */
function isPartlyMarked(mask: JsonValue | undefined): boolean {
  if (mask === true) return true;
  if (Array.isArray(mask)) return mask.some(isPartlyMarked);
  return isObject(mask) && Object.values(mask).some(isPartlyMarked);
}

function childOf({ planned, unknown, actual, masks }: Side, key: string | number): Side {
  return {
    planned: at(planned, key),
    unknown: at(unknown, key),
    actual: at(actual, key),
    masks: masks.map((mask) => (mask === true ? true : at(mask, key))),
  };
}

function at(value: JsonValue | undefined, key: string | number): JsonValue | undefined {
  if (typeof key === "number") return arrayAt(value)[key];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
