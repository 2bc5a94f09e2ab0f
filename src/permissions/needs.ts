import { isObject } from "../core/json.ts";
import { covers } from "./arn.ts";
import type { Denial } from "./denial.ts";
import type { Experience } from "./experience.ts";
import type { NeededAction } from "./needed-action.ts";
import { valueAt, type PlannedResource } from "./planned.ts";
import { arnsFor, type Ground } from "./resolve-arn.ts";

/** One action on one resource that a change of the plan takes. */
export interface Need {
  readonly action: string;
  /** An ARN, or `*` for an action that supports no resource. */
  readonly resource: string;
  readonly scope: NeededAction["resource"];
  /** `recorded`: the provider was seen to use it for the type; `learnt`: denied in a past run; `denied`: in this one. */
  readonly source: "recorded" | "learnt" | "denied";
  readonly passTo?: string;
  readonly addresses: readonly string[];
}

/** What an action is needed for, and why its resource cannot be told. */
export interface Unresolved {
  readonly address: string;
  readonly action: string;
  readonly why: string;
}

export interface Needs {
  readonly needs: readonly Need[];
  readonly unresolved: readonly Unresolved[];
}

/** Everything that the changes of these resources take. */
export function needsOf(
  resources: readonly PlannedResource[],
  ground: Ground,
  { deniedActions }: Pick<Experience, "deniedActions">,
): Needs {
  const all = resources.map((resource) => {
    const recorded = recordedFor(resource, ground);
    // What is known of the type and is not for this plan's changes is not needed now, whenever it was denied.
    const names = new Set(knownFor(resource, ground).map(({ action }) => action.toLowerCase()));
    const learnt = (deniedActions[resource.type] ?? []).filter((action) => !names.has(action.toLowerCase()));
    return merge([
      ...recorded.map((need) => resolve(need, "recorded", resource, ground)),
      ...learnt.map((action) => resolve(asNamed(action, recorded), "learnt", resource, ground)),
    ]);
  });
  return merge(all);
}

/** What the denials themselves name and the changes do not account for. */
export function needsOfDenials(
  denials: readonly Denial[],
  resources: readonly PlannedResource[],
  ground: Ground,
): Needs {
  return merge(
    denials.map((denial) => {
      const named = resources.find(({ address }) => address === denial.address);
      const recorded = named === undefined ? [] : knownFor(named, ground);
      const action = spelled(denial.action ?? "", recorded);
      if (denial.resourceArn !== undefined) {
        const need: Need = {
          action,
          resource: denial.resourceArn,
          scope: "named",
          source: isRecorded(action, denial.resourceArn, named, ground) ? "recorded" : "denied",
          addresses: denial.address === undefined ? [] : [denial.address],
        };
        return { needs: [need], unresolved: [] };
      }
      if (named === undefined)
        return unresolvedFor(denial.address ?? "", action, "the message names no resource");
      const need = asNamed(action, recorded);
      return resolve(need, recorded.includes(need) ? "recorded" : "denied", named, ground);
    }),
  );
}

/** Whether the provider uses an action on this very resource, or on what lies in it. */
function isRecorded(
  action: string,
  arn: string,
  resource: PlannedResource | undefined,
  ground: Ground,
): boolean {
  if (resource === undefined) return false;
  const known = knownFor(resource, ground).filter((need) => need.action === action);
  const own = known.flatMap((need) => arnsFor(need, resource, ground)).filter((text) => text !== "*");
  return own.some((text) => covers(text, arn) || covers(`${text}:*`, arn) || covers(`${text}/*`, arn));
}

/** What the provider is known to use for a resource, whatever happens to it. */
function knownFor(resource: PlannedResource, ground: Ground): readonly NeededAction[] {
  return recordedFor({ ...resource, changes: ["create", "read", "update", "delete"] }, ground);
}

/** What the provider is known to use for a resource in this plan. */
export function recordedFor(
  { type, changes, values, unknown, references }: PlannedResource,
  ground: Ground,
): readonly NeededAction[] {
  const isUsed = (attribute: string): boolean =>
    isSet(valueAt(values, attribute)) || unknown.includes(attribute) || references[attribute] !== undefined;
  const found = changes
    .flatMap((change) => ground.actionsFor(type, change))
    .filter(({ when }) => when === undefined || isUsed(when));
  return [...new Map(found.map((need) => [`${need.action} ${need.arn ?? ""}`, need])).values()];
}

/** The provider writes numbers that nobody set as 0 or -1. */
function isSet(value: unknown): boolean {
  return !(
    value === 0 ||
    value === -1 ||
    value === undefined ||
    value === null ||
    value === false ||
    value === "" ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

/** SQS writes actions in lower case. */
function spelled(action: string, recorded: readonly NeededAction[]): string {
  return recorded.find((known) => known.action.toLowerCase() === action.toLowerCase())?.action ?? action;
}

/** An action that nothing is known of, asked on what the others of its service are asked on. */
function asNamed(action: string, recorded: readonly NeededAction[]): NeededAction {
  const known = recorded.find((need) => need.action === action);
  if (known) return known;
  const [service] = action.split(":");
  const like = recorded.find((need) => need.resource === "named" && need.action.startsWith(`${service}:`));
  return { action, resource: "named", ...(like?.arn === undefined ? {} : { arn: like.arn }) };
}

function resolve(
  need: NeededAction,
  source: Need["source"],
  resource: PlannedResource,
  ground: Ground,
): Needs {
  const arns = arnsFor(need, resource, ground);
  if (arns.length === 0)
    return unresolvedFor(resource.address, need.action, "the plan does not tell the name of its resource");
  const { action, resource: scope, passTo } = need;
  const more = passTo === undefined ? {} : { passTo };
  const addresses = [resource.address];
  return {
    needs: arns.map((arn) => ({ action, resource: arn, scope, source, ...more, addresses })),
    unresolved: [],
  };
}

function unresolvedFor(address: string, action: string, why: string): Needs {
  return { needs: [], unresolved: [{ address, action, why }] };
}

const strength: Readonly<Record<Need["source"], number>> = { recorded: 0, learnt: 1, denied: 2 };

/** Each action on each resource once, by its best source. */
export function merge(all: readonly Needs[]): Needs {
  const found = new Map<string, Need>();
  const everything = all.flatMap(({ needs }) => needs);
  for (const need of everything.toSorted((a, b) => strength[a.source] - strength[b.source])) {
    const key = [need.action, need.resource, need.passTo].join(" ");
    const known = found.get(key);
    const addresses = [...new Set([...(known?.addresses ?? []), ...need.addresses])];
    found.set(key, { ...(known ?? need), addresses });
  }
  return { needs: [...found.values()], unresolved: all.flatMap(({ unresolved }) => unresolved) };
}
