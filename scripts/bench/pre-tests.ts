import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Scanner } from "../../handlers/scanner/contract.ts";
import { openScanners } from "../../handlers/scanner/registry.ts";
import { checks } from "../../src/checks/index.ts";
import type { Plan } from "../../src/core/plan.ts";
import { told } from "../../src/core/diagnostic.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { runChecks } from "../../src/pipeline/run-checks.ts";
import { fakeIac, fakePlanning, planScope, runContext } from "../../tests/helpers/run-context.ts";
import { toolPath } from "../../tests/helpers/tools.ts";
import { median, ratioOf, row } from "./measure.ts";

/** Queues, buckets, tables and groups of the root that it makes. */
const resources = 240;

/**
 * The pre-deployment tests without Terraform's own time: the plan is there when they begin. Against the slowest
 * scanner alone, as somebody would run it by hand over the same root: `checkov -d .`, started by faber's start file
 * so that both import Checkov in the same time.
 */
export async function benchPreTests(runs = 5): Promise<readonly string[]> {
  const paths = { checkov: toolPath("checkov"), tfsec: toolPath("tfsec") };
  const { checkov, tfsec } = paths;
  if (checkov === undefined || tfsec === undefined) return ["- pre-tests: Checkov or tfsec is not here"];
  const base = mkdtempSync(join(tmpdir(), "faber-bench-pre-tests-"));
  try {
    const root = join(base, "root");
    mkdirSync(root);
    writeFileSync(join(root, "main.tf"), hcl());
    const toolPaths = { checkov, tfsec };
    const times: Readonly<Record<"alone" | "aloneOverBoth" | "first" | "planned" | "again", number[]>> = {
      alone: [],
      aloneOverBoth: [],
      first: [],
      planned: [],
      again: [],
    };
    for (let run = 0; run < runs; run += 1) {
      times.alone.push(await slowestAlone(root, toolPaths, undefined));
      times.aloneOverBoth.push(await slowestAlone(root, toolPaths, planDocument(true)));
      const cache = join(base, `cache-${run}`);
      times.first.push(await phase(root, toolPaths, { cache, seesMore: false }));
      times.again.push(await phase(root, toolPaths, { cache, seesMore: false }));
      times.planned.push(await phase(root, toolPaths, { cache: `${cache}-planned`, seesMore: true }));
    }
    return [
      compare("pre-deployment tests / slowest scanner alone", times.first, times.alone, 1.25),
      compare(
        "where the plan is scanned too / the scanner over both",
        times.planned,
        times.aloneOverBoth,
        1.25,
      ),
      compare("the same when nothing changed", times.again, times.alone, 0.1),
    ];
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function compare(name: string, a: readonly number[], b: readonly number[], limit: number): string {
  const ratio = ratioOf(a, b);
  const value = `${ratio.toFixed(3)} × (${median(a).toFixed(2)} / ${median(b).toFixed(2)} s)`;
  return row(name, value, `≤ ${limit.toFixed(2)} ×`, ratio <= limit);
}

type ToolPaths = Readonly<Record<"checkov" | "tfsec", string>>;

const env = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "" };

async function slowestAlone(
  root: string,
  toolPaths: ToolPaths,
  plan: JsonObject | undefined,
): Promise<number> {
  const times: number[] = [];
  for (const scanner of openScanners({ ignoreInlineSkips: false }))
    if (scanner.extra !== true) times.push(await alone(scanner, { root, toolPaths, plan }));
  return Math.max(...times);
}

async function alone(
  scanner: Scanner,
  {
    root,
    toolPaths,
    plan,
  }: { readonly root: string; readonly toolPaths: ToolPaths; readonly plan: JsonObject | undefined },
): Promise<number> {
  const started = performance.now();
  const outcome = await scanner.scan({
    root,
    varFiles: [],
    processEnv: env,
    toolPath: scanner.name === "checkov" ? toolPaths.checkov : toolPaths.tfsec,
    signal: new AbortController().signal,
    timeoutMs: 600_000,
    ...(plan === undefined ? {} : { plan: async () => plan }),
  });
  if (outcome.kind !== "scanned") throw new Error(`${scanner.name}: ${JSON.stringify(outcome)}`);
  return (performance.now() - started) / 1_000;
}

async function phase(
  root: string,
  toolPaths: ToolPaths,
  { cache, seesMore }: { readonly cache: string; readonly seesMore: boolean },
): Promise<number> {
  const document = planDocument(seesMore);
  const plan: Plan = {
    scope: planScope,
    digest: "0".repeat(64),
    file: join(root, "no-such.tfplan"),
    tool: { name: "terraform", version: "1.11.4" },
    changes: [],
    outputs: [],
    document,
  };
  const context = runContext({
    environment: { toolPaths },
    iac: fakeIac({ root, planReader: { changes: () => [], outputs: () => [], secrets: () => [] } }),
    scanners: openScanners({ cache: { dir: cache, faberVersion: "bench" }, ignoreInlineSkips: false }),
    checks,
    toolEnv: env,
    planning: fakePlanning({ begun: async () => told(plan) }),
    clock: { now: () => new Date(), monotonic: () => performance.now() },
  });
  const started = performance.now();
  const tests = await runChecks(context, "pre-deployment", {
    without: ["terraform_validation"],
    planKnown: Promise.resolve(),
  });
  const seconds = (performance.now() - started) / 1_000;
  const broken = tests.filter((test) => test.status === "ERROR");
  if (broken.length > 0) throw new Error(JSON.stringify(broken));
  return seconds;
}

const kinds: readonly ((index: number) => {
  readonly type: string;
  readonly text: string;
  readonly values: JsonObject;
})[] = [
  (index) => ({
    type: "aws_sqs_queue",
    text: `  name = "queue-${index}"`,
    values: { name: `queue-${index}`, sqs_managed_sse_enabled: null, kms_master_key_id: null },
  }),
  (index) => ({
    type: "aws_s3_bucket",
    text: `  bucket = "bucket-${index}"`,
    values: { bucket: `bucket-${index}` },
  }),
  (index) => ({
    type: "aws_dynamodb_table",
    text: `  name     = "table-${index}"\n  hash_key = "id"\n  attribute {\n    name = "id"\n    type = "S"\n  }`,
    values: { name: `table-${index}`, hash_key: "id", attribute: [{ name: "id", type: "S" }] },
  }),
  (index) => ({
    type: "aws_security_group",
    text: `  name = "group-${index}"\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }`,
    values: {
      name: `group-${index}`,
      ingress: [{ from_port: 22, to_port: 22, protocol: "tcp", cidr_blocks: ["0.0.0.0/0"] }],
    },
  }),
];

function all() {
  return Array.from({ length: resources }, (_, index) => ({
    name: `r${index}`,
    ...(kinds[index % kinds.length] ?? kinds[0])?.(index),
  }));
}

function hcl(): string {
  return all()
    .map(({ type, name, text }) => `resource "${type}" "${name}" {\n${text}\n}\n`)
    .join("\n");
}

/** `seesMore`: one resource has a value that only the plan knows. */
function planDocument(seesMore: boolean): JsonObject {
  const planned = all().map(({ type = "", name, values = {} }) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    values,
  }));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: planned } },
    resource_changes: planned.map(({ values, ...resource }) => ({
      ...resource,
      change: { actions: ["create"], before: null, after: values, after_unknown: {} },
    })),
    configuration: {
      root_module: {
        resources: planned.map(({ address, mode, type, name }) => ({
          address,
          mode,
          type,
          name,
          expressions: {},
          ...(seesMore ? { for_each_expression: {} } : {}),
        })),
      },
    },
  };
}
