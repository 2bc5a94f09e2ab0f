import { expect, test } from "vitest";
import { ageOf } from "../../../../../src/practices/lifetimes/lifetime.ts";
import { lifetimes } from "../../../../../src/practices/rules/lifetimes.ts";
import { made } from "../../../../helpers/plan-document.ts";
import { hitsOf, testRules } from "../../../../helpers/rule-cases.ts";

const fn = (runtime: string) => made("aws_lambda_function.f", { runtime });
const db = (engine: string, version: string) =>
  made("aws_db_instance.d", { engine, engine_version: version });
const build = (image: string) => made("aws_codebuild_project.p", { environment: [{ image }] });

testRules(lifetimes, {
  "lambda-runtime-deprecated": {
    objects: { resources: [fn("nodejs14.x")], severity: "HIGH", says: /no new ones/ },
    quiet: fn("nodejs24.x"),
  },
  "database-engine-ends": {
    objects: { resources: [db("postgres", "11.22")], says: /postgres 11.22 ended on 2024-02-29/ },
    quiet: db("aurora-mysql", "8.0.mysql_aurora.3.08.0"),
  },
  "kubernetes-version-ends": {
    objects: made("aws_eks_cluster.c", { version: "1.31" }),
    quiet: made("aws_eks_cluster.c", { version: "1.35" }),
  },
  "build-image-deprecated": {
    objects: build("aws/codebuild/standard:4.0"),
    quiet: build("aws/codebuild/standard:7.0"),
  },
});

test.each([
  ["2026-11-20", "over"],
  ["2026-11-21", "over"],
  ["2026-11-22", "soon"],
  ["2027-02-19", "soon"],
  ["2027-02-20", "fine"],
] as const)("what ends on %s is %s on 2026-11-21", (ends, age) => {
  expect(ageOf({ ends }, "2026-11-21")).toBe(age);
});

test("a function that exists goes on with a runtime that makes no new ones", () => {
  const [rule] = lifetimes;
  const hits =
    rule === undefined
      ? []
      : hitsOf(rule, { resources: [{ ...fn("nodejs14.x"), before: {}, actions: ["no-op"] }] });
  expect(hits).toEqual([
    { address: "aws_lambda_function.f", message: "nodejs14.x ended on 2023-12-04; take nodejs24.x" },
  ]);
});
