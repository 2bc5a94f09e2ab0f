import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse as parseYaml } from "yaml";
import { readCases } from "./readers.ts";
import { readConftest } from "../../handlers/commands/read/conftest.ts";
import { readFaberJson } from "../../handlers/commands/read/faber-json.ts";
import { readChanges, readOutputChanges } from "../../handlers/iac/terraform/plan-json.ts";
import { sensitiveValues } from "../../handlers/iac/terraform/sensitive-values.ts";
import { readUiLine } from "../../handlers/iac/terraform/ui-stream.ts";
import { readSarif } from "../../handlers/scanner/sarif-report.ts";
import type { ReportInput } from "../../reports/contract.ts";
import { renderers } from "../../reports/index.ts";
import { readDocument } from "../../src/config/read-document.ts";
import { brokenRules } from "../../src/config/rules.ts";
import { configSchema } from "../../src/config/schema.ts";
import { severities } from "../../src/core/finding.ts";
import { FaberError } from "../../src/core/error.ts";
import { objectAt, type JsonObject } from "../../src/core/json.ts";
import { planDigest } from "../../src/core/plan-digest.ts";
import { createRedactor } from "../../src/core/redact.ts";
import { safeLine, safeText, stripAnsi } from "../../src/core/safe-text.ts";
import { formsOfSecret } from "../../src/core/secret-forms.ts";
import { estimateCost } from "../../src/cost/engine.ts";
import { loadCatalogue } from "../../src/cost/load-catalogue.ts";
import { readFailures } from "../../src/debugger/read/read-failures.ts";
import { viewPlan } from "../../src/practices/plan/plan-view.ts";
import { judgePractices } from "../../src/practices/judge.ts";
import { practiceRules } from "../../src/practices/rules/index.ts";
import { readTags } from "../../src/practices/tags/read-tags.ts";
import { workflowCommand } from "../../src/ui/github.ts";
import { listRuns } from "../../src/workdir/past-runs.ts";
import { packageRoot } from "../../src/workdir/package-root.ts";
import { hostileTexts } from "../helpers/hostile.ts";
import { checkJunit } from "../helpers/junit-schema.ts";
import { finding, reportedTest, runReport, testReport } from "../helpers/sample-reports.ts";
import type { Random } from "../helpers/random.ts";
import { sarifLogSchema } from "../helpers/sarif-schema.ts";
import { mutated, mutatedJson } from "./mutate.ts";

/** Something that reads or writes what others made up. */
export interface Target {
  readonly name: string;
  /** Part of all inputs. */
  readonly share: number;
  /** Takes one input made by chance; throws when a promise is broken. Returns the input, for the report. */
  readonly take: (random: Random) => string | Promise<string>;
}

const repository = packageRoot(import.meta.url);
const read = (path: string): string => readFileSync(join(repository, path), "utf8");
const plans = readdirSync(join(repository, "tests/fixtures/plans")).map((name) =>
  objectAt(JSON.parse(read(`tests/fixtures/plans/${name}`))),
);
const catalogue = loadCatalogue();

const errors: readonly string[] = [
  'Error: creating SQS Queue (orders): operation error SQS: CreateQueue, https response error StatusCode: 403, RequestID: 0f3c, api error AccessDenied: User: arn:aws:iam::000000000000:user/x is not authorized to perform: sqs:createqueue on resource: arn:aws:sqs:us-east-1:000000000000:orders because no identity-based policy allows the sqs:createqueue action\n\n  with aws_sqs_queue.orders,\n  on main.tf line 3, in resource "aws_sqs_queue" "orders":\n   3: resource "aws_sqs_queue" "orders" {\n',
  "╷\n│ Error: Error acquiring the state lock\n│ \n│ Error message: resource temporarily unavailable\n│ Lock Info:\n│   ID:        0b3c1c1e-0000-4000-8000-000000000000\n│   Path:      terraform.tfstate\n│   Who:       a@b\n╵\n",
  '{"@level":"error","@message":"Error: Invalid function argument","diagnostic":{"severity":"error","summary":"Invalid function argument","detail":"no file","range":{"filename":"main.tf","start":{"line":1,"column":2,"byte":3},"end":{"line":1,"column":9,"byte":9}}},"type":"diagnostic"}\n',
  "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>",
  "NoCredentialProviders: no valid providers in chain. Deprecated.\n\tFor verbose messaging see aws.Config.CredentialsChainVerboseErrors",
  "Error: Provider produced inconsistent final plan\n\nWhen expanding the plan for aws_x.y to include new values learned so far during apply, provider produced an invalid new value",
];

