import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bigPlanDocument } from "./big-plan-document.ts";
import { reportPeak, row, time } from "./measure.ts";

const mostSeconds = 4;
const mostMegabytes = 1_000;

/** Tests over the document of a very large plan, in a process of their own: merging, tagging, naming, cost and rules. */
export function benchBigPlan(resources = 5_000): readonly string[] {
  const dir = mkdtempSync(join(tmpdir(), "faber-bench-"));
  try {
    const file = join(dir, "plan.json");
    writeFileSync(file, JSON.stringify(bigPlanDocument(resources)));
    const script = fileURLToPath(import.meta.url);
    const ran = time([process.execPath, "--import", "tsx", script, file], {
      env: { ...process.env, NODE_OPTIONS: reportPeak },
    });
    const { seconds, statuses, total } = JSON.parse(ran.stdout) as {
      seconds: Record<string, number>;
      statuses: Record<string, string>;
      total: number;
    };
    const megabytes = (ran.peakMiB ?? Number.NaN) * 1.048576;
    const size = (statSync(file).size / 1e6).toFixed(0);
    const named = `${resources} resources, ${size} MB of plan`;
    return [
      row(`${named}: tests and merging`, `${total.toFixed(2)} s`, `≤ ${mostSeconds} s`, total <= mostSeconds),
      row(
        `${named}: memory`,
        `${megabytes.toFixed(0)} MB`,
        `≤ ${mostMegabytes} MB`,
        megabytes <= mostMegabytes,
      ),
      ...Object.entries(seconds).map(
        ([name, took]) => `    ${name.padEnd(24)} ${took.toFixed(2)} s   ${statuses[name] ?? ""}`,
      ),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

// The process that is measured.
if (process.argv[1] === fileURLToPath(import.meta.url)) await import("./big-plan-checks.ts");
