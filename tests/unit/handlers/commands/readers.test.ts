import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findingsOfCases } from "../../../../handlers/commands/read/case-findings.ts";
import { readConftest } from "../../../../handlers/commands/read/conftest.ts";
import { readFaberJson } from "../../../../handlers/commands/read/faber-json.ts";
import { readJunit } from "../../../../handlers/commands/read/junit.ts";
import { readTap } from "../../../../handlers/commands/read/tap.ts";

const named = { test: "mine", severity: "HIGH" } as const;

describe("JUnit", () => {
  test("tells cases of nested suites by the child that judges them", async () => {
    const read = await readJunit(`<?xml version="1.0"?>
      <testsuites><testsuite name="api">
        <testcase name="answers" classname="api.health"/>
        <testcase name="is quick" file="t.ts" line="7"><failure message="3 s"><![CDATA[at <t.ts>]]></failure></testcase>
        <testsuite name="inner"><testcase name="late"><skipped/></testcase></testsuite>
        <testcase name="breaks"><error>boom &amp; bang</error><system-out>noise</system-out></testcase>
      </testsuite></testsuites>`);
    expect(read).toEqual({
      ok: true,
      cases: [
        { name: "answers", suite: "api.health", outcome: "passed" },
        {
          name: "is quick",
          suite: "api",
          outcome: "failed",
          message: "3 s\nat <t.ts>",
          at: { file: "t.ts", line: 7 },
        },
        { name: "late", suite: "inner", outcome: "skipped", message: "" },
        { name: "breaks", suite: "api", outcome: "errored", message: "boom & bang" },
      ],
    });
    expect(read.ok && findingsOfCases(read.cases, named)).toEqual([
      {
        rule: "api › is quick",
        severity: "HIGH",
        message: "3 s\nat <t.ts>",
        at: { file: "t.ts", line: 7 },
        scanners: ["mine"],
      },
      { rule: "api › breaks", severity: "HIGH", message: "boom & bang", scanners: ["mine"] },
    ]);
  });

  test.each([
    ["", "it is not well-formed XML"],
    ["<testsuite>", "it is not well-formed XML"],
    ["<html/>", "it holds no <testsuite>"],
  ])("%j is refused", async (xml, why) => {
    const read = await readJunit(xml);
    expect(read.ok ? "" : read.why).toContain(why);
  });

  test("never throws for what a file can hold", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        expect(typeof (await readJunit(`<testsuite>${text}</testsuite>`)).ok).toBe("boolean");
      }),
    );
  });
});

describe("TAP", () => {
  test("tells its cases; what is skipped or still to do is no failure", async () => {
    const text = [
      "TAP version 13",
      "1..4",
      "ok 1 - up",
      "not ok 2 - quick",
      "  ---\n  message: 3 s\n  ...",
      "not ok 3 - later # TODO someday",
      "ok 4 - there # SKIP no network",
    ];
    expect(await readTap(`${text.join("\n")}\n`)).toEqual({
      ok: true,
      cases: [
        { name: "up", outcome: "passed" },
        { name: "quick", outcome: "failed", message: "3 s" },
        { name: "later", outcome: "skipped" },
        { name: "there", outcome: "skipped" },
      ],
    });
  });

  test.each([
    ["1..3\nok 1\n", "fewer than planned"],
    ["1..2\nok 1\nBail out! no database\n", "bailed out"],
    ["hello\n", "no plan"],
  ])("%j did not end well", async (text) => {
    expect((await readTap(text)).ok).toBe(false);
  });
});

describe("findings in faber's words", () => {
  test("keep their severity, or get the test's", () => {
    const json = JSON.stringify({
      findings: [
        { rule: "a", message: "m", severity: "LOW", address: "x.y", file: "f.tf", line: 3, remedy: "do" },
        { rule: "b", message: "n" },
      ],
    });
    expect(readFaberJson(json, named)).toEqual({
      ok: true,
      findings: [
        {
          rule: "a",
          severity: "LOW",
          message: "m",
          address: "x.y",
          at: { file: "f.tf", line: 3 },
          remedy: "do",
          scanners: ["mine"],
        },
        { rule: "b", severity: "HIGH", message: "n", scanners: ["mine"] },
      ],
    });
  });

  test.each([
    "",
    "{}",
    "[]",
    "null",
    '{"findings":[{"rule":""}]}',
    '{"findings":[{"rule":"a","message":7}]}',
  ])("%j is refused", (json) => {
    expect(readFaberJson(json, named).ok).toBe(false);
  });
});

describe("conftest", () => {
  test("tells failures and warnings apart", () => {
    const json = JSON.stringify([
      {
        filename: "plan.json",
        namespace: "main",
        successes: 3,
        failures: [{ msg: "no public buckets", metadata: { address: "aws_s3_bucket.a" } }],
        warnings: [{ msg: "old runtime" }],
      },
    ]);
    expect(readConftest(json, named)).toEqual({
      ok: true,
      rules: 5,
      findings: [
        {
          rule: "main",
          severity: "HIGH",
          message: "no public buckets",
          address: "aws_s3_bucket.a",
          scanners: ["mine"],
        },
        { rule: "main", severity: "MEDIUM", message: "old runtime", scanners: ["mine"] },
      ],
    });
  });

  test.each(["", "[]", "{}", '[{"namespace":"main","successes":0}]'])("%j checked nothing", (json) => {
    expect(readConftest(json, named).ok).toBe(false);
  });
});
