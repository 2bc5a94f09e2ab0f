import { expect, test } from "vitest";
import type { Concern } from "../../../../handlers/scanner/contract.ts";
import { mergeFindings } from "../../../../src/checks/merge-findings.ts";
import { counts, type Finding, type Severity } from "../../../../src/core/finding.ts";

const encryption: Concern = { name: "encryption", same: true };
const ingress: Concern = { name: "ingress", same: false };
const waived = { reason: "why", by: "ada" };

function found(rule: string, address: string, severity: Severity, more: Partial<Finding> = {}): Finding {
  const scanners = [rule.split("-")[0] ?? ""];
  return { rule, address, severity, message: rule, at: { file: "main.tf", line: 1 }, scanners, ...more };
}

type Row = readonly [Finding, Concern?];

function merge(first: readonly Row[], second: readonly Row[]) {
  const rows = (list: readonly Row[]) =>
    list.map(([finding, concern]) => (concern === undefined ? { finding } : { finding, concern }));
  const [a, b] = mergeFindings([
    { test: "a_security", found: rows(first) },
    { test: "b_security", found: rows(second) },
  ]);
  if (!a || !b) throw new Error("two scanners have two answers");
  return { a, b };
}

test("one finding for a resource and a concern, listed by the first, with both scanners and the worst severity", () => {
  const { a, b } = merge(
    [[found("a-enc", "x", "UNKNOWN"), encryption]],
    [[found("b-enc", "x", "MEDIUM", { remedy: "do it" }), encryption], [found("b-else", "x", "LOW")]],
  );
  expect(a.listed).toEqual([
    found("a-enc", "x", "MEDIUM", { scanners: ["a", "b"], also: ["b-enc"], remedy: "do it" }),
  ]);
  expect(b.listed.map((finding) => finding.rule)).toEqual(["b-else"]);
  expect(b.seen.map((finding) => [finding.rule, finding.severity])).toEqual([
    ["b-enc", "MEDIUM"],
    ["b-else", "LOW"],
  ]);
  expect(b.listedIn).toEqual({ a_security: 1 });
  expect(a.listedIn).toEqual({});
});

test("another resource, another file, another concern and another rule of the same scanner stay apart", () => {
  const { a, b } = merge(
    [
      [found("a-enc", "x", "LOW"), encryption],
      [found("a-enc2", "x", "LOW"), encryption],
    ],
    [
      [found("b-enc", "y", "LOW"), encryption],
      [found("b-enc", "x", "LOW", { at: { file: "other.tf" } }), encryption],
      [found("b-in", "x", "LOW"), ingress],
    ],
  );
  expect([a.listed.length, b.listed.length]).toEqual([2, 3]);
});

test("a finding without a place, as the plan gives it, is merged all the same", () => {
  const { at: _, ...planned } = found("a-enc", "x", "HIGH");
  const { a, b } = merge([[planned, encryption]], [[found("b-enc", "x", "LOW"), encryption]]);
  expect([a.listed.length, b.listed.length]).toEqual([1, 0]);
});

test("a scanner that tells no index inside a module is matched to one instance each", () => {
  const { a, b } = merge(
    [
      [found("a-enc", "module.m.x[0]", "LOW"), encryption],
      [found("a-enc", "module.m.x[1]", "LOW"), encryption],
    ],
    [
      [found("b-enc", "module.m.x", "HIGH"), encryption],
      [found("b-enc", "module.m.x", "HIGH"), encryption],
      [found("b-enc", "module.m.x", "HIGH"), encryption],
    ],
  );
  expect(a.listed.map((finding) => finding.severity)).toEqual(["HIGH", "HIGH"]);
  expect(b.listed).toHaveLength(1);
  expect(
    merge([[found("a-enc", "x[0]", "LOW"), encryption]], [[found("b-enc", "x", "LOW"), encryption]]).b.listed,
  ).toHaveLength(1);
});

test("a waiver for one of two rules that mean the same holds for both scanners", () => {
  for (const [first, second] of [
    [{ waived }, {}],
    [{}, { waived }],
  ]) {
    const { a, b } = merge(
      [[found("a-enc", "x", "CRITICAL", first), encryption]],
      [[found("b-enc", "x", "CRITICAL", second), encryption]],
    );
    expect([...a.listed, ...b.seen].every((finding) => finding.waived === waived)).toBe(true);
  }
});

test("where rules only overlap, what counts does not hide behind what is waived", () => {
  const { a, b } = merge(
    [[found("a-80", "sg", "HIGH", { waived }), ingress]],
    [[found("b-any", "sg", "CRITICAL"), ingress]],
  );
  expect(a.listed.some(counts)).toBe(false);
  expect(b.listed.filter(counts)).toHaveLength(1);
  const open = merge(
    [
      [found("a-80", "sg", "HIGH", { waived }), ingress],
      [found("a-22", "sg", "CRITICAL"), ingress],
    ],
    [[found("b-any", "sg", "CRITICAL"), ingress]],
  );
  expect(open.a.listed.find((finding) => finding.rule === "a-22")).toMatchObject({ also: ["b-any"] });
});

test("what one scanner knew is known; where one sees more than it knew, something is new", () => {
  const known = { known: true as const };
  const onlyOne = merge(
    [[found("a-enc", "x", "HIGH", known), encryption]],
    [[found("b-enc", "x", "HIGH"), encryption]],
  );
  expect([...onlyOne.a.seen, ...onlyOne.b.seen].some(counts)).toBe(false);
  const grown = merge(
    [[found("a-enc", "x", "HIGH", known), encryption]],
    [
      [found("b-enc", "x", "HIGH", known), encryption],
      [found("b-enc", "x", "HIGH"), encryption],
    ],
  );
  expect(grown.a.listed.every(counts)).toBe(true);
  expect(grown.b.seen.every(counts)).toBe(true);
});

test("nothing is lost: every finding is listed once or counted where it is", () => {
  const { a, b } = merge(
    [[found("a-enc", "x", "LOW"), encryption], [found("a-other", "x", "LOW")]],
    [[found("b-enc", "x", "LOW"), encryption], [found("b-other", "x", "LOW")]],
  );
  const elsewhere = Object.values(b.listedIn).reduce((sum, count) => sum + count, 0);
  expect([a.seen.length, a.listed.length]).toEqual([2, 2]);
  expect(b.seen.length).toBe(b.listed.length + elsewhere);
});