const configurations: readonly string[] = [
  'project: shop\nenvironments:\n  test: { hosting: emulator, variables: { a: [1, 2, {b: null}] } }\n  prod: { account: "000000000000", protected: true, gate: { max_high: 0 } }\n',
  'gate: { max_critical: 0 }\ntags: { required: [Environment], values: { Environment: { allowed: [a, b] } } }\nwaivers:\n  - { rule: X, reason: y, owner: z, expires: 2026-12-31 }\ntests:\n  - { name: own, command: [sh, -c, "exit 0"], format: junit }\nenvironments: { test: {} }\n',
  '{"environments":{"test":{"health":[{"http":"{{outputs.url}}/x","status":200}]}}}',
  "a: &a [x, x]\nb: [*a, *a, *a]\nenvironments: {test: {}}\n",
];

/** Made once: building it takes longer than reading a file. */
const faberYaml = configSchema();

function configTarget(random: Random): string {
  const text = mutated(random, configurations);
  try {
    readDocument(Buffer.from(text), {
      file: "/p/faber.yaml",
      cwd: "/p",
      schema: faberYaml,
      rules: brokenRules,
      leastContent: "environments: { test: {} }",
    });
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    if (!/^faber\.yaml:\d+:\d+: /.test(error.message))
      throw new Error(`no place: ${error.message}`, { cause: error });
  }
  return text;
}

function errorTarget(random: Random): string {
  const text = mutated(random, errors);
  const { failures } = readFailures({ text });
  if (failures.length === 0) throw new Error("nothing was read");
  readUiLine(text.split("\n")[0] ?? "");
  return text;
}

function planTarget(random: Random): string {
  const document = mutatedPlan(random);
  readChanges(document);
  readOutputChanges(document);
  sensitiveValues(document);
  planDigest({ environment: "test", workspace: "default", kind: "deploy" }, document);
  return JSON.stringify(document);
}

function judgedPlanTarget(random: Random): string {
  const document = mutatedPlan(random);
  const { total_monthly_usd: total } = estimateCost(document, {
    catalogue,
    region: "us-east-1",
    today: "2026-11-21",
  });
  if (!Number.isFinite(total)) throw new Error(`a total of ${total}`);
  const plan = viewPlan(document);
  for (const resource of plan.resources) readTags(resource, { plan });
  judgePractices(
    {
      plan,
      today: "2026-11-21",
      deletions: { protectedTypes: [] },
      environment: "test",
    } as unknown as Parameters<typeof judgePractices>[0],
    { rules: practiceRules, practices: { severity: {} }, protected: random.chance(0.5) },
  );
  return JSON.stringify(document);
}

function mutatedPlan(random: Random): JsonObject {
  return objectAt(mutatedJson(random, random.pick(plans)));
}

const secretAlphabet = "abcXYZ0189+/=&<>\"'\\%$ äß€😀{}-_.~!*()";

/** A secret of some length, and how others write it. */
function planted(random: Random): { readonly secret: string; readonly written: string } {
  const secret = `${random.text(10 + random.below(20), secretAlphabet)}q7`;
  return { secret, written: random.pick(formsOfSecret(secret)).text };
}

function redactorTarget(random: Random): string {
  const { secret, written } = planted(random);
  const redactor = createRedactor();
  redactor.learn(secret);
  const around = mutated(random, [...errors, ...configurations]);
  const at = random.below(around.length + 1);
  const text = `${around.slice(0, at)}|${written}|${around.slice(at)}`;
  const shown = redactor.text(text);
  if (shown.includes(written)) throw new Error(`let through: ${written}`);
  return text;
}

function writersTarget(random: Random): string {
  const { secret, written } = planted(random);
  const redactor = createRedactor();
  redactor.learn(secret);
  const word = mutated(random, errors).slice(0, 300);
  const input = redactor.value(hostileReport(random, `${word}${written}`));
  for (const { format, render } of Object.values(renderers)) {
    const text = render(input);
    if (text.includes(secret)) throw new Error(`${format} lets through: ${secret}`);
    checkFormat(random, format, text);
  }
  return `${word}${written}`;
}

const shortTexts = hostileTexts.filter((text) => text.length < 200);

