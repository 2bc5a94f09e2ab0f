import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../../src/core/error.ts";
import type { Finding } from "../../src/core/finding.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import { checkovFinding, type CheckovReport } from "./checkov-report.ts";
import { planForScan } from "./plan-for-scan.ts";
import { planSeesMore } from "./plan-sees-more.ts";
import type { ScanFolder } from "./scan-folder.ts";
import type { SeverityTable } from "./severity-table.ts";

/** Checkov takes minutes and gigabytes for larger plans; length of the JSON text. */
const longestPlan = 64 * 1024 * 1024;

/** A plan on its way to Checkov: the line that names its file, once there is one. */
export interface PlanFile {
  /** Never rejects. */
  readonly line: Promise<string>;
  readonly written: () => boolean;
  /** Why there is a plan and Checkov does not get it. */
  readonly gap: () => string | undefined;
  readonly close: () => Promise<void>;
}

/** The file lies in a folder that only its owner may enter, holds no value marked as sensitive, and goes at the end. */
export function planFileFor(plan: () => Promise<JsonObject | undefined>): PlanFile {
  let [dir, gap, closed] = [undefined as string | undefined, undefined as string | undefined, false];
  const remove = async (): Promise<void> => {
    if (dir !== undefined) await rm(dir, { recursive: true, force: true });
  };
  const write = async (): Promise<string> => {
    const document = await plan();
    if (document === undefined || closed || !planSeesMore(document)) return "\n";
    const text = JSON.stringify(planForScan(document));
    if (text.length > longestPlan) {
      gap = `the plan was not scanned: it is larger than ${longestPlan / 1024 / 1024} MB`;
      return "\n";
    }
    dir = await realpath(await mkdtemp(join(tmpdir(), "faber-plan-")));
    const file = join(dir, "plan.json");
    await writeFileAtomically(file, text);
    // Who waited for it may be gone since.
    if (closed) await remove();
    return `${file}\n`;
  };
  return {
    line: write().catch((error: unknown) => {
      gap = `the plan was not scanned: ${messageOf(error)}`;
      return "\n";
    }),
    written: () => dir !== undefined,
    gap: () => gap,
    close: async () => {
      closed = true;
      await remove();
    },
  };
}

/** What the plan shows beyond the source: values from variables, `for_each`, and modules that were fetched. */
export function beyondSource(
  planned: CheckovReport,
  source: { readonly report: CheckovReport; readonly findings: readonly Finding[] },
  { folder, table }: { readonly folder: ScanFolder; readonly table: SeverityTable },
): readonly Finding[] {
  const skipped = source.report.skippedChecks.map((check) => checkovFinding(check, folder, table));
  const seen = new Set([...source.findings, ...skipped].map(({ rule, address }) => `${rule} ${address}`));
  return planned.failed
    .map((check) => {
      // Its place is a line of a file that is gone by then.
      const { at: _, ...finding } = checkovFinding(check, folder, table);
      return finding;
    })
    .filter(({ rule, address = "" }) => {
      // Where the source's count is not known, it names the block without an index.
      return !seen.has(`${rule} ${address}`) && !seen.has(`${rule} ${withoutIndexes(address)}`);
    });
}

function withoutIndexes(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
