import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { JsonValue } from "../core/json.ts";
import type { Entry, Located } from "./located.ts";
import { quoted } from "./problem.ts";

/** Far above any real settings file; aliases of aliases reach it at once. */
const mostValues = 50_000;

export type Complain = (offset: number, text: string) => void;

export class TooLarge extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super("too large");
    this.offset = offset;
  }
}

interface Reading {
  readonly anchors: Map<string, Located>;
  readonly complain: Complain;
}

/**
 * YAML nodes as plain JSON values that know their places. Aliases are followed, merge keys (`<<`) are merged;
 * what JSON cannot hold, what would lose digits, and keys that are given twice are complained about.
 */
export function readNodes(root: Node, complain: Complain): Located {
  return readNode(root, { anchors: new Map(), complain });
}

function readNode(node: unknown, reading: Reading): Located {
  if (isAlias(node)) return readAlias(node.source, startOf(node), reading);
  const located = isMap(node)
    ? readMap(node, reading)
    : isSeq(node)
      ? readSeq(node, reading)
      : readScalar(node, reading);
  if (located.size > mostValues) throw new TooLarge(located.at);
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) {
    reading.anchors.set(node.anchor, located);
  }
  return located;
}

function readAlias(name: string, at: number, reading: Reading): Located {
  const target = reading.anchors.get(name);
  if (target !== undefined) return target;
  reading.complain(at, `no anchor &${name} before this alias`);
  return { value: null, at, size: 1 };
}

function readScalar(node: unknown, { complain }: Reading): Located {
  if (!isScalar(node)) return { value: null, at: 0, size: 1 };
  const at = startOf(node);
  const source = typeof node.source === "string" ? node.source : "";
  const { value } = node;
  if (typeof value === "number" && !isExact(value)) {
    complain(at, `${quoted(source)} is a number that cannot be kept exactly: quote it`);
  }
  const kept =
    typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  return { value: kept, at, size: 1, source };
}

function isExact(value: number): boolean {
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function readSeq(node: YAMLSeq, reading: Reading): Located {
  const entries = new Map<number, Entry>();
  const values: JsonValue[] = [];
  let size = 1;
  for (const item of node.items) {
    const child = readNode(item, reading);
    // An alias' place is where it is used; its content's places are where they are written.
    entries.set(values.length, { keyAt: startOf(item) || child.at, node: child });
    values.push(child.value);
    size += child.size;
  }
  return { value: values, at: startOf(node), size, entries };
}

function readMap(node: YAMLMap, reading: Reading): Located {
  const own = new Map<string, Entry>();
  const merged: Located[] = [];
  let size = 1;
  for (const pair of node.items) {
    const child = readNode(pair.value, reading);
    size += child.size;
    if (isMergeKey(pair)) merged.push(...mergeSources(pair, child, reading));
    else addOwn(own, pair, { child, reading });
  }
  const entries = new Map(own);
  for (const source of merged) {
    for (const [key, entry] of source.entries ?? [])
      if (!entries.has(String(key))) entries.set(String(key), entry);
  }
  const value = Object.fromEntries([...entries].map(([key, entry]) => [key, entry.node.value]));
  return { value, at: startOf(node), size, entries };
}

function addOwn(
  own: Map<string, Entry>,
  pair: Pair,
  { child, reading }: { child: Located; reading: Reading },
): void {
  const keyAt = startOf(pair.key);
  const key = isScalar(pair.key) ? String(pair.key.value) : "";
  if (key === "__proto__") reading.complain(keyAt, `the key "__proto__" is not allowed`);
  else if (own.has(key)) reading.complain(keyAt, `the key ${quoted(key)} is given twice`);
  // A key without a value has no place of its own.
  else own.set(key, { keyAt, node: pair.value === null ? { ...child, at: keyAt } : child });
}

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === "<<" && pair.key.type === "PLAIN";
}

function mergeSources(pair: Pair, child: Located, { complain }: Reading): readonly Located[] {
  const sources = isSeq(pair.value)
    ? [...(child.entries?.values() ?? [])].map((entry) => entry.node)
    : [child];
  const maps = sources.filter((source) => isRecord(source.value));
  if (maps.length < sources.length) complain(startOf(pair.key), "<< takes a map, or a list of maps");
  return maps;
}

function isRecord(value: JsonValue): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function startOf(node: unknown): number {
  if (isAlias(node) || isMap(node) || isSeq(node) || isScalar(node)) return node.range?.[0] ?? 0;
  return 0;
}
