import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cpuMilliseconds } from "../../../helpers/cpu-time.ts";
import { knowledgeIndex } from "../../../../issue-log/knowledge/index-text.ts";
import { loadKnowledge } from "../../../../issue-log/knowledge/load.ts";
import { matchKnowledge } from "../../../../issue-log/knowledge/match.ts";
import { readKnowledgeSources } from "../../../../issue-log/knowledge/read-sources.ts";
import { solutionsFrom } from "../../../../issue-log/knowledge/solutions.ts";
import { repository } from "../../../helpers/sources.ts";
import { rootFailure } from "./failures.ts";

const dir = join(repository, "issue-log", "knowledge");
const entries = readKnowledgeSources(dir);
const parameter = /\{\{/;

describe("the curated knowledge", () => {
  test("holds at least 150 solutions, in every category", () => {
    expect(entries.flatMap(({ solutions }) => solutions).length).toBeGreaterThanOrEqual(150);
    for (const category of ["permission", "config", "resource", "state", "network", "quota"] as const)
      expect(entries.filter((entry) => entry.category === category).length, category).toBeGreaterThanOrEqual(
        10,
      );
  });

  test("names each entry once, and each solution once within its entry", () => {
    const ids = entries.flatMap(({ id, solutions }) => solutions.map((each) => `${id}/${each.id}`));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  test("is what the program loads: run npx tsx scripts/gen-knowledge.ts after a change", () => {
    const { heads, details } = knowledgeIndex(entries);
    expect(readFileSync(join(dir, "assets", "index.json"), "utf8")).toBe(heads);
    expect(readFileSync(join(dir, "assets", "details.json"), "utf8")).toBe(details);
    const used = entries.map(({ file: _file, examples: _examples, not_examples: _not, ...rest }) => rest);
    expect(loadKnowledge().map((entry) => ({ ...entry }))).toEqual(used);
  });
});

const examples = entries.flatMap((entry) =>
  entry.examples.map((text, index) => [`${entry.id} ${index + 1}`, entry, text] as const),
);

describe("each example is matched by its own entry, and by none better", () => {
  test.each(examples)("%s", (_name, entry, text) => {
    const failure = rootFailure(text);
    const matches = matchKnowledge(failure, entries);
    const best = matches[0]?.specificity;
    const candidates = matches.filter(({ specificity }) => specificity === best);
    expect(candidates.map((match) => match.entry.id)).toContain(entry.id);
  });

  test.each(examples)("%s: its solutions can be shown", (_name, entry, text) => {
    const failure = rootFailure(text);
    const match = matchKnowledge(failure, [entry])[0] ?? {
      entry,
      specificity: 1,
      standing: 1,
      parameters: {},
    };
    const shown = solutionsFrom(match, failure);
    expect(shown.map(({ solution }) => solution.id)).toEqual(
      entry.solutions.map(({ id }) => `${entry.id}/${id}`),
    );
    for (const { solution } of shown) {
      expect([solution.description, solution.rootCause ?? "", ...solution.steps].join("\n")).not.toMatch(
        parameter,
      );
    }
  });
});

describe("texts that only look alike are not matched", () => {
  const others = entries.flatMap((entry) =>
    (entry.not_examples ?? []).map((text) => [entry.id, entry, text] as const),
  );
  test.each(others)("%s", (_id, entry, text) => {
    expect(matchKnowledge(rootFailure(text), [entry])).toEqual([]);
  });
});

test("no expression of an entry takes long, whatever the text", { timeout: 60_000 }, () => {
  const patterns = entries.flatMap(({ match, extract }) => [
    ...(extract ?? []),
    ...match.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern])),
  ]);
  expect(patterns.length).toBeGreaterThan(30);
  const seeds = [
    "a",
    "a.",
    "-",
    "ID: ",
    "0",
    'User "a',
    "aws_a.b ",
    "the bucket ",
    "subnet-",
    "/",
    "x-y.z:",
    " = ",
  ];
  for (const seed of seeds) {
    const text = seed.repeat(Math.ceil(65_536 / seed.length));
    const took = cpuMilliseconds(() => {
      for (const pattern of patterns) new RegExp(pattern, "i").test(text);
    });
    expect(took / patterns.length, seed).toBeLessThan(20);
  }
});

test("JSON that a step holds is JSON", () => {
  const failure = rootFailure('Error: AccessDenied: User: a"b is not authorized to perform: s3:GetObject');
  for (const entry of entries) {
    const shown = solutionsFrom({ entry, specificity: 1, standing: 1, parameters: {} }, failure);
    for (const [index, { solution }] of shown.entries()) {
      const documents = entry.solutions[index]?.steps ?? [];
      const json = solution.steps.filter((_step, at) => {
        const step = documents[at];
        return typeof step === "object" && "json" in step;
      });
      for (const step of json) {
        const text = step.slice(step.search(/^["{[]/m));
        const whole = text.startsWith('"') ? `{${text}}` : text;
        expect(() => JSON.parse(whole), `${solution.id}: ${whole}`).not.toThrow();
      }
    }
  }
});
