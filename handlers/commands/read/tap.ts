import type { TestCase } from "./case-findings.ts";
import type { ReadCases } from "./junit.ts";

/** Spaces of an indentation that still means something; the parser's time grows with the square of it. */
const deepest = 200;
const longRun = /[ \t]{200,}/g;

/** TAP, versions 12 to 14. A run that bailed out, or ran other tests than it planned, did not end well. */
export async function readTap(text: string): Promise<ReadCases> {
  const { Parser } = await import("tap-parser");
  const cases: TestCase[] = [];
  const parser = new Parser({ passes: true });
  parser.on("assert", (result) => {
    cases.push({
      name: result.name || `test ${result.id}`,
      outcome: result.skip || result.todo ? "skipped" : result.ok ? "passed" : "failed",
      ...(result.diag ? { message: messageOf(result.diag) } : {}),
    });
  });
  parser.end(text.replace(longRun, (run) => run.slice(0, deepest)));
  const { results } = parser;
  if (results === null) return { ok: false, why: "it is no TAP" };
  if (results.bailout !== false) return { ok: false, why: `it bailed out: ${String(results.bailout)}` };
  for (const failure of results.failures)
    if (typeof failure.tapError === "string") return { ok: false, why: failure.tapError };
  if (cases.length === 0)
    return { ok: false, why: `it holds no test${results.plan.comment ? `: ${results.plan.comment}` : ""}` };
  return { ok: true, cases };
}

function messageOf(diag: unknown): string {
  const { message } = typeof diag === "object" && diag !== null ? (diag as { message?: unknown }) : {};
  return typeof message === "string" ? message : JSON.stringify(diag);
}
