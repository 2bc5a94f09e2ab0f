import type { JsonValue } from "../core/json.ts";
import type { Path } from "./problem.ts";

/** A value of a file and where it stands; offsets count UTF-16 units from the start of the text. */
export interface Located {
  readonly value: JsonValue;
  readonly at: number;
  /** Values in it, itself included, with every alias counted as often as it is used. */
  readonly size: number;
  /** A scalar as it is written. */
  readonly source?: string;
  readonly entries?: ReadonlyMap<string | number, Entry>;
}

export interface Entry {
  readonly keyAt: number;
  readonly node: Located;
}

/** Where the value of a path stands; of a missing one, where the nearest thing around it is named. */
export function valueAt(root: Located, path: Path): number {
  const [entry, complete] = descend(root, path);
  if (entry === undefined) return root.at;
  return complete ? entry.node.at : entry.keyAt;
}

/** Where the key of a path stands. */
export function keyAt(root: Located, path: Path): number {
  return descend(root, path)[0]?.keyAt ?? root.at;
}

export function sourceAt(root: Located, path: Path): string | undefined {
  const [entry, complete] = descend(root, path);
  return complete ? entry?.node.source : undefined;
}

function descend(root: Located, path: Path): readonly [Entry | undefined, boolean] {
  let entry: Entry | undefined;
  let node = root;
  for (const step of path) {
    const next = node.entries?.get(step);
    if (next === undefined) return [entry, false];
    entry = next;
    node = next.node;
  }
  return [entry, true];
}
