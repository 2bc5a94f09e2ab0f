import levenshtein from "fast-levenshtein";
import { expect, test } from "vitest";
import { z } from "zod";
import { knownKeys } from "../../../../src/config/known-keys.ts";
import { configSchema } from "../../../../src/config/schema.ts";
import { suggest } from "../../../../src/config/suggest.ts";
import { fromYaml } from "./yaml.ts";

const known = knownKeys(configSchema());
const places = [
  [],
  ["environments", "test"],
  ["environments", "test", "budget"],
  ["environments", "test", "health", 0],
  ["gate"],
  ["tools"],
] as const;

test("the keys of every place come out of the schema", () => {
  expect(known.at([])).toContain("environments");
  expect(known.at(["environments", "any", "grantor"])).toEqual(["profile", "hours"]);
  expect(known.at(["environments", "any", "health", 3])).toEqual(expect.arrayContaining(["http", "status"]));
  expect(known.at(["environments", "any", "variables", "x"])).toEqual([]);
});

/** All words one edit away, with a letter of each kind. */
function edits(word: string): readonly string[] {
  const found = new Set<string>();
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    found.add(before + after.slice(1));
    for (const letter of ["q", "_", "e"]) {
      found.add(before + letter + after);
      found.add(before + letter + after.slice(1));
    }
    if (after.length > 1) found.add(`${before}${after[1]}${after[0]}${after.slice(2)}`);
  }
  found.delete(word);
  found.delete("");
  return [...found];
}

test("a key with one slip is always recognised, or one that is as near", () => {
  let tried = 0;
  for (const place of places) {
    const keys = known.at(place);
    for (const key of keys) {
      for (const slip of edits(key).filter((word) => !keys.includes(word))) {
        const suggestion = suggest(slip, keys);
        tried += 1;
        expect(suggestion, `${slip} for ${key}`).toBeDefined();
        expect(levenshtein.get(slip, suggestion ?? "")).toBeLessThanOrEqual(levenshtein.get(slip, key));
      }
    }
  }
  expect(tried).toBeGreaterThan(1_500);
});

test("a key with two slips is recognised where a third of it or less is wrong", () => {
  let tried = 0;
  for (const key of known.at([]).filter((word) => word.length > 6)) {
    const slips = edits(key).flatMap((once) => edits(once).slice(0, 12));
    for (const slip of slips.filter((word) => word.length >= 6 && !known.at([]).includes(word))) {
      tried += 1;
      if (levenshtein.get(slip, key) <= 2)
        expect(suggest(slip, known.at([])), `${slip} for ${key}`).toBe(key);
    }
  }
  expect(tried).toBeGreaterThan(3_000);
});

test("what is like nothing gets no suggestion", () => {
  expect(suggest("zzzzzz", known.at([]))).toBeUndefined();
});

test("a slip in any key of an environment is answered at its place", () => {
  for (const key of known.at(["environments", "t"])) {
    const slip = `${key}q`;
    expect(() => fromYaml(`environments:\n  t:\n    ${slip}: 1\n`)).toThrow(
      `faber.yaml:3:5: unknown key "${slip}" (${key}?)`,
    );
  }
});

test("unwrapping stops at what is no object", () => {
  expect(knownKeys(z.string()).at([])).toEqual([]);
});
