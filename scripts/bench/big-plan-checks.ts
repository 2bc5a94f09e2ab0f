import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { told } from "../../src/core/diagnostic.ts";
import { objectAt, type JsonObject } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Policy } from "../../src/core/policy.ts";
import type { Check, CheckContext } from "../../src/checks/contract.ts";
import { mergeFindings } from "../../src/checks/merge-findings.ts";
import { checks } from "../../src/checks/index.ts";
import { checkContextOf } from "../../src/pipeline/run-checks.ts";
import { fakeIac, fakePlanning, planScope, runContext } from "../../tests/helpers/run-context.ts";

/**
 * Runs alone, in a process of its own: reads the plan document named on the command line, judges it by every test
 * that needs nothing but the plan, merges two scanners' worth of findings, and prints seconds and what was found.
 */
const wanted = ["cost_estimation", "naming_compliance", "tagging_compliance", "config_best_practices"];
const seconds: Record<string, number> = {};
const statuses: Record<string, string> = {};

async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  seconds[name] = (performance.now() - began) / 1_000;
  return result;
}

const document = await timed("read", () => {
  const value: unknown = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
  return objectAt(value);
});
const context = contextFor(document);
for (const check of checks.filter(({ name }) => wanted.includes(name))) {
  const result = await timed(check.name, () => (check satisfies Check).run(context));
  statuses[check.name] = `${result.status} ${result.findings.length} ${result.reason ?? ""}`;
}
const [first, second] = scannerFindings(document);
await timed("merge", () => mergeFindings([first, second]));
process.stdout.write(
  `${JSON.stringify({ seconds, statuses, total: Object.values(seconds).reduce((a, b) => a + b, 0) })}\n`,
);

function contextFor(document: JsonObject): CheckContext {
  const planned: Plan = {
    scope: planScope,
    digest: "0".repeat(64),
    file: "no-such.tfplan",
    tool: { name: "terraform", version: "1.11.4" },
    changes: [],
    outputs: [],
    document,
  };
  const policy: Policy = {
    tags: {
      required: ["Environment", "Project", "ManagedBy", "Owner"],
      values: { Environment: { pattern: "prod|test" } },
      strict: false,
      ignore: ["module.part1.*"],
    },
    naming: { pattern: "{project}-{environment}-{resource}", types: {}, strict: false, ignore: [] },
    practices: { severity: {} },
    deletions: { max: 0, protectedTypes: ["aws_db_*"] },
    cost: { unknown: "warn" },
    waivers: [],
    drift: { ignore: [] },
    tests: [],
    hooks: {},
  };
  // These tests ask for nothing else of a run; anything that is called all the same fails loudly.
  const context = runContext({
    environment: { name: "prod", project: "orders", protected: true, policy },
    iac: fakeIac({ configurationFacts: async () => told({ blocks: [] }) }),
    planning: fakePlanning({ begun: async () => told(planned) }),
    clock: { now: () => new Date(), monotonic: () => performance.now() },
  });
  return checkContextOf(context, context.signal);
}

function scannerFindings(plan: JsonObject) {
  const addresses = (plan["resource_changes"] as readonly { address: string; type: string }[]).map(
    ({ address, type }) => ({ address, type }),
  );
  const of = (scanner: string) => ({
    test: `${scanner}_security`,
    found: addresses.map(({ address, type }) => ({
      finding: {
        rule: `${scanner}-${type}`,
        severity: "MEDIUM" as const,
        message: "not encrypted",
        address,
        at: { file: "main.tf" },
        scanners: [scanner],
      },
      concern: { name: "encryption", same: true } as const,
    })),
  });
  return [of("checkov"), of("tfsec")] as const;
}
