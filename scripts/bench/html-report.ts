import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderers } from "../../reports/index.ts";
import { findBrowser, openBrowser } from "../../tests/helpers/browser.ts";
import { history, largeReport, runReport } from "../../tests/helpers/sample-reports.ts";

const rounds = 5;
const most = { bytes: 500_000, openMs: 1_000 };

/**
 * The HTML report of 1,000 findings: its size, the time to write it, and the time until a browser has opened and drawn
 * it. Once as scanners find them (some sixty rules, many places), once with a rule, message and link for each finding.
 */
export async function benchHtmlReport(): Promise<readonly string[]> {
  return [...(await measure("61 rules", false)), ...(await measure("1,000 rules", true))];
}

async function measure(what: string, distinct: boolean): Promise<readonly string[]> {
  const input = { run: runReport(), tests: [largeReport(1_000, distinct)], history: history(90) };
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    renderers.html.render(input);
    return performance.now() - began;
  });
  const page = renderers.html.render(input);
  const bytes = Buffer.byteLength(page);
  const open = await timeToOpen(page);
  const opened =
    open === undefined
      ? "not measured: no chromium was found"
      : `${open.toFixed(0)} ms of ${most.openMs} ms until it is loaded and drawn${verdict(open <= most.openMs)}`;
  return [
    `html report, 1,000 findings of ${what} (medians of ${rounds})`,
    `  size    ${(bytes / 1000).toFixed(0)} KB of ${most.bytes / 1000} KB${verdict(bytes <= most.bytes)}`,
    `  render  ${median(times).toFixed(1)} ms`,
    `  open    ${opened}`,
  ];
}

function verdict(holds: boolean): string {
  return holds ? "" : "  TOO MUCH";
}

/** Milliseconds from the start of the navigation until the load event is over and a frame was drawn. */
async function timeToOpen(page: string): Promise<number | undefined> {
  const program = findBrowser();
  if (program === undefined) return undefined;
  const dir = mkdtempSync(join(tmpdir(), "faber-bench-"));
  const file = join(dir, "report.html");
  writeFileSync(file, page);
  const browser = await openBrowser(program);
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await browser.open(pathToFileURL(file).href);
      const drawn = await browser.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))",
      );
      times.push(Number(drawn));
    }
    return median(times);
  } finally {
    await browser.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
