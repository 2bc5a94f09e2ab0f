import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderers } from "../../reports/index.ts";
import { findBrowser, openBrowser } from "../../tests/helpers/browser.ts";
import { history, largeReport, runReport } from "../../tests/helpers/sample-reports.ts";

/**
 * The HTML report of 1,000 findings: its size, the time to write it, and the time until a browser has opened and drawn
 * it. Once as scanners find them (some sixty rules, many places), once with a rule, message and link for each finding.
 * Run: npx tsx scripts/bench/html-report.ts
 */
const rounds = 5;
const most = { bytes: 500_000, openMs: 1_000 };

const dir = mkdtempSync(join(tmpdir(), "faber-bench-"));
try {
  for (const [what, distinct] of [
    ["61 rules", false],
    ["1,000 rules", true],
  ] as const) {
    const input = { run: runReport(), tests: [largeReport(1_000, distinct)], history: history(90) };
    const times = Array.from({ length: rounds }, () => {
      const began = performance.now();
      renderers.html.render(input);
      return performance.now() - began;
    });
    const page = renderers.html.render(input);
    const file = join(dir, `${distinct ? "distinct" : "usual"}.html`);
    writeFileSync(file, page);
    const bytes = Buffer.byteLength(page);
    console.log(`html report, 1,000 findings of ${what}`);
    console.log(`  size    ${(bytes / 1000).toFixed(0)} KB of ${most.bytes / 1000} KB`);
    console.log(`  render  ${median(times).toFixed(1)} ms (median of ${rounds})`);
    const open = await timeToOpen(file);
    console.log(
      open === undefined
        ? "  open    not measured: no chromium was found"
        : `  open    ${open.toFixed(0)} ms of ${most.openMs} ms until it is loaded, filtered and drawn (median of ${rounds})`,
    );
    if (bytes > most.bytes || (open ?? 0) > most.openMs) process.exitCode = 1;
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** Milliseconds from the start of the navigation until the load event is over and a frame was drawn. */
async function timeToOpen(file: string): Promise<number | undefined> {
  const program = findBrowser();
  if (program === undefined) return undefined;
  const browser = await openBrowser(program);
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await browser.open(`${pathToFileURL(file).href}?${round}`);
      const drawn = await browser.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))",
      );
      times.push(Number(drawn));
    }
    return median(times);
  } finally {
    await browser.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
