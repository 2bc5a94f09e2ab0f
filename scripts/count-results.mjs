// Prints `N passed, N failed, N skipped` of a vitest JSON report, and ends with 1 unless something passed and
// nothing failed. Arguments: the report, the runner's exit status, how many other checks failed.
import { readFileSync } from "node:fs";

const [, , file = "", runnerStatus = "1", failedChecks = "0"] = process.argv;

const results = readResults(file);
const statuses = results.flatMap((result) => result.assertionResults.map((test) => test.status));
const passed = statuses.filter((status) => status === "passed").length;
const failedTests = statuses.filter((status) => status === "failed").length;
const skipped = statuses.length - passed - failedTests;
// A file that could not be loaded, or whose hooks failed, has failed without a failed test.
const failedFiles = results.filter(
  (result) => result.status === "failed" && !result.assertionResults.some((test) => test.status === "failed"),
).length;
// So has a runner that crashed, and a run in which nothing was tested.
const silent = failedTests + failedFiles === 0 && (runnerStatus !== "0" || passed === 0) ? 1 : 0;
const failed = failedTests + failedFiles + silent + Number(failedChecks);

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

function readResults(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).testResults;
  } catch (error) {
    console.error(`no results of the test run: ${error.message}`);
    return [];
  }
}
