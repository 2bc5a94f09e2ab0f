import { allEnded } from "../../src/core/all-ended.ts";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { describeEnd, run, succeeded, type Ran } from "../../src/process/run.ts";
import { goModuleVersion } from "../tools/go-build-info.ts";
import type { InlineSkip, ScanOutcome, Scanner, ScanSetting } from "./contract.ts";
import { aquaSkips, skipsInRoot } from "./inline-skips.ts";
import { ignoredFolders } from "./root-files.ts";
import { openScanFolder, type ScanFolder } from "./scan-folder.ts";
import { broken, brokenEnd, lastUsefulLine, runScanner, scannerEnv } from "./scanner-process.ts";
import { fileOf, readTfsecReport, ruleOf, tfsecFinding, type TfsecReport } from "./tfsec-report.ts";

/** https://aquasecurity.github.io/tfsec/latest/guides/usage/ */
export const tfsec: Scanner = { name: "tfsec", test: "tfsec_security", scan };

/** 1 says that a rule failed, or that tfsec could not scan at all: the report tells. */
const exitCodes = [0, 1, 2];

const foreignSettings = /^TFSEC_/;

async function scan(setting: ScanSetting): Promise<ScanOutcome> {
  if (setting.toolPath === undefined) {
    return {
      kind: "missing",
      reason:
        "tfsec was not found: faber doctor --install, or https://github.com/aquasecurity/tfsec/releases",
    };
  }
  const opened = await openScanFolder(setting.root);
  if (!opened.ok) return broken(`tfsec: ${opened.why}`);
  try {
    return await scanFolder(setting.toolPath, setting, opened.folder);
  } finally {
    await opened.folder.close();
  }
}

async function scanFolder(toolPath: string, setting: ScanSetting, folder: ScanFolder): Promise<ScanOutcome> {
  const env = scannerEnv(setting.processEnv, foreignSettings, {});
  const [ran, version] = await allEnded([
    runScanner([toolPath, folder.dir, ...(await argumentsFor(setting, folder))], setting, {
      cwd: folder.dir,
      env,
    }),
    versionOf(toolPath, setting, env),
  ]);
  const ended = brokenEnd("tfsec", ran, exitCodes);
  if (ended) return ended;
  const report = readTfsecReport(ran.stdout);
  if (!report) return broken(`tfsec printed no report: ${whyNoReport(ran, folder)}`);
  return {
    kind: "scanned",
    version,
    findings: await Promise.all(report.failed.map((result) => tfsecFinding(result, folder))),
    passedChecks: report.passed,
    inlineSkips:
      setting.ignoreInlineSkips === true
        ? await skipsInRoot(setting.root, aquaSkips(["tfsec"]))
        : skipsIn(report, folder),
    gaps: [],
  };
}

/** tfsec names files from the file system's root, and without the first slash. */
function whyNoReport(ran: Ran, folder: ScanFolder): string {
  const line = lastUsefulLine(ran) ?? describeEnd(ran.ended);
  return line.replaceAll(`${folder.dir}/`, "").replaceAll(`${folder.dir.slice(1)}/`, "");
}

async function argumentsFor(setting: ScanSetting, folder: ScanFolder): Promise<readonly string[]> {
  const present = await Promise.all(
    ignoredFolders.map(async (name) => {
      const path = join(folder.dir, name);
      return (await exists(path)) ? ["--exclude-path", path] : [];
    }),
  );
  return [
    "--format=json",
    "--no-color",
    "--no-code",
    "--no-module-downloads",
    "--exclude-downloaded-modules",
    "--include-passed",
    ...(setting.ignoreInlineSkips === true ? ["--no-ignores"] : ["--include-ignored"]),
    ...setting.varFiles.flatMap((file) => ["--tfvars-file", file]),
    ...present.flat(),
  ];
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A release names its version; in one built by `go install` it stands where Go wrote it. */
async function versionOf(
  toolPath: string,
  setting: ScanSetting,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const ran = await run([toolPath, "--version"], {
    env,
    signal: setting.signal,
    timeoutMs: setting.timeoutMs,
  });
  const named = /\bv?(\d+\.\d+\.\d+\S*)/.exec(ran.stdout + ran.stderr)?.[1];
  if (named !== undefined || !succeeded(ran)) return named ?? "unknown";
  return (await goModuleVersion(toolPath, "github.com/aquasecurity/tfsec")) ?? "built from source";
}

function skipsIn(report: TfsecReport, folder: ScanFolder): readonly InlineSkip[] {
  return report.ignored.map((result) => {
    const file = fileOf(result);
    return { rule: ruleOf(result), file: file === undefined ? "" : folder.place(file).file, reason: "" };
  });
}
