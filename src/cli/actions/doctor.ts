import type { DoctorReport, Problem, ToolRow } from "../../../handlers/tools/doctor-report.ts";
import type { InstallRow } from "../../../handlers/tools/install-missing.ts";
import { exitOf } from "../../core/exit.ts";
import { flagOption, textOption, type CommandBody, type Invocation } from "../define.ts";
import { surroundingsOf } from "../locate-tools.ts";
import { textTable } from "../text-table.ts";

export const doctor: CommandBody = async (invocation) => {
  if (flagOption(invocation.options, "leakTest")) {
    const { leakTest } = await import("../leak-test/leak-test.ts");
    return leakTest(invocation);
  }
  const [{ examine }, { installMissing }, { configuredTools }] = await Promise.all([
    import("../../../handlers/tools/doctor.ts"),
    import("../../../handlers/tools/install-missing.ts"),
    import("../configured-tools.ts"),
  ]);
  const { world, options, signal, redactor } = invocation;
  const { toolPaths, providerMirror, dir: root } = await configuredTools(invocation);
  const surroundings = await surroundingsOf(world, toolPaths, { cwd: root, signal });
  const installed = flagOption(options, "install")
    ? await installMissing(surroundings, (text) => world.stderr.write(`${redactor.text(text)}\n`))
    : [];
  const mirror = textOption(options, "providerMirror") ?? providerMirror;
  const report = await examine(surroundings, {
    nodeVersion: process.versions.node,
    root,
    ...(mirror === undefined ? {} : { providerMirror: mirror }),
  });
  return {
    exit: report.ready
      ? exitOf("done", "everything needed is here")
      : exitOf("wrong-usage", firstError(report)),
    document: { ...report, installed },
    text: describeReport(invocation, report, installed),
  };
};

function firstError(report: DoctorReport): string {
  return report.problems.find((problem) => problem.level === "error")?.text ?? "something is missing";
}

function describeReport(
  invocation: Invocation,
  report: DoctorReport,
  installed: readonly InstallRow[],
): string {
  const tools = textTable(invocation, report.tools.map(toolLine), [3]);
  const mirrors = report.mirrors.map((mirror) => {
    const names = mirror.providers
      .map(({ source, versions }) => `${source} ${versions.join(", ")}`)
      .join("; ");
    return `mirror     ${mirror.path} (${mirror.origin}): ${names}`;
  });
  const failures = installed.flatMap((row) =>
    row.outcome === "failed" ? [`! ${row.name}: ${row.why}`, ...hints(row.hints)] : [],
  );
  const problems = report.problems.flatMap((problem) => [problemLine(problem), ...hints(problem.hints)]);
  const verdict = report.ready
    ? "everything needed is here"
    : report.canDeploy
      ? "faber can deploy, with the errors above"
      : "faber cannot deploy yet";
  const folder = `tools in   ${report.toolDir.path}${report.toolDir.writable ? "" : " (not writable)"}`;
  return [tools, "", folder, ...mirrors, "", ...failures, ...problems, verdict].join("\n");
}

function toolLine(row: ToolRow): readonly string[] {
  const mark = { found: "✓", missing: "-", "too-old": "✗", broken: "✗" }[row.state];
  const where = row.path === undefined ? row.howToGet : `${row.path} (${row.origin ?? "?"})`;
  return [mark, row.name, row.version ?? row.state, row.why ?? where];
}

function problemLine(problem: Problem): string {
  return `${problem.level}: ${problem.text}`;
}

function hints(list: readonly string[]): readonly string[] {
  return list.map((hint) => `  hint: ${hint}`);
}
