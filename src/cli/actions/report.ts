import { safeJson } from "../../core/safe-text.ts";
import { exitOf } from "../../core/exit.ts";
import { FaberError } from "../../core/error.ts";
import { readHistory, readTestReport } from "../../workdir/test-reports.ts";
import { flagOption, type CommandBody } from "../define.ts";
import { loadSettings } from "../settings.ts";
import { textTable } from "../text-table.ts";

export const list: CommandBody = async (invocation) => {
  const { environment } = await loadSettings(invocation);
  const entries = (await readHistory(environment.reportsDir, environment.name)).toReversed();
  const rows = entries.map((entry) => [entry.timestamp, entry.phase, entry.overall_status, entry.report]);
  const none = `no reports of ${environment.name} in ${environment.reportsDir}`;
  return {
    exit: exitOf("done", `${entries.length} reports`),
    document: { environment: environment.name, reports: entries },
    text: rows.length === 0 ? none : textTable(invocation, rows, [3]),
  };
};

export const show: CommandBody = async (invocation) => {
  const { environment } = await loadSettings(invocation);
  const wanted = invocation.positional[0] ?? (await newest(environment.reportsDir, environment.name));
  const report = await readTestReport(environment.reportsDir, environment.name, wanted);
  const { exit: _exit, ...document } = report;
  const shown = exitOf("done", wanted);
  if (flagOption(invocation.options, "json"))
    return { exit: shown, document: { ...document, report_exit: report["exit"] } };
  return { exit: shown, text: safeJson(report, 2) };
};

async function newest(reportsDir: string, environment: string): Promise<string> {
  const name = (await readHistory(reportsDir, environment)).at(-1)?.report;
  if (name !== undefined) return name;
  throw new FaberError({
    code: "no-reports",
    exit: "wrong-usage",
    message: `there are no reports of ${environment} in ${reportsDir}`,
    hints: [`make one: faber test --env=${environment}`],
  });
}
