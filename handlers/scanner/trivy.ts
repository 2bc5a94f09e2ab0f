import { allEnded } from "../../src/core/all-ended.ts";
import type { ScanOutcome, Scanner, ScanSetting } from "./contract.ts";
import { aquaSkips, skipsInRoot } from "./inline-skips.ts";
import { openScanFolder, type ScanFolder } from "./scan-folder.ts";
import { broken, brokenEnd, runScanner, scannerEnv } from "./scanner-process.ts";
import { readTrivyReport, trivyFinding, unparsedByTrivy } from "./trivy-report.ts";
import { versionAsked } from "./version-asked.ts";

/** https://trivy.dev/latest/docs/scanner/misconfiguration/ */
export const trivy: Scanner = { name: "trivy", test: "trivy_security", extra: true, scan };

/** As variables, not flags: a version that does not know one of them takes no offence. */
const ownSettings = {
  TRIVY_SKIP_CHECK_UPDATE: "true",
  TRIVY_SKIP_POLICY_UPDATE: "true",
  TRIVY_SKIP_VERSION_CHECK: "true",
  TRIVY_OFFLINE_SCAN: "true",
  TRIVY_DISABLE_TELEMETRY: "true",
  TRIVY_TF_EXCLUDE_DOWNLOADED_MODULES: "true",
};
const inlineSkip = /(?:trivy|tfsec):ignore(?=:)/g;

async function scan(setting: ScanSetting): Promise<ScanOutcome> {
  if (setting.toolPath === undefined)
    return { kind: "missing", reason: "Trivy was not found: https://trivy.dev" };
  const opened = await openScanFolder(
    setting.root,
    setting.ignoreInlineSkips === true ? inlineSkip : undefined,
  );
  if (!opened.ok) return broken(`trivy: ${opened.why}`);
  try {
    return await scanFolder(setting.toolPath, setting, opened.folder);
  } finally {
    await opened.folder.close();
  }
}

async function scanFolder(toolPath: string, setting: ScanSetting, folder: ScanFolder): Promise<ScanOutcome> {
  const env = scannerEnv(setting.processEnv, /^TRIVY_/, ownSettings);
  const varFiles = setting.varFiles.flatMap((file) => ["--tf-vars", file]);
  const [ran, version] = await allEnded([
    runScanner([toolPath, "config", "--format=json", "--exit-code=0", ...varFiles, folder.dir], setting, {
      cwd: folder.dir,
      env,
    }),
    versionAsked(toolPath, setting, env),
  ]);
  const ended = brokenEnd("trivy", ran, [0]);
  if (ended) return ended;
  const report = readTrivyReport(ran.stdout);
  if (!report) return broken("trivy printed no report");
  const unparsed = unparsedByTrivy(ran.stderr);
  if (unparsed !== undefined) return broken(`trivy: ${unparsed.replaceAll(`${folder.dir}/`, "")}`);
  if (report.results === 0 && folder.certainTypes.length > 0)
    return broken(`trivy read nothing, though there is ${folder.certainTypes[0] ?? "a resource"}`);
  return {
    kind: "scanned",
    version,
    findings: await Promise.all(report.failed.map((failed) => trivyFinding(failed, folder))),
    passedChecks: report.passed,
    inlineSkips: await skipsInRoot(setting.root, aquaSkips(["trivy", "tfsec"])),
    gaps: [],
  };
}
