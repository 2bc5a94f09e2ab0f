import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { SSM } from "@aws-sdk/client-ssm";
import { emulator as emulatorHosting } from "../../handlers/hosting/emulator/handler.ts";
import { writeCliConfig } from "../../handlers/tools/cli-config.ts";
import { findProviderMirrors } from "../../handlers/tools/provider-mirrors.ts";
import { homeOf } from "../../handlers/tools/tool-dir.ts";
import { arrayAt, objectAt, type JsonObject } from "../../src/core/json.ts";
import type { Resource } from "../../src/core/resource.ts";
import { environment } from "../../tests/helpers/run-context.ts";
import { toolPath } from "../../tests/helpers/tools.ts";
import { median, row, time } from "./measure.ts";

const port = 4794;
const endpoint = `http://127.0.0.1:${port}`;
const region = "us-east-1";
const tags = { Project: "bench", Environment: "bench" };

/** What verifying costs: many resources through the API alone, and the whole phase on stacks/orders. */
export async function benchPostTests(faber: string, count = 500): Promise<readonly string[]> {
  if (toolPath("ministack") === undefined) return ["- post-tests: MiniStack is not here"];
  return [...(await manyResources(faber, count)), ...(await ordersPhase(faber))];
}

async function manyResources(faber: string, count: number): Promise<readonly string[]> {
  const dir = mkdtempSync(join(tmpdir(), "faber-bench-"));
  const control = (verb: string): void => {
    const where = ["--env=bench", "--hosting=emulator", `--endpoint=${endpoint}`, `--state-dir=${dir}`];
    time([process.execPath, faber, "emulator", verb, ...where], { cwd: dir });
  };
  control("start");
  const counter = await countingProxy();
  try {
    const resources = await make(count);
    const signal = new AbortController().signal;
    const session = await emulatorHosting.open({
      environment: environment({ name: "bench", project: "bench", endpoint: counter.url, region }),
      env: process.env,
      signal,
      say: () => undefined,
    });
    const existence = await timed(counter, () => session.exists(resources, signal));
    const missing = existence.value.filter(({ answer }) => answer !== "found").length;
    const posture = await timed(counter, async () => session.posture?.(resources, signal));
    const monitoring = await timed(counter, async () => session.monitoring?.(resources, signal));
    const inventory = await timed(counter, async () => session.tagged?.(tags, signal));
    const calls = existence.calls / count;
    return [
      row(
        `${count} resources verified through the API`,
        `${existence.seconds.toFixed(2)} s`,
        "≤ 15 s",
        existence.seconds <= 15 && missing === 0,
      ),
      row("API calls per resource to verify it", calls.toFixed(2), "≤ 2", calls <= 2),
      told(`their posture`, posture),
      told(`their alarms and logs`, monitoring),
      told(`everything that carries their tags`, inventory),
    ];
  } finally {
    counter.close();
    control("stop");
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Timing<T> {
  readonly value: T;
  readonly seconds: number;
  readonly calls: number;
}

function told(what: string, { seconds, calls }: Timing<unknown>): string {
  return `  ${what.padEnd(52)} ${`${seconds.toFixed(2)} s, ${calls} calls`.padStart(24)}`;
}

async function timed<T>(counter: Counter, work: () => Promise<T>): Promise<Timing<T>> {
  const before = counter.asked();
  const began = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - began) / 1_000, calls: counter.asked() - before };
}

