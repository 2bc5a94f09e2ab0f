import type { SecretForm } from "./secret-forms.ts";

/** A stretch of a text that holds a secret. */
export interface SecretHit {
  readonly start: number;
  readonly end: number;
}

export interface SecretIndex {
  readonly add: (form: SecretForm) => void;
  /** Where any form stands in a text, merged and in order. */
  readonly hitsIn: (text: string) => readonly SecretHit[];
}

/** Forms are told apart by so many of their first characters; a longer one is then compared whole. */
const headLength = 64;
const windowLength = 4;
const filterSize = 1 << 16;
/** Characters of base64 beside a found part that may hold some of its bits. */
const base64Edge = 3;

/**
 * Finds thousands of secrets in one pass: four characters at a time are looked up in a table, and only where they
 * begin a secret is there anything to compare. The time is in proportion to the text, whatever was learned.
 */
export function createSecretIndex(): SecretIndex {
  const filter = new Uint8Array(filterSize);
  const heads = new Map<number, Map<number, Map<string, SecretForm[]>>>();
  const add = (form: SecretForm): void => {
    const key = windowAt(form.text, 0);
    filter[key & (filterSize - 1)] = 1;
    const byLength = getOrAdd(heads, key, () => new Map<number, Map<string, SecretForm[]>>());
    const head = form.text.slice(0, headLength);
    const byHead = getOrAdd(byLength, head.length, () => new Map<string, SecretForm[]>());
    const same = getOrAdd(byHead, head, () => []);
    if (same.some((other) => other.text === form.text)) return;
    same.push(form);
    same.sort((a, b) => b.text.length - a.text.length);
  };
  const longestAt = (text: string, at: number, key: number): SecretForm | undefined => {
    let longest: SecretForm | undefined;
    for (const [length, byHead] of heads.get(key) ?? []) {
      const found = byHead.get(text.slice(at, at + length))?.find((form) => text.startsWith(form.text, at));
      if (found && found.text.length > (longest?.text.length ?? 0)) longest = found;
    }
    return longest;
  };
  const hitsIn = (text: string): readonly SecretHit[] => {
    const hits: SecretHit[] = [];
    const last = heads.size === 0 ? -1 : text.length - windowLength;
    for (let at = 0; at <= last; at += 1) {
      const key = windowAt(text, at);
      if (filter[key & (filterSize - 1)] === 0) continue;
      const form = longestAt(text, at, key);
      if (form !== undefined) keep(hits, hitOf(text, at, form));
    }
    return hits;
  };
  return { add, hitsIn };
}

function windowAt(text: string, at: number): number {
  let hash = text.charCodeAt(at);
  hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(at + 1);
  hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(at + 2);
  hash = Math.imul(hash, 0x01000193) ^ text.charCodeAt(at + 3);
  return hash ^ (hash >>> 15);
}

function hitOf(text: string, at: number, { text: form, inBase64 }: SecretForm): SecretHit {
  let start = at;
  let end = at + form.length;
  if (!inBase64) return { start, end };
  while (start > at - base64Edge && isBase64(text.charCodeAt(start - 1))) start -= 1;
  while (end < at + form.length + base64Edge && isBase64(text.charCodeAt(end))) end += 1;
  return { start, end };
}

/** Two secrets that overlap go as one: what is left of the second would still tell of it. */
function keep(hits: SecretHit[], hit: SecretHit): void {
  const before = hits.at(-1);
  if (before === undefined || hit.start >= before.end) hits.push(hit);
  else if (hit.end > before.end) hits[hits.length - 1] = { start: before.start, end: hit.end };
}

function isBase64(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 43 || // +
    code === 45 || // -
    code === 47 || // /
    code === 61 || // =
    code === 95 // _
  );
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}
