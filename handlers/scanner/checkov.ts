import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "../../src/core/finding.ts";
import type { Argv, Ran } from "../../src/process/run.ts";
import type { InlineSkip, ScanOutcome, Scanner, ScanSetting } from "./contract.ts";
import { checkovLaunch } from "./checkov-launch.ts";
import { checkovFinding, checkovGaps, readCheckovReport, type CheckovReport } from "./checkov-report.ts";
import { checkovSkips } from "./inline-skips.ts";
import { ignoredFolders, terraformFiles } from "./root-files.ts";
import { openScanFolder, type ScanFolder } from "./scan-folder.ts";
import { broken, brokenEnd, runScanner, scannerEnv, type Broken } from "./scanner-process.ts";
import { checkovSeverities, checkovTypes } from "./severity-table.ts";

/** https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html */
export const checkov: Scanner = { name: "checkov", test: "checkov_security", scan };

/** 1 says that a rule failed, or nothing at all: the report tells. */
const exitCodes = [0, 1];

/** Settings of Checkov and its platform in the environment would change what is judged, or send it somewhere. */
const foreignSettings =
  /^(?:CKV_|CHECKOV_|BC_|PRISMA_|PYTHONOPTIMIZE$|LOG_LEVEL$|EXTERNAL_MODULES_DIR$|DOWNLOAD_EXTERNAL_MODULES$)/;
const ownSettings = {
  CKV_IGNORED_DIRECTORIES: [...ignoredFolders, ".serverless"].join(","),
  CKV_SKIP_PACKAGE_UPDATE_CHECK: "true",
  BC_SKIP_MAPPING: "TRUE",
  LOG_LEVEL: "WARNING",
  PYTHONUTF8: "1",
};

async function scan(setting: ScanSetting): Promise<ScanOutcome> {
  if (setting.toolPath === undefined) {
    return {
      kind: "missing",
      reason: "Checkov was not found: faber doctor --install, or pip install checkov",
    };
  }
  const opened = await openScanFolder(setting.root);
  if (!opened.ok) return broken(`checkov: ${opened.why}`);
  try {
    const launch = await checkovLaunch(setting.toolPath);
    return await scanFolder(launch, setting, opened.folder);
  } finally {
    await opened.folder.close();
  }
}

async function scanFolder(launch: Argv, setting: ScanSetting, folder: ScanFolder): Promise<ScanOutcome> {
  const ran = await start(launch, ["--quiet"], setting, folder);
  const ended = brokenEnd("checkov", ran, exitCodes);
  if (ended) return ended;
  const report = readCheckovReport(ran.stdout);
  if (!report) return brokenEnd("checkov printed no report", ran, []) ?? broken("checkov printed no report");
  const untrusted = await whyNotTrusted(report, launch, setting, folder);
  if (untrusted) return untrusted;
  return {
    kind: "scanned",
    version: report.version,
    findings: await findingsOf(report, folder),
    passedChecks: report.passed,
    resourcesScanned: report.resources,
    inlineSkips: report.skipped === 0 ? [] : await skipsIn(setting.root),
    gaps: checkovGaps(ran.stderr),
  };
}

async function findingsOf(report: CheckovReport, folder: ScanFolder): Promise<readonly Finding[]> {
  if (report.failed.length === 0) return [];
  const table = await checkovSeverities();
  return report.failed.map((check) => checkovFinding(check, folder, table));
}

/** A report that is fine to read and still says nothing: files were left out, or nothing was read. */
async function whyNotTrusted(
  report: CheckovReport,
  launch: Argv,
  setting: ScanSetting,
  folder: ScanFolder,
): Promise<Broken | undefined> {
  if (report.parsingErrors > 0) {
    const files = await unparsedFiles(launch, setting, folder);
    return broken(`checkov could not parse ${files.join(", ") || `${report.parsingErrors} file(s)`}`);
  }
  if (report.resources > 0 || folder.certainTypes.length === 0) return undefined;
  const types = await checkovTypes();
  const overlooked = folder.certainTypes.filter((type) => types.has(type));
  if (overlooked.length === 0) return undefined;
  return broken(`checkov read zero resources, though there is ${[...new Set(overlooked)].join(", ")}`);
}

/** The quiet report counts the files it could not parse; only the long one names them, here without any rule. */
async function unparsedFiles(
  launch: Argv,
  setting: ScanSetting,
  folder: ScanFolder,
): Promise<readonly string[]> {
  const ran = await start(launch, ["--check", "FABER_NO_RULE"], setting, folder);
  const files = readCheckovReport(ran.stdout)?.unparsed ?? [];
  return files.map((file) => folder.place(file).file);
}

async function skipsIn(root: string): Promise<readonly InlineSkip[]> {
  const files = await terraformFiles(root);
  const skips = await Promise.all(
    files.map(async (file) => checkovSkips(file, await readFile(join(root, file), "utf8"))),
  );
  return skips.flat();
}

async function start(
  launch: Argv,
  extra: readonly string[],
  setting: ScanSetting,
  folder: ScanFolder,
): Promise<Ran> {
  const argv: Argv = [
    ...launch,
    `--directory=${folder.dir}`,
    "--framework=terraform",
    "--output=json",
    "--compact",
    "--skip-download",
    "--skip-results-upload",
    "--download-external-modules=false",
    ...setting.varFiles.flatMap((file) => ["--var-file", file]),
    ...extra,
  ];
  return runScanner(argv, setting, {
    cwd: folder.dir,
    env: scannerEnv(setting.processEnv, foreignSettings, ownSettings),
  });
}
