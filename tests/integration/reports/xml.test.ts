import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { junit } from "../../../reports/junit.ts";
import type { ReportInput } from "../../../reports/contract.ts";
import { anyInput, hostileInput } from "../../helpers/hostile.ts";
import { largeReport, runReport } from "../../helpers/sample-reports.ts";

const python = spawnSync("python3", ["-c", "import xml.etree.ElementTree"]).status === 0;
if (!python) console.warn("skipped: JUnit by another reader: there is no python3 with its xml module");

/** Reads files with Python's own parser; prints the number of cases of each, and fails at what is no XML. */
const reader = `
import sys, xml.etree.ElementTree as tree
for file in sys.argv[1:]:
    root = tree.parse(file).getroot()
    assert root.tag == "testsuites", root.tag
    for suite in root:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
    print(len(root.findall("testsuite/testcase")))
`;

function casesOf(inputs: readonly ReportInput[]): readonly number[] {
  const dir = mkdtempSync(join(tmpdir(), "faber-junit-"));
  try {
    const files = inputs.map((input, index) => {
      const file = join(dir, `${index}.xml`);
      writeFileSync(file, junit.render(input));
      return file;
    });
    const read = spawnSync("python3", ["-c", reader, ...files], { encoding: "utf8" });
    expect(read.stderr).toBe("");
    return read.stdout.trim().split("\n").map(Number);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

describe.skipIf(!python)("JUnit is read by a parser that is not ours", () => {
  test("of a run, and of hostile names", () => {
    const run = { run: runReport(), tests: [largeReport(200)], history: [] };
    // A case for each finding, for each of seven tests and for each of two stages.
    expect(casesOf([run, hostileInput()])[0]).toBe(209);
  });

  test("of anything", () => {
    expect(casesOf(fc.sample(anyInput, 300))).toHaveLength(300);
  });
});
