import { canonicalJson, sha256, type JsonValue } from "../core/json.ts";
import type { Need } from "./needs.ts";
import { isHarmlessRead } from "./reads.ts";
import { sizeOf, type Conditions, type Statement } from "./statement.ts";

export interface PolicyTerms {
  /** See `grantId`. */
  readonly grant: string;
  /** ISO 8601, whole seconds. */
  readonly until: string;
  readonly region: string;
  /** Exact ARNs of the policies that the plan attaches to its roles. */
  readonly attachable: readonly string[];
}

/** An ID for one grant: of the run, the moment, and what is allowed. */
export function grantId(runId: string, at: string, needs: readonly Need[]): string {
  const asked = needs.map(({ action, resource }) => `${action} ${resource}`).sort();
  return `g${sha256([runId, at, ...asked].join("\n")).slice(0, 10)}`;
}

/** The fewest statements that allow exactly this, in an order that depends on nothing but what they say. */
export function statementsFor(needs: readonly Need[], terms: PolicyTerms): readonly Statement[] {
  const byPlace = new Map<string, { actions: Set<string>; resource: string; condition: Conditions }>();
  for (const need of needs) {
    const condition = conditionOf(need, terms);
    const key = `${need.resource} ${canonicalJson(condition as JsonValue)}`;
    const place = byPlace.get(key) ?? { actions: new Set(), resource: need.resource, condition };
    place.actions.add(need.action);
    byPlace.set(key, place);
  }
  const byActions = new Map<
    string,
    { actions: readonly string[]; resources: string[]; condition: Conditions }
  >();
  for (const { actions, resource, condition } of byPlace.values()) {
    const sorted = [...actions].sort();
    const key = `${sorted.join(" ")} ${canonicalJson(condition as JsonValue)}`;
    const group = byActions.get(key) ?? { actions: sorted, resources: [], condition };
    group.resources.push(resource);
    byActions.set(key, group);
  }
  const sorted = [...byActions.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([, { actions, resources, condition }], index) => ({
    Sid: `${terms.grant}x${index}`,
    Effect: "Allow",
    Action: actions,
    Resource: resources.sort(),
    Condition: condition,
  }));
}

function conditionOf({ action, passTo, scope, resource }: Need, terms: PolicyTerms): Conditions {
  const end = { DateLessThan: { "aws:CurrentTime": terms.until } };
  if (passTo !== undefined) return { ...end, StringEquals: { "iam:PassedToService": passTo } };
  if (action === "iam:AttachRolePolicy" || action === "iam:DetachRolePolicy")
    return { ...end, ArnEquals: { "iam:PolicyARN": terms.attachable } };
  const isWide = resource === "*" || (scope === "type" && resource.includes("*"));
  if (isWide && !isHarmlessRead(action))
    return { ...end, StringEquals: { "aws:RequestedRegion": terms.region } };
  return end;
}

/** The statements in as few policies as hold them; `size` in characters without white space. */
export function split(statements: readonly Statement[], size: number): readonly (readonly Statement[])[] {
  const policies: Statement[][] = [];
  const taken = new Set<string>();
  for (const half of statements.flatMap((each) => halved(each, size))) {
    let { Sid } = half;
    while (taken.has(Sid)) Sid += "0";
    taken.add(Sid);
    const statement = { ...half, Sid };
    const last = policies.at(-1);
    if (last && sizeOf([...last, statement]) <= size) last.push(statement);
    else policies.push([statement]);
  }
  return policies;
}

function halved(statement: Statement, size: number): readonly Statement[] {
  const { Action, Resource } = statement;
  if (sizeOf([statement]) <= size || (Action.length < 2 && Resource.length < 2)) return [statement];
  const part = Action.length >= Resource.length ? "Action" : "Resource";
  const middle = Math.ceil(statement[part].length / 2);
  const halves = [statement[part].slice(0, middle), statement[part].slice(middle)];
  return halves.flatMap((half) => halved({ ...statement, [part]: half }, size));
}
