import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject, stringAt, type JsonObject } from "../../src/core/json.ts";
import { median, row, time } from "./measure.ts";

const limitMs = 300;
const runs = 9;

/** Failures as Terraform tells them: one with an automatic fix, and one that nothing much is known of. */
const failures: Readonly<Record<string, string>> = {
  denied:
    "creating SQS Queue (jobs): operation error SQS: CreateQueue, https response error StatusCode: 403, api error AccessDenied: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: sqs:CreateQueue because no identity-based policy allows the sqs:CreateQueue action",
  odd: "the conveyor belt of the bottling plant stands still: sensor 7 reports no bottle for 300 s",
};

/**
 * From the end of a failed apply, its output read, to the diagnosis with its proposals on the screen, by the times in
 * the journal of whole deploys: the debugger is loaded, the issue log opened and written in between.
 */
export function benchFixes(faber: string): readonly string[] {
  return Object.entries(failures).map(([name, message]) => {
    const folder = mkdtempSync(join(tmpdir(), "faber-bench-"));
    try {
      const took = measure(faber, folder, message);
      const middle = median(took);
      return row(
        `failure (${name}) → shown proposal`,
        `${middle.toFixed(0)} ms (fastest ${Math.min(...took).toFixed(0)})`,
        `≤ ${limitMs} ms`,
        middle <= limitMs,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function measure(faber: string, folder: string, message: string): readonly number[] {
  const script = `echo ${JSON.stringify(`Error: ${message}`)} >&2; exit 1`;
  writeFileSync(
    join(folder, "main.tf"),
    `resource "terraform_data" "jobs" {\n  provisioner "local-exec" {\n    command = ${JSON.stringify(script)}\n  }\n}\n`,
  );
  writeFileSync(join(folder, "faber.yaml"), "project: bench\nenvironments:\n  test: {}\n");
  const argv = [process.execPath, faber, "deploy", "--env=test", "--yes", "--skip-tests", "--json"] as const;
  return Array.from({ length: runs }, () => {
    time([...argv], { cwd: folder, codes: [5] });
    return betweenIn(newestJournal(folder));
  });
}

function newestJournal(folder: string): readonly JsonObject[] {
  const dir = join(folder, ".faber/runs");
  const newest = readdirSync(dir).sort().at(-1) ?? "";
  const lines = readFileSync(join(dir, newest, "journal.ndjson"), "utf8")
    .trim()
    .split("\n");
  return lines.map((line): unknown => JSON.parse(line)).filter(isObject);
}

function betweenIn(events: readonly JsonObject[]): number {
  const failed = events.findLastIndex(({ type }) => type === "stage.ended");
  const shown = events.find(({ type }, index) => index > failed && type === "diagnosis");
  if (!shown) throw new Error("no diagnosis followed the failed stage");
  return Date.parse(stringAt(shown["at"]) ?? "") - Date.parse(stringAt(events[failed]?.["at"]) ?? "");
}