/** A quarter each of queues, topics, parameters and log groups. */
async function make(count: number): Promise<readonly Resource[]> {
  const root = { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const clients = {
    sqs: new SQS(root),
    sns: new SNS(root),
    ssm: new SSM(root),
    logs: new CloudWatchLogs(root),
  };
  const made: Resource[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const name = `bench-${nth}`;
    if (nth % 4 === 0) {
      const { QueueUrl = "" } = await clients.sqs.createQueue({ QueueName: name, tags });
      made.push(resource("aws_sqs_queue", name, { name, id: QueueUrl, url: QueueUrl, tags_all: tags }));
    } else if (nth % 4 === 1) {
      const { TopicArn = "" } = await clients.sns.createTopic({ Name: name });
      made.push(resource("aws_sns_topic", name, { name, arn: TopicArn }));
    } else if (nth % 4 === 2) {
      await clients.ssm.putParameter({ Name: `/${name}`, Type: "String", Value: "x" });
      made.push(resource("aws_ssm_parameter", name, { name: `/${name}` }));
    } else {
      await clients.logs.createLogGroup({ logGroupName: `/${name}` });
      made.push(resource("aws_cloudwatch_log_group", name, { name: `/${name}` }));
    }
  }
  return made;
}

function resource(type: string, name: string, attributes: JsonObject): Resource {
  const provider = "registry.terraform.io/hashicorp/aws";
  return { address: `${type}.${name}`, type, name, provider, tainted: false, attributes };
}

interface Counter {
  readonly url: string;
  readonly asked: () => number;
  readonly close: () => void;
}

/** Counts what is asked on its way to the emulator. */
async function countingProxy(): Promise<Counter> {
  let asked = 0;
  const server = createServer((incoming, outgoing) => {
    asked += 1;
    const { method, url, headers } = incoming;
    const onwards = request({ hostname: "127.0.0.1", port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onwards.on("error", () => outgoing.destroy());
    incoming.pipe(onwards);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the counter has no address");
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${address.port}`, asked: () => asked, close };
}

/** The phase against the refresh-only plan that it may take as long as, and three seconds. */
async function ordersPhase(faber: string, runs = 3): Promise<readonly string[]> {
  const terraform = toolPath("terraform");
  if (terraform === undefined) return ["- post-tests of stacks/orders: Terraform is not here"];
  const base = mkdtempSync(join(tmpdir(), "faber-bench-"));
  const dir = join(base, "orders");
  const repository = resolve(import.meta.dirname, "../..");
  cpSync(join(repository, "stacks/orders"), dir, { recursive: true, filter: isSource });
  symlinkSync(join(repository, "node_modules"), join(base, "node_modules"));
  const settings = join(dir, "faber.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("127.0.0.1:4566", `127.0.0.1:${port}`));
  const inOrders = (...args: readonly string[]) =>
    time([process.execPath, faber, ...args, "--env=test", "--json"], { cwd: dir, codes: [0, 3, 6] });
  try {
    inOrders("deploy", "--yes");
    const env = await handEnv(base);
    const phases: number[] = [];
    const refreshes: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const report: JsonObject = objectAt(JSON.parse(inOrders("test", "--phase=post-deployment").stdout));
      // Its tests run side by side.
      phases.push(
        Math.max(...arrayAt(report["tests"]).map((one) => Number(objectAt(one)["duration_ms"]))) / 1_000,
      );
      const cwd = join(dir, "cdktf.out/stacks/orders");
      const variables = ["-var=environment=test", "-var=emulated=true"];
      refreshes.push(
        time([terraform, "plan", "-refresh-only", "-input=false", "-lock=false", ...variables], { cwd, env })
          .seconds,
      );
    }
    const [phase, refresh] = [median(phases), median(refreshes)];
    const value = `${phase.toFixed(1)} s (${refresh.toFixed(1)} s)`;
    return [
      row("post-tests of stacks/orders (refresh-only plan)", value, "≤ plan + 3 s", phase <= refresh + 3),
    ];
  } finally {
    inOrders("emulator", "stop");
    rmSync(base, { recursive: true, force: true });
  }
}

function isSource(path: string): boolean {
  return !/cdktf\.out|\.faber|tfstate/.test(path);
}

async function handEnv(base: string): Promise<NodeJS.ProcessEnv> {
  const home = homeOf(process.env);
  const { platform, arch } = process;
  const mirrors = await findProviderMirrors({ env: process.env, home, platform, arch });
  const config = await writeCliConfig({ env: process.env, home, mirrors, file: join(base, "cli.tfrc") });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: region,
    TF_WORKSPACE: "test",
    TF_CLI_CONFIG_FILE: config.file,
  };
  if (config.file === undefined) delete env["TF_CLI_CONFIG_FILE"];
  return env;
}
