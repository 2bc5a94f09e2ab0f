import { allEnded } from "../../src/core/all-ended.ts";
import type { ScanOutcome, Scanner, ScanSetting } from "./contract.ts";
import { skipsInRoot, tflintSkips } from "./inline-skips.ts";
import { openScanFolder, type ScanFolder } from "./scan-folder.ts";
import { broken, brokenEnd, lastUsefulLine, runScanner, scannerEnv } from "./scanner-process.ts";
import { readTflintReport, tflintFinding } from "./tflint-report.ts";
import { versionAsked } from "./version-asked.ts";

/** https://github.com/terraform-linters/tflint; its plugins are used as far as they are installed. */
export const tflint: Scanner = { name: "tflint", test: "tflint_lint", extra: true, scan };

/** 1 is an error, 2 says that there are issues. */
const exitCodes = [0, 1, 2];
const inlineSkip = /tflint-ignore(?:-file)?(?=:)/g;

async function scan(setting: ScanSetting): Promise<ScanOutcome> {
  if (setting.toolPath === undefined)
    return {
      kind: "missing",
      reason: "tflint was not found: https://github.com/terraform-linters/tflint",
    };
  const opened = await openScanFolder(
    setting.root,
    setting.ignoreInlineSkips === true ? inlineSkip : undefined,
  );
  if (!opened.ok) return broken(`tflint: ${opened.why}`);
  try {
    return await scanFolder(setting.toolPath, setting, opened.folder);
  } finally {
    await opened.folder.close();
  }
}

async function scanFolder(toolPath: string, setting: ScanSetting, folder: ScanFolder): Promise<ScanOutcome> {
  const env = scannerEnv(setting.processEnv, /^TFLINT_/, {});
  const varFiles = setting.varFiles.map((file) => `--var-file=${file}`);
  const [ran, version] = await allEnded([
    runScanner([toolPath, "--format=json", "--no-color", ...varFiles], setting, { cwd: folder.dir, env }),
    versionAsked(toolPath, setting, env),
  ]);
  const ended = brokenEnd("tflint", ran, exitCodes);
  if (ended) return ended;
  const report = readTflintReport(ran.stdout);
  if (!report) return broken(`tflint printed no report: ${lastUsefulLine(ran) ?? "nothing at all"}`);
  const [error] = report.errors;
  if (error !== undefined) return broken(`tflint: ${error.replaceAll(`${folder.dir}/`, "")}`);
  return {
    kind: "scanned",
    version,
    findings: await Promise.all(report.issues.map((issue) => tflintFinding(issue, folder))),
    // It does not say which rules held.
    passedChecks: 0,
    inlineSkips: await skipsInRoot(setting.root, tflintSkips),
    gaps: [],
  };
}
