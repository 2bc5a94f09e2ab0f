import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReportInput } from "../../../reports/contract.ts";
import { markup } from "../../../reports/html/escape.ts";
import { html, renderTrend } from "../../../reports/html/index.ts";
import { anyText, hostileInput, hostileTexts } from "../../helpers/hostile.ts";
import {
  finding,
  history,
  largeReport,
  reportedTest,
  runReport,
  testReport,
} from "../../helpers/sample-reports.ts";

const page = html.render({ run: runReport(), tests: [largeReport(60)], history: history(40) });
/** Tags with the names of their attributes, in order, without values: the page's skeleton. */
const skeleton = (text: string): readonly string[] =>
  [...text.replace(/<(style|script)>[^]*?<\/\1>/g, "").matchAll(/<[/!]?[a-z][^>]*>/gi)].map(([tag]) =>
    tag.replace(/="[^"]*"/g, ""),
  );
const between = (tag: string): string => new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)?.[1] ?? "";
const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64");

const forbidden =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/u;

describe("the page", () => {
  test("says verdict, environment and time first, then what to do, then the rest", () => {
    const parts = [
      "FAIL</span>",
      "<b>test</b>",
      "21 Nov 2026, 09:36 UTC",
      'id="todo"',
      'id="tests"',
      'id="cost"',
      'id="trend"',
      'id="run"',
    ];
    const places = parts.map((part) => page.indexOf(part, page.indexOf("<body>")));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("lets in its own style and script by their hashes, and nothing else", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`style-src 'sha256-${hashOf(between("style"))}'`);
    expect(policy).toContain(`script-src 'sha256-${hashOf(between("script"))}'`);
    expect(policy).not.toContain("unsafe");
    expect(page.match(/<script|<style/g)).toHaveLength(2);
    expect(page).not.toMatch(/\s(?:style|on\w+)="/);
  });

  test("asks nobody for anything", () => {
    const withoutLinks = page.replace(/<a href="[^"]*"/g, "");
    expect(withoutLinks).not.toMatch(/\b(?:src|href)="(?!data:)/);
    expect(page).not.toMatch(/url\(|@import|<(?:img|iframe|object|embed)\b/);
  });

  test("shows findings that say the same once, with all their places", () => {
    const findings = ["a", "b", "c"].map((name) => finding({ address: `aws_dynamodb_table.${name}` }));
    const text = html.render({
      tests: [testReport([reportedTest("t", "WARN", { findings })], { recommendations: [] })],
      history: [],
    });
    expect(text.match(/class="rule /g)).toHaveLength(1);
    expect(text).toContain("<i>× 3</i>");
    for (const name of ["a", "b", "c"]) expect(text).toContain(`<code>aws_dynamodb_table.${name}</code>`);
  });

  test("draws the cost and its trend", () => {
    expect(page).toContain("$412.80");
    expect(page).toContain("83 % of the budget");
    expect(page).toContain("module.database.aws_db_instance.main");
    expect(page).toMatch(/<path class="line" d="M0\.0 [\d.]+L/);
  });

  test.each([
    ["61 rules", false],
    ["1,000 rules", true],
  ])("of 1,000 findings of %s takes at most 500 KB", (_what, distinct) => {
    const text = html.render({
      run: runReport(),
      tests: [largeReport(1_000, distinct)],
      history: history(90),
    });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(500_000);
    expect(text.match(/<li>/g)?.length).toBeGreaterThanOrEqual(1_000);
  });

  test("of nothing is a page all the same", () => {
    expect(html.render({ tests: [], history: [] })).toContain("nothing was tested");
    expect(renderTrend("test", [])).toContain("too few reports");
    expect(renderTrend("test", history(10))).toContain('id="trend"');
  });
});

describe("untrusted text", () => {
  test("is escaped by the template wherever it stands", () => {
    expect(markup`<a title="${`"'<>&\``}">${["<b>", markup`<i>${"&"}</i>`]}</a>`.markup).toBe(
      `<a title="&#34;&#39;&lt;&gt;&amp;&#96;">&lt;b&gt;<i>&amp;</i></a>`,
    );
    expect(markup`${"nul\u0000 \u202e \ud83d\n"}`.markup).toBe("nul\\u{0} \\u{202e} \ufffd\n");
  });

  /** Everything that comes from outside is this text; the texts around it keep their shape. */
  const inputOf = (text: string): ReportInput => {
    const one = {
      rule: text,
      message: text,
      address: `x${text}`,
      at: { file: `x${text}` },
      remedy: `x${text}`,
    };
    const findings = [finding(one), finding({ ...one, waived: { reason: text, by: text } })];
    const tests = [reportedTest(text, "FAIL", { findings, reason: text, figure: `x${text}` })];
    const run = runReport({
      run_id: `x${text}`,
      project: text,
      command: text,
      environment: `x${text}`,
      hosting: `x${text}`,
      endpoints: { [`x${text}`]: text },
      exit: { code: 5, name: "deploy-failed", reason: `x${text}` },
    });
    return { run, tests: [testReport(tests, { recommendations: [`x${text}`] })], history: [] };
  };
  const plain = skeleton(html.render(inputOf("plain")));

  test.each(hostileTexts)("%j adds no element and no attribute", (text) => {
    expect(skeleton(html.render(inputOf(text)))).toEqual(plain);
  });

  test("nor does any other text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(skeleton(html.render(inputOf(text)))).toEqual(plain);
      }),
    );
  });

  test("holds no raw control or reordering character", () => {
    expect(html.render(hostileInput())).not.toMatch(forbidden);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "//e.vil",
    'https://e.org/" onclick="x',
    "https://e.org/ x",
  ])("%s is no link", (remedy) => {
    const tests = [testReport([reportedTest("t", "FAIL", { findings: [finding({ remedy })] })])];
    expect(html.render({ tests, history: [] })).not.toContain("<a ");
  });
});
