import { resolve } from "node:path";
import { benchCost } from "./cost.ts";
import { benchCostSpeed } from "./cost-speed.ts";
import { benchBigPlan } from "./big-plan.ts";
import { benchDebuggerRead } from "./debugger-read.ts";
import { benchDeploy } from "./deploy.ts";
import { benchFixes } from "./fixes.ts";
import { benchHtmlReport } from "./html-report.ts";
import { benchInstall } from "./install.ts";
import { benchIssueLog } from "./issue-log.ts";
import { benchKillMatrix } from "./kill-matrix.ts";
import { benchMemory } from "./memory.ts";
import { benchPreTests } from "./pre-tests.ts";
import { benchPostTests } from "./post-tests.ts";
import { benchRanking } from "./ranking.ts";
import { benchStartup } from "./startup.ts";

/**
 * `npm run bench [-- PART]`: measures the built program; needs a quiet machine to mean much. Parts: startup, deploy,
 * memory, install, cost FOLDER, cost-speed, big-plan [RESOURCES], post-tests [RESOURCES], pre-tests, html-report, debugger-read [CORPUS], issue-log [ISSUES],
 * fixes, ranking, kill-matrix [KILLS].
 */
const root = resolve(import.meta.dirname, "../..");
const faber = resolve(root, "dist/src/bin.js");
const wanted = process.argv[2];
const parts: Readonly<Record<string, () => readonly string[] | Promise<readonly string[]>>> = {
  startup: () => benchStartup(faber),
  deploy: () => benchDeploy(faber),
  memory: () => benchMemory(faber),
  install: () => benchInstall(root),
  cost: () => benchCost(process.argv[3]),
  "cost-speed": () => benchCostSpeed(),
  "big-plan": () => benchBigPlan(Number(process.argv[3] ?? 5_000)),
  "pre-tests": () => benchPreTests(),
  "debugger-read": () => benchDebuggerRead(process.argv[3]),
  fixes: () => benchFixes(faber),
  ranking: () => benchRanking(),
  "html-report": () => benchHtmlReport(),
  "post-tests": () => benchPostTests(faber, Number(process.argv[3] ?? 500)),
  "kill-matrix": () => benchKillMatrix(Number(process.argv[3] ?? 1_000)),
  "issue-log": () => benchIssueLog(faber, Number(process.argv[3] ?? 100_000)),
};
for (const [name, part] of Object.entries(parts)) {
  // A matrix of kills takes half an hour: it is asked for by name.
  if (wanted !== name && (wanted !== undefined || name === "kill-matrix")) continue;
  for (const line of await part()) process.stdout.write(`${line}\n`);
}
