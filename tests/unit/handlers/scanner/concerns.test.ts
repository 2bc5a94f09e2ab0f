import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { concernOf, concernTable, withConcerns } from "../../../../handlers/scanner/concerns.ts";
import type { Scanner } from "../../../../handlers/scanner/contract.ts";
import { checkovSeverities } from "../../../../handlers/scanner/severity-table.ts";
import { packageRoot } from "../../../../src/workdir/package-root.ts";

const asset = join(packageRoot(import.meta.url), "handlers/scanner/assets/concerns.json");
const table = concernTable(JSON.parse(readFileSync(asset, "utf8")));

test("rules of three scanners that ask the same are one concern, and no rule is in two", () => {
  const versioning = concernOf(table, "checkov", "CKV_AWS_21");
  expect(versioning).toEqual({ name: "s3-enable-versioning", same: true });
  expect(concernOf(table, "tfsec", "aws-s3-enable-versioning")).toBe(versioning);
  expect(concernOf(table, "trivy", "AVD-AWS-0090")).toBe(versioning);
  expect(concernOf(table, "trivy", "AWS-0090")).toBe(versioning);
  expect(concernOf(table, "tflint", "CKV_AWS_21")).toBeUndefined();
  expect(() =>
    concernTable({
      concerns: [
        { concern: "a", tfsec: ["x"] },
        { concern: "b", tfsec: ["x"] },
      ],
    }),
  ).toThrow(/two/);
});

test("an open port is asked for by rules of different width, which are not the same", () => {
  expect(concernOf(table, "checkov", "CKV_AWS_24")).toMatchObject({ same: false });
  expect(concernOf(table, "tfsec", "aws-ec2-no-public-ingress-sgr")).toBe(
    concernOf(table, "tfsec", "aws-vpc-no-public-ingress-sgr"),
  );
});

test("every rule of Checkov in the table is one that is judged, with its source", async () => {
  const judged = await checkovSeverities();
  const rules = [...table.keys()].flatMap((key) => /^checkov (.+)$/.exec(key)?.[1] ?? []);
  expect(rules.length).toBeGreaterThan(100);
  expect(rules.filter((rule) => !judged.has(rule))).toEqual([]);
  const sources = [...judged.values()].map((judgement) => judgement.source);
  expect(sources.every((source) => /^(?:faber|as tfsec's aws-)/.test(source))).toBe(true);
});

test("a scanner's findings carry what they are about", async () => {
  const finding = { severity: "LOW", message: "m", scanners: ["checkov"] } as const;
  const scanner: Scanner = {
    name: "checkov",
    test: "checkov_security",
    scan: async () => ({
      kind: "scanned",
      version: "1",
      findings: [
        { ...finding, rule: "CKV_AWS_21" },
        { ...finding, rule: "CUSTOM_1" },
      ],
      passedChecks: 0,
      inlineSkips: [],
      gaps: [],
    }),
  };
  const outcome = await withConcerns(scanner).scan({
    root: "/",
    varFiles: [],
    processEnv: {},
    signal: new AbortController().signal,
    timeoutMs: 1,
  });
  expect(outcome.kind === "scanned" && outcome.findings.map((each) => each.concern?.name)).toEqual([
    "s3-enable-versioning",
    undefined,
  ]);
});