/** A report of the right shape whose texts are anything. */
function hostileReport(random: Random, word: string): ReportInput {
  const text = (): string => (random.chance(0.4) ? word : random.pick(shortTexts));
  const found = Array.from({ length: random.below(4) }, () =>
    finding({
      rule: text(),
      severity: random.pick(severities),
      message: text(),
      address: text(),
      at: { file: text(), line: random.below(100) + 1 },
      remedy: text(),
      ...(random.chance(0.2) ? { waived: { reason: text(), by: text(), until: text() } } : {}),
    }),
  );
  const status = random.pick(["PASS", "WARN", "FAIL", "ERROR", "SKIPPED"] as const);
  const report = testReport(
    [reportedTest(text(), status, { findings: found, reason: text(), figure: text() })],
    {
      environment: text(),
      run_id: text(),
      recommendations: [text()],
    },
  );
  const run = runReport({
    run_id: text(),
    command: text(),
    project: text(),
    environment: text(),
    hosting: text(),
    endpoints: { x: text() },
    skipped_by_request: [text()],
    exit: { code: 5, name: "deploy-failed", reason: text() },
  });
  return { tests: [report], history: [], ...(random.chance(0.7) ? { run, sourceRoot: text() } : {}) };
}

function checkFormat(random: Random, format: string, text: string): void {
  if (format === "json" || format === "gitlab") JSON.parse(text);
  if (format === "sarif") sarifLogSchema.parse(JSON.parse(text));
  if (format === "junit") checkJunit(text);
  if (format === "yaml" && random.chance(0.05)) parseYaml(text);
  if (format === "html" && /<script>alert|<img src=x|onmouseover='/.test(text))
    throw new Error("HTML was injected");
  if (format === "md" && /^::(?:error|warning|notice|stop-commands|add-mask)/m.test(text))
    throw new Error("an annotation was forged");
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text))
    throw new Error(`${format} holds control characters`);
}

function terminalTarget(random: Random): string {
  const text = mutated(random, errors);
  const safe = safeText(text);
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(safe))
    throw new Error("control characters");
  if (/[\r\n\t]/.test(safeLine(text))) throw new Error("more than a line");
  stripAnsi(text);
  const command = workflowCommand("error", { title: text, file: text }, text);
  if (/[\r\n]/.test(command) || !command.startsWith("::error title="))
    throw new Error("an annotation was forged");
  return text;
}

function readersTarget(random: Random): Promise<string> {
  return readCases(random);
}

function jsonReadersTarget(random: Random): string {
  const text = mutated(random, reportTexts);
  readSarif(text);
  readFaberJson(text, { test: "own", severity: "HIGH" });
  readConftest(text, { test: "own", severity: "HIGH" });
  return text;
}

const reportTexts: readonly string[] = [
  renderers.sarif.render({
    tests: [testReport([reportedTest("a", "FAIL", { findings: [finding({})] })])],
    history: [],
  }),
  '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x","rules":[{"id":"r"}]}},"results":[{"ruleId":"r","level":"error","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a%20b.tf"},"region":{"startLine":1}}}]}]}]}',
  '{"findings":[{"rule":"r","message":"m","severity":"HIGH","file":"main.tf","line":3}]}',
  '[{"filename":"plan.json","namespace":"main","successes":1,"failures":[{"msg":"no","metadata":{"address":"a.b"}}]}]',
];

const journalLines = [
  '{"at":"2026-11-21T09:00:00Z","type":"run.started","run":{"run_id":"20261121T090000Z-aaaaaa","command":"deploy","environment":"test","started_at":"2026-11-21T09:00:00Z"}}\n',
  '{"at":"2026-11-21T09:00:01Z","type":"plan.approved","approval":{"digest":"d","by":"x","via":"prompt"}}\n{"type":"apply.started","pid":99999999,"total":1,"digest":"d"}\n{"type":"resource.started","address":"a.b"}\n',
  '{"type":"run.ended","report":{"exit":{"code":0,"name":"done","reason":"x"},"overall_status":"PASS"}}\n',
];

/** `folder` is a state folder of the fuzzing's own, with one run in it. */
export function targets(folder: string, writeJournal: (text: string) => void): readonly Target[] {
  const journalTarget = async (random: Random): Promise<string> => {
    const text = mutated(random, [...journalLines, journalLines.join("")]);
    writeJournal(text);
    const [run] = await listRuns(folder);
    if (run === undefined) throw new Error("the run is not listed");
    return text;
  };
  return [
    { name: "redactor", share: 0.2, take: redactorTarget },
    { name: "error reader", share: 0.14, take: errorTarget },
    { name: "configuration", share: 0.1, take: configTarget },
    { name: "plan: changes, outputs, secrets, digest", share: 0.12, take: planTarget },
    { name: "plan: cost, practices, tags", share: 0.04, take: judgedPlanTarget },
    { name: "writers of reports", share: 0.08, take: writersTarget },
    { name: "terminal and annotations", share: 0.14, take: terminalTarget },
    { name: "SARIF, faber and conftest readers", share: 0.1, take: jsonReadersTarget },
    { name: "JUnit and TAP readers", share: 0.07, take: readersTarget },
    { name: "journal reader", share: 0.01, take: journalTarget },
  ];
}
