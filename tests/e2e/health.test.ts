import { createServer, type RequestListener } from "node:http";
import { Lambda, waitUntilFunctionUpdatedV2 } from "@aws-sdk/client-lambda";
import { writeFile } from "node:fs/promises";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faber, startFaber, until, type FaberRun } from "../helpers/faber.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";
import { zipOf } from "../helpers/zip.ts";

if (noTerraform !== undefined) console.warn(`skipped: health after a deploy: ${noTerraform}`);

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no address");
  return `http://127.0.0.1:${address.port}`;
}

const settings = (url: string, ...lines: readonly string[]): string =>
  [
    "project: shop",
    "environments:",
    "  test:",
    `    variables: { word: "${url}" }`,
    "    health:",
    ...lines.map((line) => `      ${line}`),
  ].join("\n");

const deploy = (project: Project): Promise<FaberRun> =>
  faber(["deploy", "--env=test", "--yes", "--skip-tests", "--json"], { cwd: project.dir });
const verify = (project: Project): Promise<FaberRun> =>
  faber(["test", "--env=test", "--phase=post-deployment", "--json"], { cwd: project.dir });

describe.skipIf(noTerraform !== undefined)("after a deploy", () => {
  test("a health endpoint that fails ends with exit 6, and one that is well with 0", async () => {
    let status = 500;
    const url = await serve((_, response) => void response.writeHead(status).end("out of\u001b[31m orders"));
    const project = await projectFrom("words", {
      "faber.yaml": settings(
        url,
        '- { name: front, http: "{{outputs.word}}/health", tries: 2, interval: 0.1 }',
      ),
    });
    const failed = await deploy(project);
    expect(failed.code, failed.stderr).toBe(6);
    expect(failed.json()).toMatchObject({ exit: { name: "verification-failed" } });
    expect(await testNamed(project, "health_checks")).toMatchObject({
      status: "FAIL",
      checked: 1,
      healthy_resources: 0,
      unhealthy_resources: 1,
      findings: [
        {
          rule: "health-http",
          severity: "CRITICAL",
          address: "front",
          message: expect.stringMatching(
            /^status 500, not 200: out of\\u\{1b\}\[31m orders \(looked \d times\)$/,
          ),
          at: { file: "faber.yaml", line: 6 },
        },
      ],
    });
    status = 200;
    const well = await verify(project);
    expect(well.code, well.stderr).toBe(0);
    expect(testIn(well, "health_checks")).toMatchObject({ status: "PASS", healthy_resources: 1 });
  });

  test("an endpoint that comes up meanwhile is waited for, and seen before the interval is over", async () => {
    let asked = 0;
    let up = false;
    const url = await serve((_, response) => {
      asked += 1;
      response.writeHead(up ? 200 : 503).end();
    });
    const project = await projectFrom("words", {
      "faber.yaml": settings(url, '- { http: "{{outputs.word}}", tries: 3, interval: 30 }'),
    });
    const running = startFaber(["deploy", "--env=test", "--yes", "--skip-tests", "--json"], {
      cwd: project.dir,
    });
    await untilAsked(() => asked > 0);
    up = true;
    const ran = await running.ended;
    expect(ran.code, ran.stderr).toBe(0);
    const result = await testNamed(project, "health_checks");
    expect(result).toMatchObject({ status: "PASS", attempts: 2 });
    expect(Number(result["duration_ms"])).toBeLessThan(20_000);
  });

  test("a mistake in a check is an error of its own, not a sick system", async () => {
    const project = await projectFrom("words", {
      "faber.yaml": settings("http://127.0.0.1:1", '- { http: "{{outputs.wrod}}/health" }'),
    });
    const ran = await deploy(project);
    expect(ran.code, ran.stderr).toBe(6);
    expect(await testNamed(project, "health_checks")).toMatchObject({
      status: "ERROR",
      reason: 'http {{outputs.wrod}}/health cannot be asked: the stack has no output "wrod" (word?)',
    });
    await project.write({
      "faber.yaml": settings("x", "- { http: a, tcp: b }", "- { tcp: a, status: 200 }"),
    });
    const refused = await verify(project);
    expect(refused.code).toBe(64);
    expect(refused.stderr).toMatch(
      /faber\.yaml:6:\d+: environments\.test\.health\[0\] must have exactly one of http, tcp/,
    );
    expect(refused.stderr).toMatch(
      /faber\.yaml:7:\d+: environments\.test\.health\[1\]\.status is of no use with tcp/,
    );
  });

  test("a run that is stopped does not wait for what is down", async () => {
    const url = await serve((_, response) => void response.writeHead(503).end());
    const project = await projectFrom("words", {
      "faber.yaml": settings(url, '- { http: "{{outputs.word}}", tries: 10, interval: 60 }'),
    });
    await projectIsDeployed(project);
    let stop: (() => void) | undefined;
    // Told while the answer is on its way, and while the refresh begins: all of it has to end before the run does.
    const silent = await serve((_, response) => {
      stop?.();
      response.writeHead(503).end();
    });
    await project.write({ "faber.yaml": settings(url, `- { http: "${silent}", tries: 10, interval: 60 }`) });
    for (let run = 0; run < 5; run += 1) {
      const running = startFaber(["test", "--env=test", "--phase=post-deployment", "--json"], {
        cwd: project.dir,
      });
      stop = () => running.kill("SIGINT");
      const ran = await running.ended;
      expect(ran.code, ran.stderr).toBe(130);
    }
  });

  test("integration tests get the outputs, and their cases and coverage are judged", async () => {
    const project = await projectFrom("words", {
      "suite.mjs": `import { writeFileSync } from "node:fs";
        const ok = process.env.OUTPUT_WORD === "http://127.0.0.1:1/a" && process.env.ENDPOINT_WORD === process.env.OUTPUT_WORD;
        writeFileSync("out.xml", '<testsuites><testsuite name="s"><testcase name="told"' + (ok ? '/>' : '><failure message="not told"/></testcase>') + '</testsuite></testsuites>');
        writeFileSync("lcov.info", "SF:a.ts\\nDA:1,1\\nDA:2,0\\nLF:2\\nLH:1\\nend_of_record\\n");`,
      "faber.yaml": [
        "project: shop",
        'environments: { test: { variables: { word: "http://127.0.0.1:1/a" } } }',
        "integration:",
        "  command: [node, suite.mjs]",
        "  format: junit",
        "  report: out.xml",
        "  coverage: { report: lcov.info, format: lcov, min: 40 }",
      ].join("\n"),
    });
    const ran = await deploy(project);
    expect(ran.code, ran.stderr).toBe(0);
    expect(await testNamed(project, "integration_tests")).toMatchObject({
      status: "PASS",
      cases: { total: 1, passed: 1 },
      coverage: { lines_percent: 50, min: 40 },
    });
    await project.write({
      "faber.yaml": (await project.read("faber.yaml")).replace("min: 40", "min: 80"),
    });
    const low = await verify(project);
    expect(low.code).toBe(6);
    expect(testIn(low, "integration_tests")).toMatchObject({
      status: "FAIL",
      findings: [{ rule: "coverage", message: "50 % of lines are covered, fewer than 80 %" }],
    });
  });
});

const whyNoCloud = noTerraform ?? noEmulator;
const endpoint = useEmulator(4759);
const handler = (text: string): string => `export const handler = async () => { ${text} };\n`;
const well = handler('return { statusCode: 200, body: JSON.stringify({ status: "ok" }) }');

/** Each test goes on from where the one before it ended. */
describe.skipIf(whyNoCloud !== undefined)("on the emulator", { concurrent: false }, () => {
  let project: Project;
  let deployed: FaberRun;

  beforeAll(async () => {
    project = await projectFrom("front-door", {
      "faber.yaml": [
        "project: shop",
        "health_policy: { tries: 2, interval: 0.5 }",
        "environments:",
        "  test:",
        "    hosting: emulator",
        `    endpoint: ${endpoint}`,
        "    health:",
        '      - { name: front, http: "{{outputs.api_url}}/health", json: { status: ok } }',
        '      - { name: worker, lambda: "{{outputs.function_name}}", event: { any: thing } }',
      ].join("\n"),
    });
    await writeFile(project.path("front.zip"), zipOf("index.mjs", well));
    deployed = await deploy(project);
  });

  test("what was named and what was found are asked where they can be reached", async () => {
    expect(deployed.code, deployed.stderr).toBe(0);
    expect(await testNamed(project, "health_checks")).toMatchObject({
      status: "PASS",
      checked: 4,
      healthy_resources: 4,
    });
  });

  test("a function that crashes is caught by what it serves and by its test event", async () => {
    const lambda = new Lambda({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const FunctionName = "shop-front";
    const ZipFile = zipOf("index.mjs", handler('throw new Error("the table is gone")'));
    await lambda.updateFunctionCode({ FunctionName, ZipFile });
    await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 20, minDelay: 1 }, { FunctionName });
    const ran = await verify(project);
    expect(ran.code, ran.stderr).toBe(6);
    const result = testIn(ran, "health_checks");
    expect(result).toMatchObject({ status: "FAIL", healthy_resources: 2, unhealthy_resources: 2 });
    const messages = arrayAt(result["findings"]).map((found) => stringAt(objectAt(found)["message"]) ?? "");
    expect(messages.join("\n")).toContain("the table is gone");
    expect(messages.join("\n")).toMatch(/status 5\d\d, not 200/);
  });
});

async function projectIsDeployed(project: Project): Promise<void> {
  const yaml = await project.read("faber.yaml");
  await project.write({ "faber.yaml": yaml.slice(0, yaml.indexOf("    health:")) });
  const ran = await deploy(project);
  expect(ran.code, ran.stderr).toBe(0);
}

async function untilAsked(holds: () => boolean): Promise<void> {
  await until("the health endpoint is asked", holds);
}

/** A test of the newest post-deployment report. */
async function testNamed(project: Project, name: string): Promise<JsonObject> {
  const files = [...(await project.files(".faber/test-reports")).keys()].filter((file) =>
    file.endsWith("post-deployment.json"),
  );
  const newest = files.sort().at(-1);
  if (newest === undefined) throw new Error("there is no post-deployment report");
  return named(objectAt(JSON.parse(await project.read(newest))), name);
}

function testIn(ran: FaberRun, name: string): JsonObject {
  return named(ran.json(), name);
}

function named(report: JsonObject, name: string): JsonObject {
  return objectAt(arrayAt(report["tests"]).find((one) => objectAt(one)["name"] === name));
}
