import { describe, expect, it } from "vitest";
import { FaberError } from "../../../../src/core/error.ts";
import { renderDiagnostic } from "../../../../src/ui/diagnostic-view.ts";
import { renderBug, renderError } from "../../../../src/ui/error-view.ts";
import { movingLine, stageLines } from "../../../../src/ui/stage-line.ts";
import { renderTable } from "../../../../src/ui/table.ts";
import { testLines } from "../../../../src/ui/test-view.ts";
import { renderVerdict } from "../../../../src/ui/verdict-view.ts";
import { displayWidth } from "../../../../src/ui/width.ts";
import { noColour, reportOf, testResult } from "./samples.ts";

const verdict = (more: Parameters<typeof reportOf>[0]): string =>
  `\n${renderVerdict(reportOf(more), { width: 80, style: noColour, cwd: "/home/me/orders" }).join("\n")}\n`;

describe("renderError", () => {
  it("says what, why and what next", () => {
    const error = new FaberError({
      code: "environment-unknown",
      exit: "wrong-usage",
      message: 'there is no environment "tset" in faber.yaml (test, prod)',
      why: "an environment is a target with its own account, region and settings, and each has its own name in faber.yaml",
      hints: ["did you mean --env=test?"],
    });
    expect(`\n${renderError(error, noColour, 80).join("\n")}\n`).toMatchInlineSnapshot(`
      "
      error: there is no environment "tset" in faber.yaml (test, prod)
      why: an environment is a target with its own account, region and settings, and
           each has its own name in faber.yaml
      hint: did you mean --env=test?
      "
    `);
  });
  it("keeps the places of several errors", () => {
    const message =
      'faber.yaml:12:5 error: unknown key "enviroments"\nfaber.yaml:14:1 error: unknown key "gaet"';
    const error = new FaberError({ code: "config", exit: "wrong-usage", message });
    expect(renderError(error, noColour, 80)).toEqual(message.split("\n"));
  });
  it("owns up to a bug", () =>
    expect(renderBug(new TypeError("x is\u001b[2J not a function"), "0.1.0", ".faber/runs/1/log")).toEqual([
      "error: unexpected: x is\\u{1b}[2J not a function",
      "why: this is a bug in faber 0.1.0, not a mistake of yours",
      "hint: what happened is in .faber/runs/1/log: send it with your report",
    ]));
});

it("shows a diagnostic with its place and source", () => {
  const lines = renderDiagnostic(
    {
      severity: "error",
      summary: "Unsupported argument",
      detail:
        'An argument named "buckt" is not expected here. Did you mean "bucket"?\n\n\nSecond\u001b[0m paragraph.',
      address: "app_bucket.a",
      at: { file: "main.tf", line: 12, column: 3 },
      excerpt: '  buckt = "x"',
    },
    noColour,
    60,
  );
  expect(`\n${lines.join("\n")}\n`).toMatchInlineSnapshot(`
    "
      ✗ Unsupported argument
        main.tf:12 · app_bucket.a
          12 |   buckt = "x"
        An argument named "buckt" is not expected here. Did you
        mean "bucket"?

        Second\\u{1b}[0m paragraph.
    "
  `);
});

describe("stage lines", () => {
  const line = {
    mark: "✓",
    name: "validate",
    text: "5 files, formatted, valid",
    duration: "2.1 s",
    paint: noColour.good,
  };
  it("puts the duration at the right and wraps what is long", () => {
    expect(stageLines(line, 80)).toEqual([
      "✓ validate      5 files, formatted, valid                                 2.1 s",
    ]);
    const long = stageLines(
      { ...line, text: "a sentence that is much too long for a terminal of forty columns" },
      40,
    );
    expect(long.length).toBeGreaterThan(1);
    for (const part of long) expect(displayWidth(part)).toBeLessThanOrEqual(40);
  });
  it("never lets the moving line wrap, however narrow the terminal", () => {
    for (let columns = 1; columns < 100; columns += 1)
      expect(displayWidth(movingLine({ ...line, text: "x".repeat(200) }, columns))).toBeLessThan(
        Math.max(2, columns),
      );
  });
});

it("gives way in flexible columns only as far as needed", () => {
  const cells = (...texts: readonly string[]): { text: string }[] => texts.map((text) => ({ text }));
  const rows = [cells("aa", "a-very-long-address-indeed", "end"), cells("b", "x", "y")];
  expect(renderTable(rows, { width: 30, indent: 2, flexible: [1] })).toEqual([
    "  aa  a-very-lo…ss-indeed  end",
    "  b   x                    y",
  ]);
  expect(renderTable(rows, { width: 80, indent: 0, flexible: [1] })[0]).toBe(
    "aa  a-very-long-address-indeed  end",
  );
});

