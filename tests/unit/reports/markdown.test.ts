import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdown } from "../../../reports/markdown/index.ts";
import { code, prose } from "../../../reports/markdown/escape.ts";
import { anyInput, anyText, hostileInput, hostileTexts } from "../../helpers/hostile.ts";
import { finding, largeReport, reportedTest, runReport, testReport } from "../../helpers/sample-reports.ts";

/** The text without its code spans, where nothing means anything. */
const outside = (text: string): string => text.replace(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");

describe("a comment for a pull request", () => {
  const text = markdown.render({ run: runReport(), tests: [largeReport(60)], history: [] });

  test("says the verdict first, then what to do, then the tests, the findings, the cost", () => {
    expect(text.split("\n")[0]).toBe("## ❌ FAIL · orders test was not deployed&#58; tests block it");
    const order = ["## ❌ FAIL", "### What to do", "| | Test |", "### Findings", "### Plan", "### Cost"];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("lists findings worst first, and leaves out what does not count", () => {
    const severities = [...text.matchAll(/^\| (CRITICAL|HIGH|MEDIUM|LOW|UNKNOWN) \|/gm)].map(
      ([, one]) => one,
    );
    const order = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "UNKNOWN"];
    expect(severities).toEqual(
      severities.toSorted((a, b) => order.indexOf(a ?? "") - order.indexOf(b ?? "")),
    );
    expect(severities.length).toBe(
      largeReport(60)
        .tests.flatMap((one) => one.findings)
        .filter((one) => !one.waived && !one.known).length,
    );
    expect(text).toContain("waived or known from the baseline, not listed");
  });

  test("tells the cost", () => {
    expect(text).toContain("**$412.80 a month** (+$38.40) · budget $500.00");
    expect(text).toContain("- $182.50 `module.database.aws_db_instance.main`");
  });

  test.each([1_000, 20_000])("of %d findings fits, and says how many are left out", (count) => {
    const large = markdown.render({ run: runReport(), tests: [largeReport(count, true)], history: [] });
    expect(large.length).toBeLessThanOrEqual(65_536);
    expect(large).toMatch(/_[\d,]+ findings more are left out here/);
    const rows = [...large.matchAll(/^\| (?:CRITICAL|HIGH|MEDIUM|LOW|UNKNOWN) \|/gm)].length;
    const left = Number(/_([\d,]+) findings more/.exec(large)?.[1]?.replaceAll(",", ""));
    const counted = largeReport(count, true)
      .tests.flatMap((one) => one.findings)
      .filter((one) => !one.waived && !one.known);
    expect(rows + left).toBe(counted.length);
  });

  test("of a report with too many tests still fits", () => {
    const tests = Array.from({ length: 5_000 }, (_, index) =>
      reportedTest(`test ${index}`, "FAIL", { reason: "no ".repeat(500) }),
    );
    const many = markdown.render({ tests: [testReport(tests)], history: [] });
    expect(many.length).toBeLessThanOrEqual(65_536);
    expect(many).toContain("_4960 more tests are left out here._");
  });
});

describe("untrusted text", () => {
  test.each(hostileTexts)("%j is neither markup nor mention nor link nor command", (text) => {
    const shown = prose(text);
    expect(shown).not.toMatch(/[\n<>|`*_[\]~\\$]|:\/\/|::|@\w|#\w(?<!&#\d)/);
    expect(shown).not.toMatch(/^(?:[-+=]|\d+[.)])/);
  });

  test.each(["@octocat", "#12", "https://e.vil", "www.e.vil", "GH-12"])(
    "%s is broken by a space of no width",
    (text) => expect(prose(text)).toContain("\u200b"),
  );

  test("code cannot end its own fence", () => {
    expect(code("a`b")).toBe("``a`b``");
    expect(code("``")).toBe("``` `` ```");
    expect(code("a|b\nc")).toBe("`a\\|b c`");
    expect(code(" ")).toBe("");
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = code(text);
        if (shown.startsWith("<code>")) return;
        const fence = /^`*/.exec(shown)?.[0] ?? "";
        const inner = shown.slice(fence.length, shown.length - fence.length);
        expect([...inner.matchAll(/`+/g)].map(([run]) => run)).not.toContain(fence);
        expect(shown).not.toMatch(/[\n\r]/);
      }),
    );
  });

  test("a remedy is a link only when it is nothing else", () => {
    const render = (remedy: string): string =>
      markdown.render({
        tests: [testReport([reportedTest("t", "WARN", { findings: [finding({ remedy })] })])],
        history: [],
      });
    expect(render("https://e.org/fix?a=b")).toContain("[how to fix it](https://e.org/fix?a=b)");
    for (const remedy of ["javascript:alert(1)", "https://e.org/) [x](https://e.vil", "https://e.org/ x"])
      expect(render(remedy)).not.toContain("how to fix it");
  });

  test("leaves the document's own structure alone, whatever a report holds", () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const text = markdown.render(input);
        expect(text.length).toBeLessThanOrEqual(65_536);
        const tags = [...outside(text).matchAll(/<[^>]*>?/g)].map(([tag]) => tag);
        expect(tags.filter((tag) => !["<br>", "<sub>", "</sub>", "<code>", "</code>"].includes(tag))).toEqual(
          [],
        );
        expect(text).not.toMatch(/^\s*(?:::|##\[)/m);
        for (const row of text.split("\n").filter((line) => line.startsWith("| ")))
          expect([4, 5]).toContain(row.replaceAll("\\|", "").split("|").length - 2);
      }),
    );
    expect(markdown.render(hostileInput())).not.toContain("<script");
  });
});
