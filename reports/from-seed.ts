import { exitOf } from "../src/core/exit.ts";
import { arrayAt, isObject, objectAt, type JsonObject, type JsonValue } from "../src/core/json.ts";

/**
 * A test report of the original plugin, which has no version, run or exit, and leaves out what a test did not find:
 * filled up to ours. Anything else is given back as it is.
 */
export function fromSeed(value: JsonObject): JsonObject {
  const { schema_version, phase, overall_status, tests } = value;
  if (schema_version !== undefined || phase === undefined || !Array.isArray(tests)) return value;
  const filled = arrayAt(tests).map(filledTest);
  const exit = exitOf(
    overall_status !== "FAIL" ? "done" : phase === "post-deployment" ? "verification-failed" : "test-failed",
    overall_status === "FAIL" ? "a test blocks" : "no test blocks",
  );
  return {
    run_id: "",
    recommendations: [],
    exit: { ...exit },
    ...value,
    schema_version: "faber.test-report/1",
    tests: filled,
    summary: { ...summaryOf(filled), ...objectAt(value["summary"]) },
  };
}

function filledTest(test: JsonValue): JsonValue {
  if (!isObject(test)) return test;
  return { duration_ms: 0, ...test, findings: arrayAt(test["findings"]).map(filledFinding) };
}

function filledFinding(finding: JsonValue): JsonValue {
  return isObject(finding) ? { scanners: [], ...finding } : finding;
}

function summaryOf(tests: readonly JsonValue[]): JsonObject {
  const count = (status: string): number =>
    tests.filter((test) => objectAt(test)["status"] === status).length;
  const findings = tests.flatMap((test) => arrayAt(objectAt(test)["findings"]));
  return {
    total_tests: tests.length,
    passed: count("PASS"),
    warnings: count("WARN"),
    failed: count("FAIL"),
    errors: count("ERROR"),
    skipped: count("SKIPPED"),
    critical_issues: findings.filter((finding) => objectAt(finding)["severity"] === "CRITICAL").length,
    total_duration_ms: tests.reduce<number>(
      (sum, test) => sum + (Number(objectAt(test)["duration_ms"]) || 0),
      0,
    ),
  };
}
