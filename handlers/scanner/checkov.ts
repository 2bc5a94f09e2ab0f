import type { Finding } from "../../src/core/finding.ts";
import type { Argv, Ran } from "../../src/process/run.ts";
import type { ScanOutcome, Scanner, ScanSetting } from "./contract.ts";
import { checkovLaunch } from "./checkov-launch.ts";
import { beyondSource, planFileFor, type PlanFile } from "./checkov-plan.ts";
import { checkovFinding, checkovGaps, readCheckovReport, type CheckovReport } from "./checkov-report.ts";
import { checkovSkips, skipsInRoot } from "./inline-skips.ts";
import { ignoredFolders } from "./root-files.ts";
import { openScanFolder, type ScanFolder } from "./scan-folder.ts";
import { broken, brokenEnd, runScanner, scannerEnv, type Broken } from "./scanner-process.ts";
import { checkovSeverities, checkovTypes } from "./severity-table.ts";

/** https://www.checkov.io/2.Basics/CLI%20Command%20Reference.html */
export const checkov: Scanner = { name: "checkov", test: "checkov_security", readsPlan: true, scan };

/** 1 says that a rule failed, or nothing at all: the report tells. */
const exitCodes = [0, 1];

/** Settings of Checkov and its platform in the environment would change what is judged, or send it somewhere. */
const foreignSettings =
  /^(?:CKV_|CHECKOV_|BC_|FABER_|PRISMA_|PYTHONOPTIMIZE$|LOG_LEVEL$|EXTERNAL_MODULES_DIR$|DOWNLOAD_EXTERNAL_MODULES$)/;
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
  const ours = launch.length > 1;
  if (setting.ignoreInlineSkips === true && !ours)
    return broken("checkov cannot ignore inline skips when its command names no Python");
  if (!ours || setting.plan === undefined) return scanOnce({ launch, setting, folder });
  const plan = planFileFor(setting.plan);
  try {
    const outcome = await scanOnce({ launch, setting, folder, plan });
    const gap = plan.gap();
    if (outcome.kind === "scanned" && gap !== undefined) return { ...outcome, gaps: [...outcome.gaps, gap] };
    if (outcome.kind !== "broken" || !plan.written() || outcome.timedOut || setting.signal.aborted)
      return outcome;
    // What breaks over the plan must not take the source's findings with it.
    const alone = await scanOnce({ launch, setting, folder });
    if (alone.kind !== "scanned") return alone;
    return { ...alone, gaps: [...alone.gaps, `the plan was not scanned: ${outcome.reason}`] };
  } finally {
    await plan.close();
  }
}

interface Scan {
  readonly launch: Argv;
  readonly setting: ScanSetting;
  readonly folder: ScanFolder;
  readonly plan?: PlanFile;
}

async function scanOnce(scan: Scan): Promise<ScanOutcome> {
  const { setting, folder } = scan;
  const ran = await start(scan, ["--quiet"]);
  const ended = brokenEnd("checkov", ran, exitCodes);
  if (ended) return ended;
  const report = readCheckovReport(ran.stdout);
  if (!report) return brokenEnd("checkov printed no report", ran, []) ?? broken("checkov printed no report");
  const untrusted = await whyNotTrusted(report, scan);
  if (untrusted) return untrusted;
  const planned = readCheckovReport(ran.stdout, "plan");
  // Over a plan without anything that it has rules for, it says nothing.
  const unread = planned !== undefined && planned.parsingErrors > 0;
  const ignored = setting.ignoreInlineSkips === true;
  return {
    kind: "scanned",
    version: report.version,
    findings: await findingsOf(report, planned, folder),
    passedChecks: report.passed,
    resourcesScanned: report.resources,
    ...(planned === undefined || unread ? {} : { planScanned: true }),
    inlineSkips: report.skipped === 0 && !ignored ? [] : await skipsInRoot(setting.root, checkovSkips),
    gaps: [
      ...checkovGaps(ran.stderr),
      ...(unread ? ["the plan was not scanned: checkov could not read it"] : []),
    ],
  };
}

async function findingsOf(
  report: CheckovReport,
  planned: CheckovReport | undefined,
  folder: ScanFolder,
): Promise<readonly Finding[]> {
  if (report.failed.length + (planned?.failed.length ?? 0) === 0) return [];
  const table = await checkovSeverities();
  const source = report.failed.map((check) => checkovFinding(check, folder, table));
  if (planned === undefined) return source;
  return [...source, ...beyondSource(planned, { report, findings: source }, { folder, table })];
}

/** A report that is fine to read and still says nothing: files were left out, or nothing was read. */
async function whyNotTrusted(report: CheckovReport, scan: Scan): Promise<Broken | undefined> {
  const { folder } = scan;
  if (report.parsingErrors > 0) {
    const files = await unparsedFiles(scan);
    return broken(`checkov could not parse ${files.join(", ") || `${report.parsingErrors} file(s)`}`);
  }
  if (report.resources > 0 || folder.certainTypes.length === 0) return undefined;
  const types = await checkovTypes();
  const overlooked = folder.certainTypes.filter((type) => types.has(type));
  if (overlooked.length === 0) return undefined;
  return broken(`checkov read zero resources, though there is ${[...new Set(overlooked)].join(", ")}`);
}

/** The quiet report counts the files it could not parse; only the long one names them, here without any rule. */
async function unparsedFiles(scan: Scan): Promise<readonly string[]> {
  const { launch, setting, folder } = scan;
  const ran = await start({ launch, setting, folder }, ["--check", "FABER_NO_RULE"]);
  const files = readCheckovReport(ran.stdout)?.unparsed ?? [];
  return files.map((file) => folder.place(file).file);
}

async function start({ launch, setting, folder, plan }: Scan, extra: readonly string[]): Promise<Ran> {
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
    env: scannerEnv(setting.processEnv, foreignSettings, {
      ...ownSettings,
      ...(setting.ignoreInlineSkips === true ? { FABER_IGNORE_SKIPS: "1" } : {}),
      ...(plan === undefined ? {} : { FABER_PLAN: "stdin" }),
    }),
    ...(plan === undefined ? {} : { input: plan.line }),
  });
}
