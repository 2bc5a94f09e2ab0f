import { changeActions, type ChangeAction, type PlannedChange } from "../core/plan.ts";
import { safeLine } from "../core/safe-text.ts";

export type IsStateful = (type: string) => boolean;

/** What a preview never hides: it takes something away. */
export function isDangerous(action: ChangeAction): boolean {
  return action === "delete" || action === "replace" || action === "forget";
}

/** What an apply would do, most dangerous first, stores of data before others, then by address. */
export function orderChanges(changes: readonly PlannedChange[], isStateful: IsStateful): PlannedChange[] {
  const rank = (change: PlannedChange): number => changeActions.indexOf(change.action);
  const store = (change: PlannedChange): number => (isStateful(change.type) ? 0 : 1);
  return changes
    .filter((change) => change.action !== "no-op" && change.action !== "read")
    .toSorted((a, b) => rank(a) - rank(b) || store(a) - store(b) || byAddress(a.address, b.address));
}

/** Changes that are counted instead of listed. */
export interface ChangeGroup {
  readonly action: ChangeAction;
  readonly type: string;
  readonly count: number;
  /** How many in each module, most first; the root module has an empty name. */
  readonly modules: readonly (readonly [module: string, count: number])[];
}

export function groupChanges(changes: readonly PlannedChange[]): ChangeGroup[] {
  const groups = new Map<string, PlannedChange[]>();
  for (const change of changes) {
    const key = `${change.action} ${change.type}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].flatMap((members) => {
    const first = members[0];
    return first
      ? [{ action: first.action, type: first.type, count: members.length, modules: modulesOf(members) }]
      : [];
  });
}

/** `module.a.module.b` of an address, without instance keys. */
function moduleOf(address: string): string {
  const names: string[] = [];
  let rest = address;
  for (let match = modulePart.exec(rest); match !== null; match = modulePart.exec(rest)) {
    names.push(`module.${match[1] ?? ""}`);
    rest = rest.slice(match[0].length);
  }
  return safeLine(names.join("."));
}

function modulesOf(members: readonly PlannedChange[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { address } of members) counts.set(moduleOf(address), (counts.get(moduleOf(address)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** `q[2]` before `q[10]`. */
function byAddress(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}

const modulePart = /^module\.([^.[]+)(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\./;
