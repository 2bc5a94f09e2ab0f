import { resolve } from "node:path";
import type { ReportInput } from "../../../reports/contract.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { safeLine } from "../../core/safe-text.ts";
import { writeFileAtomically } from "../../workdir/atomic-file.ts";
import { readHistoryFile } from "../../workdir/test-reports.ts";
import { textOption, type CommandBody } from "../define.ts";
import { readReportFile, type HandedReport } from "../read-report-file.ts";
import { checkWritable, formatOf } from "../report-targets.ts";
import { documentMode } from "../write-reports.ts";

export const convert: CommandBody = async ({ world, options, positional, signal }) => {
  const [source] = positional;
  if (source === undefined) throw nothingToConvert();
  const format = formatOf(textOption(options, "to"), "--to");
  const out = textOption(options, "out");
  const file = out === undefined ? undefined : resolve(world.cwd, out);
  if (file !== undefined) await checkWritable(file);
  const handed = await readReportFile({ world, signal }, source);
  for (const path of handed.missing)
    world.stderr.write(`warning: the report names ${safeLine(path)}, which cannot be read: left out\n`);
  const { renderers } = await import("../../../reports/index.ts");
  const text = renderers[format].render(await inputOf(handed, textOption(options, "sourceRoot")));
  if (file === undefined) return { exit: exitOf("done", "converted"), document: { format, text }, text };
  await writeFileAtomically(file, text, documentMode);
  const bytes = Buffer.byteLength(text);
  return { exit: exitOf("done", "converted"), document: { format, file, bytes }, text: file };
};

async function inputOf(
  { run, tests, folder }: HandedReport,
  sourceRoot: string | undefined,
): Promise<ReportInput> {
  const history = folder === undefined ? [] : await readHistoryFile(folder);
  return {
    tests,
    history,
    ...(run === undefined ? {} : { run }),
    ...(sourceRoot === undefined ? {} : { sourceRoot }),
  };
}

function nothingToConvert(): FaberError {
  return new FaberError({
    code: "report-missing",
    exit: "wrong-usage",
    message: "no report was named",
    hints: [
      "faber report convert FILE --to=html --out=report.html",
      "from a pipe: faber test --env=test --json | faber report convert - --to=md",
    ],
  });
}