it("shows tests with their worst findings, and says why one was skipped", () => {
  const finding = {
    rule: "R1",
    severity: "MEDIUM",
    message: "encrypt it",
    address: "app_table.orders",
    at: { file: "main.tf", line: 31 },
    scanners: ["s"],
  } as const;
  const tests = [
    testResult("scan_one", {
      status: "FAIL",
      findings: [
        finding,
        { ...finding, rule: "R2", severity: "CRITICAL" },
        { ...finding, waived: { reason: "r", by: "b" } },
        { ...finding, rule: "R3", severity: "CRITICAL", known: true },
        ...Array.from({ length: 6 }, (_, index) => ({
          ...finding,
          rule: `L${index}`,
          severity: "LOW" as const,
        })),
      ],
    }),
    testResult("scan_two", { status: "SKIPPED", reason: "the scanner is not installed" }),
    testResult("cost", { reason: "$12.40 a month" }),
    testResult("broken", { status: "ERROR", reason: "timed out after 60 s" }),
    testResult("quiet_pass"),
  ];
  expect(`\n${testLines(tests, { width: 80, style: noColour, verbose: false }).join("\n")}\n`)
    .toMatchInlineSnapshot(`
    "
      ✗ scan_one              1 critical, 1 medium, 6 low, 1 waived, 1 known
        critical  R2  app_table.orders  main.tf:31
        medium    R1  app_table.orders  main.tf:31
        low       L0  app_table.orders  main.tf:31
        low       L1  app_table.orders  main.tf:31
        low       L2  app_table.orders  main.tf:31
        … 3 more in the report
      - scan_two              skipped: the scanner is not installed
      ✓ cost                  $12.40 a month
      ✗ broken                error: timed out after 60 s
    "
  `);
  const all = testLines(tests, { width: 160, style: noColour, verbose: true }).join("\n");
  expect(all).toContain("quiet_pass");
  expect(all).toContain("L5");
  expect(all).toContain("encrypt it");
});

it("says what a finding without an address says in a line below it", () => {
  const finding = {
    rule: "state-here",
    severity: "LOW",
    message: "the state lies here",
    scanners: ["s"],
  } as const;
  const tests = [testResult("practices", { status: "WARN", findings: [finding] })];
  expect(testLines(tests, { width: 30, style: noColour, verbose: false }).slice(1)).toEqual([
    "    low  state-here",
    "         the state lies here",
  ]);
});

describe("renderVerdict", () => {
  it("puts the verdict first and the next command last", () =>
    expect(
      verdict({
        endpoints: { api: "http://127.0.0.1:4566/x" },
        outputs: { api: "http://127.0.0.1:4566/x", count: 3 },
      }),
    ).toMatchInlineSnapshot(`
      "
      PASS  orders test is deployed and verified in 1 min 12 s
        api      http://127.0.0.1:4566/x
        report   .faber/test-reports/test/1-post-deployment.json
        next     faber status --env=test · faber destroy --env=test
      "
    `));
  it("tells what there is after a failure", () =>
    expect(
      verdict({
        overall_status: "FAIL",
        applied: {
          changed: [{ address: "app_a.a", action: "create", elapsed_s: 1 }],
          failed: ["app_queue.jobs"],
          uncertain: ["app_b.b"],
          not_begun: ["app_c.c", "app_d.d"],
          tainted: ["app_t.t"],
          in_state: 3,
        },
        exit: { code: 5, name: "deploy-failed", reason: "app_queue.jobs was denied" },
      }),
    ).toMatchInlineSnapshot(`
      "
      FAIL  orders test is only partly deployed after 1 min 12 s
        reason   app_queue.jobs was denied
        done     1 changed · 3 in the state · 2 not begun
        failed   app_queue.jobs
        tainted  app_t.t
                 (exists, but not whole: the next deploy replaces it)
        unsure   app_b.b
                 (begun and not heard of again: may or may not exist)
        report   .faber/test-reports/test/1-post-deployment.json
        next     faber preview --env=test · faber deploy --env=test
      "
    `));
  it("says that a declined plan changed nothing, and how to approve it", () =>
    expect(
      verdict({
        stages: [],
        reports: {},
        plan: {
          digest: "9c41e0b7f3a2c0ffee",
          changes_something: true,
          counts: { add: 1, change: 0, replace: 0, destroy: 0, import: 0, move: 0, forget: 0 },
          changes: [],
        },
        exit: { code: 4, name: "not-approved", reason: "the plan was declined" },
      }),
    ).toMatchInlineSnapshot(`
      "
      STOPPED  orders test is unchanged after 1 min 12 s
        reason   the plan was declined
        next     faber deploy --env=test --approve=9c41e0b7f3a2
      "
    `));
  it("never calls unverified what was skipped by request", () => {
    const shown = verdict({ stages: [], skipped_by_request: ["post-tests"], overall_status: "WARN" });
    expect(shown).toContain("WARN  orders test is deployed, not verified");
    expect(shown).toContain("post-tests (by request)");
  });
  it("lets no output name or reason act on the terminal", () => {
    const evil = "a\u001b[2J\nPASS  all well";
    const shown = verdict({
      outputs: { [evil]: `http://x/${evil}` },
      exit: { code: 1, name: "unexpected", reason: evil },
      project: evil,
    });
    expect(shown).not.toContain("\u001b");
    expect(shown).not.toMatch(/^PASS/m);
  });
});
