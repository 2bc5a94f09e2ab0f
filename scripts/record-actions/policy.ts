import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import type { ActionsFor, NeededAction, TypeChange } from "../../src/permissions/needed-action.ts";
import { plannedResources, valueAt } from "../../src/permissions/planned.ts";

/** Where the resources are. */
export interface Account {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string;
}

interface Planned {
  readonly type: string;
  readonly values: JsonObject;
  /** Whether the configuration sets what lies at a path, and its value is known only after the apply. */
  readonly isLater: (path: string) => boolean;
}

const everyChange: readonly TypeChange[] = ["create", "read", "update", "delete"];

/**
 * What a plan needs from its first apply to its destruction, by the table alone. A name that the plan does not know
 * yet is a star; so is a role that is to be passed.
 */
export function statementsFor(
  plan: JsonObject,
  actionsFor: ActionsFor,
  account: Account,
): readonly Statement[] {
  const byArn = new Map<string, Set<string>>();
  const allow = (arn: string, action: string): void => {
    byArn.set(arn, (byArn.get(arn) ?? new Set()).add(action));
  };
  for (const planned of resourcesIn(plan)) {
    for (const need of everyChange.flatMap((change) => needsOf(planned, change, actionsFor)))
      allow(arnOf(need, planned, account), need.action);
  }
  // The provider asks who it is before anything else.
  allow("*", "sts:GetCallerIdentity");
  return [...byArn].map(([Resource, actions]) => ({
    Effect: "Allow",
    Action: [...actions].sort(),
    Resource,
  }));
}

/** What the table says that each type of a plan takes, as lines `TYPE CHANGE ACTION`. */
export function usesFor(plan: JsonObject, actionsFor: ActionsFor): ReadonlySet<string> {
  const lines = resourcesIn(plan).flatMap((planned) =>
    everyChange.flatMap((change) =>
      needsOf(planned, change, actionsFor).map(({ action }) => `${planned.type} ${change} ${action}`),
    ),
  );
  return new Set(lines);
}

function needsOf(planned: Planned, change: TypeChange, actionsFor: ActionsFor): readonly NeededAction[] {
  return actionsFor(planned.type, change).filter(({ when }) => when === undefined || isSet(planned, when));
}

/** Policy documents of at most the size that IAM takes for a managed one. */
export function documentsOf(given: readonly Statement[]): readonly string[] {
  const statements = [...new Map(given.map((one) => [JSON.stringify(one), one])).values()];
  const documents: Statement[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const statement of statements) {
    const more = JSON.stringify(statement).length + 1;
    if (length + more > 6_000) {
      documents.push([]);
      length = 60;
    }
    documents.at(-1)?.push(statement);
    length += more;
  }
  return documents.map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));
}

function resourcesIn(plan: JsonObject): readonly Planned[] {
  const managed = plannedResources(plan, []).map(({ type, values, unknown, references }) => ({
    type,
    values,
    isLater: (path: string) => unknown.includes(path) || references[path] !== undefined,
  }));
  // Data sources that are read while planning are no changes.
  const read = arrayAt(
    objectAt(objectAt(objectAt(plan["prior_state"])["values"])["root_module"])["resources"],
  ).flatMap((entry) => {
    const { type, mode, values } = objectAt(entry);
    return mode === "data"
      ? [{ type: `data.${stringAt(type) ?? ""}`, values: objectAt(values), isLater: () => false }]
      : [];
  });
  return [...managed, ...read];
}

function arnOf({ arn = "*" }: NeededAction, planned: Planned, account: Account): string {
  const filled = arn.replaceAll(/\{([^}]+)\}/g, (whole, options: string) => {
    if (options === "partition" || options === "region" || options === "account") return account[options];
    for (const option of options.split("|")) {
      const value = stringAt(valueAt(planned.values, option.replace(/\*$/, "")));
      if (value === undefined || value === "") continue;
      if (whole === arn) return value;
      const name = /^(?:arn:|https?:\/\/)/.test(value) ? (value.split(/[/:]/).at(-1) ?? value) : value;
      return option.endsWith("*") ? `${name}*` : name;
    }
    return "*";
  });
  return filled.replaceAll(/\/{2,}/g, "/");
}

function isSet({ values, isLater }: Planned, path: string): boolean {
  const value = valueAt(values, path);
  if (value === undefined || value === null || value === false || value === "" || value === 0 || value === -1)
    return isLater(path);
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? Object.keys(value).length > 0 : true;
}
