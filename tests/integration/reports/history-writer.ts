import { writeSync } from "node:fs";
import type { TestReport } from "../../../src/core/report.ts";
import { saveTestReport } from "../../../src/workdir/test-reports.ts";
import { finding, reportedTest, testReport } from "../../helpers/sample-reports.ts";

/**
 * A process that saves test reports: `history-writer DIR NAME COUNT`. It prints the file of each report once it is
 * durable; many of them fall into one second, as those of several jobs do.
 */
const [dir = "", name = "", count = "1"] = process.argv.slice(2);

for (let index = 0; index < Number(count); index += 1) {
  const second = String(index % 5).padStart(2, "0");
  const report: TestReport = {
    ...testReport([
      reportedTest("checkov_security", "WARN", { findings: [finding()] }),
      reportedTest("cost_estimation", "PASS", { estimated_monthly_cost: "12.40" }),
    ]),
    run_id: `20261121T0936${second}Z-${name.padStart(2, "0")}${String(index).padStart(4, "0")}`,
    timestamp: `2026-11-21T09:36:${second}.${name.padStart(3, "0").slice(0, 3)}Z`,
  };
  writeSync(1, `${await saveTestReport(dir, report)}\n`);
}
