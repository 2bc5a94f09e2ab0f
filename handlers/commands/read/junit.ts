import { feedXml } from "./feed-xml.ts";
import type { TestCase } from "./case-findings.ts";

export type ReadCases =
  | { readonly ok: true; readonly cases: readonly TestCase[] }
  | { readonly ok: false; readonly why: string };

/**
 * JUnit's XML as build servers read it: suites nest, a case is failed or errored by the child element that says so.
 * Source of the format: https://github.com/testmoapp/junitxml
 */
export async function readJunit(xml: string): Promise<ReadCases> {
  const { SaxesParser } = await import("saxes");
  const parser = new SaxesParser({ xmlns: false });
  const cases: TestCase[] = [];
  const suites: (string | undefined)[] = [];
  let current: { -readonly [key in keyof TestCase]: TestCase[key] } | undefined;
  let isVerdict = false;
  let sawSuite = false;
  let broken: string | undefined;
  parser.on("error", (error) => {
    broken ??= error.message;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const { name: own, message, file, line } = attributes;
    if (name === "testsuites" || name === "testsuite") sawSuite = true;
    if (name === "testsuite") suites.push(own);
    if (name === "testcase") {
      const suite = attributes["classname"] ?? suites.at(-1);
      current = { name: own ?? "unnamed", outcome: "passed", ...(suite === undefined ? {} : { suite }) };
      if (file !== undefined) current.at = { file, ...(Number(line) > 0 ? { line: Number(line) } : {}) };
    }
    const outcome = verdicts[name];
    if (current && outcome) {
      current.outcome = outcome;
      current.message = message ?? "";
      isVerdict = true;
    }
  });
  const addText = (text: string): void => {
    if (current && isVerdict && text.trim() !== "")
      current.message = [current.message, text.trim()].filter(Boolean).join("\n");
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", ({ name }) => {
    if (verdicts[name]) isVerdict = false;
    if (name === "testsuite") suites.pop();
    if (name === "testcase" && current) {
      cases.push(current);
      current = undefined;
    }
  });
  const stuck = feedXml(parser, xml);
  broken ??= stuck;
  if (broken !== undefined) return { ok: false, why: `it is not well-formed XML: ${broken}` };
  return sawSuite ? { ok: true, cases } : { ok: false, why: "it holds no <testsuite>" };
}

const verdicts: Readonly<Record<string, TestCase["outcome"]>> = {
  failure: "failed",
  error: "errored",
  skipped: "skipped",
};
