import { expect, test } from "vitest";
import type { CuratedSolution } from "../../../../../issue-log/knowledge/solutions.ts";
import type { Failure } from "../../../../../src/core/failure.ts";
import { readRow } from "../../../../../src/debugger/evaluate/corpus.ts";
import { measureKnowledge } from "../../../../../src/debugger/evaluate/knowledge-measures.ts";
import { rowOf } from "./rows.ts";

const text = "AccessDenied: User: x is not authorized to perform: sqs:CreateQueue";
const labels = { category: "permission", code: "AccessDenied", action: "sqs:CreateQueue" };

const curated = (id: string, categories: CuratedSolution["categories"], successes = 5): CuratedSolution => ({
  solution: {
    id,
    description: id,
    kind: "manual",
    steps: [],
    automation: { automated: false, parameters: {} },
    impact: "low",
    origin: "knowledge",
  },
  prior: { successes, tries: 8 },
  specificity: 40,
  entryId: id,
  categories,
  source: "https://docs.example.com/page",
});

const measured = (row: ReturnType<typeof rowOf>, ...solutions: readonly CuratedSolution[]) =>
  measureKnowledge([readRow(row)], (_failure: Failure) => solutions).measures;

test("a message without a solution is a miss of what is offered, and not judged", () => {
  const { offered, fitting } = measured(rowOf("1", text, "g", labels));
  expect([offered.right, offered.total, offered.misses]).toEqual([0, 1, ["1 g: nothing"]]);
  expect(fitting.total).toBe(0);
});

test("the first one fits when its category, code and action are those of the labels", () => {
  const right = curated("right", ["permission"]);
  const wrong = curated("wrong", ["quota"], 8);
  const row = rowOf("1", text, "g", labels);
  expect(measured(row, right).fitting.right).toBe(1);
  expect(measured(row, right, wrong).fitting.misses).toEqual(["1 g (permission): wrong (quota)"]);
  expect(measured(rowOf("1", text, "g", { ...labels, also: ["quota"] }), wrong).fitting.right).toBe(1);
  expect(measured(rowOf("1", text, "g", { ...labels, action: "sqs:TagQueue" }), right).fitting.right).toBe(0);
  expect(measured(rowOf("1", text, "g", { ...labels, code: null }), right).fitting.right).toBe(0);
});

test("messages of tests count as answered and are not judged", () => {
  const { offered, fitting } = measured(
    rowOf("1", text, "g", { category: "test" }),
    curated("a", ["config"]),
  );
  expect([offered.right, fitting.total]).toEqual([1, 0]);
});
