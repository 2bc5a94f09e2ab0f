import { resolve } from "node:path";
import { exitOf } from "../../core/exit.ts";
import { trendOf } from "../../core/trend.ts";
import { shellWord } from "../../core/verdict-words.ts";
import { writeFileAtomically } from "../../workdir/atomic-file.ts";
import { readHistory } from "../../workdir/test-reports.ts";
import { flagOption, textOption, type CommandBody } from "../define.ts";
import { checkWritable } from "../report-targets.ts";
import { loadSettings } from "../settings.ts";
import { documentMode } from "../write-reports.ts";

export const trend: CommandBody = async (invocation) => {
  const { world, options } = invocation;
  const page = textOption(options, "html");
  const file = page === undefined ? undefined : resolve(world.cwd, page);
  if (file !== undefined) await checkWritable(file);
  const { environment } = await loadSettings(invocation);
  const phase = textOption(options, "phase");
  const history = await readHistory(environment.reportsDir, environment.name);
  const entries = history.filter((entry) => phase === undefined || entry.phase === phase);
  if (file !== undefined) {
    const { renderTrend } = await import("../../../reports/html/index.ts");
    await writeFileAtomically(file, renderTrend(environment.name, entries), documentMode);
  }
  const figures = trendOf(entries);
  const exit = exitOf("done", `${entries.length} reports`);
  const document = { environment: environment.name, ...figures, ...(file === undefined ? {} : { file }) };
  if (flagOption(options, "json")) return { exit, document };
  const [{ renderTrendChart }, { createStyle }] = await Promise.all([
    import("../../ui/trend-view.ts"),
    import("../../ui/style.ts"),
  ]);
  const style = createStyle({
    env: world.env,
    stream: world.stdout,
    noColor: flagOption(options, "noColor"),
  });
  const lines = renderTrendChart(figures, {
    style,
    width: world.stdout.columns ?? 80,
    subject: `${environment.project} ${environment.name}`,
    command: `faber test --env=${shellWord(environment.name)}`,
  });
  return { exit, text: [...lines, ...(file === undefined ? [] : ["", file])].join("\n") };
};
