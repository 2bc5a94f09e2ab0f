import { describe, expect, test } from "vitest";
import { loadKnowledge } from "../../../../../issue-log/knowledge/load.ts";
import { matchKnowledge } from "../../../../../issue-log/knowledge/match.ts";
import { solutionsFrom } from "../../../../../issue-log/knowledge/solutions.ts";
import { corpusRow } from "../../../../../src/debugger/evaluate/corpus.ts";
import { evaluate } from "../../../../../src/debugger/evaluate/evaluate.ts";
import { printMeasures } from "../../../../../src/debugger/evaluate/print-measures.ts";
import { ownMessages } from "./own-messages.ts";
import { rowOf } from "./rows.ts";

describe("the measures on messages of our own", () => {
  const measures = evaluate(ownMessages);

  test("categories, codes and actions are read", () => {
    expect(measures.category.share, measures.category.misses.join("\n")).toBeGreaterThanOrEqual(0.97);
    expect(measures.code.share, measures.code.misses.join("\n")).toBeGreaterThanOrEqual(0.97);
    expect(measures.action.share, measures.action.misses.join("\n")).toBe(1);
  });

  test("one kind gets one identity, and two kinds get two", () => {
    const { identity } = measures;
    expect(identity.f1, identity.wronglyParted.join("\n")).toBeGreaterThanOrEqual(0.9);
    expect(identity.wronglyJoined).toEqual([]);
  });

  test("the right kind is found first, and a kind that is not there is not answered", () => {
    const { retrieval } = measures;
    expect(retrieval.rightFirst.share, retrieval.rightFirst.misses.join("\n")).toBeGreaterThanOrEqual(0.95);
    expect(retrieval.offeredShare, retrieval.abstained.misses.join("\n")).toBeLessThanOrEqual(0.05);
  });

  test("what is called high is right", () => {
    const { high } = measures.calibration;
    expect(high.total).toBeGreaterThan(10);
    expect(high.share, high.misses.join("\n")).toBeGreaterThanOrEqual(0.95);
  });

  test("knowledge has an answer for most of them, of the kind that the labels name", () => {
    const entries = loadKnowledge();
    const { offered, fitting } = evaluate(ownMessages, (failure) =>
      matchKnowledge(failure, entries).flatMap((match) => solutionsFrom(match, failure)),
    ).knowledge;
    expect(offered.share, offered.misses.join("\n")).toBeGreaterThanOrEqual(0.9);
    expect(fitting.share, fitting.misses.join("\n")).toBeGreaterThanOrEqual(0.95);
  });
});

describe("measuring", () => {
  const denied = (action: string): string => `AccessDenied: User: x is not authorized to perform: ${action}`;

  test("counts by hand what it counts by program", () => {
    const measures = evaluate([
      rowOf("1", denied("sqs:CreateQueue"), "a", {
        category: "permission",
        code: "AccessDenied",
        action: "sqs:CreateQueue",
      }),
      rowOf("2", denied("sqs:CreateQueue"), "a", {
        category: "quota",
        also: ["permission"],
        code: "AccessDenied",
      }),
      rowOf("3", denied("sqs:CreateQueue"), "b", { category: "state", near_miss_of: "a", code: "Other" }),
      rowOf("4", denied("sqs:DeleteQueue"), "b", {
        category: "test",
        action: "sqs:DeleteQueue",
        code: "AccessDenied",
      }),
    ]);
    expect(measures.messages).toBe(4);
    expect(measures.kinds).toBe(2);
    expect([measures.category.right, measures.category.total]).toEqual([2, 3]);
    expect([measures.code.right, measures.code.total]).toEqual([3, 4]);
    expect([measures.action.right, measures.action.total]).toEqual([2, 4]);
    // Pairs with one ID: 12, 13, 23; of one kind: 12, 34.
    expect(measures.identity.precision).toBeCloseTo(1 / 3);
    expect(measures.identity.recall).toBeCloseTo(1 / 2);
    expect(measures.identity.f1).toBeCloseTo(0.4);
    expect([measures.identity.nearMissJoined, measures.identity.nearMissPairs]).toEqual([2, 2]);
    expect([measures.retrieval.rightFirst.right, measures.retrieval.rightFirst.total]).toEqual([2, 4]);
    expect(measures.retrieval.offeredShare).toBe(0.75);
  });

  test("a line that is no labelled message is none", () => {
    expect(corpusRow("text")).toBeUndefined();
    expect(corpusRow({ id: "1", error: "x" })).toBeUndefined();
  });

  test("an empty corpus divides by nothing", () => {
    const measures = evaluate([]);
    expect(measures.category.share).toBe(1);
    expect(Number.isNaN(measures.identity.f1)).toBe(false);
  });

  test("prints each miss below its measure when asked to", () => {
    const measures = evaluate([rowOf("7", "Error: Unsupported argument", "g", { category: "quota" })]);
    expect(printMeasures(measures).join("\n")).not.toContain("quota expected");
    expect(printMeasures(measures, true).join("\n")).toContain("7 g: quota expected, config read");
  });
});
