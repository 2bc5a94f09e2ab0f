import { expect, test } from "vitest";
import { trendOf } from "../../../../src/core/trend.ts";
import { createStyle } from "../../../../src/ui/style.ts";
import { renderTrendChart } from "../../../../src/ui/trend-view.ts";
import { displayWidth } from "../../../../src/ui/width.ts";
import { history } from "../../../helpers/sample-reports.ts";

const style = createStyle({ env: {}, stream: {}, noColor: true });
const lines = (count: number, width = 80): readonly string[] =>
  renderTrendChart(trendOf(history(count)), {
    style,
    width,
    subject: "orders test",
    command: "faber test --env=test",
  });

test("shows results of both phases, findings and cost, newest on the right", () => {
  const text = lines(12).join("\n");
  expect(text).toMatch(/^orders test · 12 reports · 2026-10-01 to 2026-10-12\n/);
  expect(text).toMatch(/pass rate {3}pre-deployment {5}[\d.]+ % {2}[✓!✗]{9}\n/);
  expect(text).toMatch(/post-deployment {4}[\d.]+ % {2}[✓!✗]{3}\n/);
  expect(text).toMatch(/findings {4}critical +\d+ {2}[▁-█]{9} at most 2\n/);
  expect(text).toMatch(/afterwards {2}(?:critical|high) +\d+ {2}[▁-█]{3} at most \d+\n/);
  expect(text).toMatch(/cost {8}a month {11}\$240\.00 {2}[▁-█]{9} \$180\.00 to \$240\.00$/);
});

test.each([80, 120, 60])("fits in %d columns, whatever the number of reports", (width) => {
  for (const count of [1, 40, 400])
    expect(Math.max(...lines(count, width).map(displayWidth))).toBeLessThanOrEqual(Math.max(width, 80));
});

test("says when there is nothing yet", () => {
  expect(lines(0)).toEqual(["orders test · no reports yet", "  make one: faber test --env=test"]);
});
