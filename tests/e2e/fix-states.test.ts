import { DeleteQueueCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, describe, expect, test } from "vitest";
import { arrayAt, objectAt } from "../../src/core/json.ts";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faultProxy } from "../helpers/fault-proxy.ts";
import { agree, deploy, deployAtTerminal, flat, onEmulator, settings } from "../helpers/fixing.ts";
import { projectFrom } from "../helpers/project.ts";
import { serveState } from "../helpers/state-server.ts";
import { keys, noTerminal } from "../helpers/terminal.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noTerminal;
if (why !== undefined) console.warn(`skipped: states that are mended: ${why}`);

describe.skipIf(why !== undefined)("a state that the backend did not take", () => {
  test("is stored once it does, and nothing is made again", async () => {
    const server = await serveState();
    const backend = `{ address: ${server.url}, lock_address: ${server.url}, unlock_address: ${server.url}, retry_max: 0 }`;
    const project = await projectFrom("words", {
      "faber.yaml": settings(`backend: ${backend}`),
      "backend.tf": 'terraform {\n  backend "http" {}\n}\n',
    });
    server.refuseWrites(true);
    const failed = await deploy(project);
    expect(failed.code, failed.stderr).toBe(5);
    expect(project.has("errored.tfstate")).toBe(true);
    // Another deploy must not plan over the older state.
    const second = await deploy(project);
    expect(second.code, second.stderr).not.toBe(0);
    expect(flat(second)).toContain("the newest state lies in errored.tfstate");

    server.refuseWrites(false);
    const terminal = deployAtTerminal(project);
    await terminal.expectText("Apply push-errored-state");
    terminal.type(`d${keys.enter}`);
    await terminal.expectText("of the same lineage");
    await agree(terminal, "push-errored-state");
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(objectAt(JSON.parse(server.state()))["outputs"]).toMatchObject({ word: { value: "hello" } });
    expect(project.has("errored.tfstate.pushed")).toBe(true);
    expect(terminal.screen()).toMatch(/nothing to do|No changes|0 to add/);
  });

  test.each([
    ["of another lineage", { lineage: "another", serial: 99 }, "is of another lineage (another)"],
    ["older than what is stored", { serial: 0 }, "is not newer (serial 0)"],
  ])("and is %s is not pushed", async (_what, change, reason) => {
    const project = await projectFrom("words", {
      "faber.yaml": settings(""),
      "main.tf":
        'resource "terraform_data" "word" {\n  provisioner "local-exec" {\n    command = "echo \'Error: Failed to save state: see errored.tfstate\' >&2; [ -e fine ]"\n  }\n}\n',
      fine: "",
    });
    expect((await deploy(project)).code).toBe(0);
    const stored = objectAt(JSON.parse(await project.read("terraform.tfstate")));
    await project.write({ "errored.tfstate": JSON.stringify({ ...stored, ...change }) });
    await project.write({
      "main.tf": (await project.read("main.tf")).replace('"word"', '"other"').replace("fine", "not-there"),
    });
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(5);
    expect(flat(run)).toContain(reason);
    expect(project.has("errored.tfstate")).toBe(true);
  });
});

describe.skipIf(why !== undefined)("a changed backend", () => {
  test("is taken up only where no state stays behind", async () => {
    const at = (name: string) => ({
      "backend.tf": `terraform {\n  backend "local" {\n    path = "${name}.tfstate"\n  }\n}\n`,
    });
    const project = await projectFrom("words", { "faber.yaml": settings(""), ...at("one") });
    const first = await deploy(project);
    expect(first.code, first.stderr).toBe(0);
    await project.write(at("two"));
    const refused = await deploy(project);
    expect(refused.code, refused.stderr).not.toBe(0);
    expect(flat(refused)).toContain("1 resource would be left behind in local (path one.tfstate)");
    expect(flat(refused)).toContain("-migrate-state");

    await project.write({ "two.tfstate": await project.read("one.tfstate") });
    const terminal = deployAtTerminal(project);
    await agree(terminal, "init-reconfigure");
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(terminal.screen()).toContain("initialised for local (path two.tfstate)");
  });
});

const whyNoCloud = why ?? noEmulator;

describe.skipIf(whyNoCloud !== undefined)("a thing that somebody deletes while it is changed", () => {
  const endpoint = useEmulator(4752);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const sqs = new SQSClient({ endpoint, region: "us-east-1", credentials });
  afterAll(() => sqs.destroy());

  test("is taken notice of after a copy of the state was kept, and made again", async () => {
    let armed = false;
    const proxy = await faultProxy(endpoint, (_nth, { headers }) => {
      if (!armed || headers["x-amz-target"] !== "AmazonSQS.SetQueueAttributes") return undefined;
      armed = false;
      void sqs
        .send(new GetQueueUrlCommand({ QueueName: "shop-jobs" }))
        .then(({ QueueUrl }) => sqs.send(new DeleteQueueCommand({ QueueUrl })));
      return { slowMs: 1_000 };
    });
    const queue = (seconds: number): string =>
      `provider "aws" {\n  max_retries = 1\n}\nresource "aws_sqs_queue" "jobs" {\n  name                       = "shop-jobs"\n  visibility_timeout_seconds = ${seconds}\n}\n`;
    const project = await projectFrom("words", {
      "main.tf": queue(30),
      "faber.yaml": settings(onEmulator(proxy.url, "ask")),
    });
    expect((await deploy(project)).code).toBe(0);
    await project.write({ "main.tf": queue(60) });
    armed = true;
    const terminal = deployAtTerminal(project);
    await terminal.expectText("Apply state: take aws_sqs_queue.jobs out of the state", 240_000);
    terminal.type(`n${keys.enter}`);
    await agree(terminal, "state: take notice of aws_sqs_queue.jobs");
    // --yes was said of a change; what has become of it makes the queue anew.
    await agree(terminal, "plan ");
    expect(await terminal.ended, terminal.screen()).toBe(0);
    expect(terminal.screen()).toContain("the state before it:");
    const backups = [...(await project.files(".faber/state-backups")).entries()];
    expect(backups.map(([, mode]) => mode)).toEqual([0o600]);
    const kept = objectAt(JSON.parse(await project.read(backups[0]?.[0] ?? "")));
    expect(arrayAt(kept["resources"])).toHaveLength(1);
    expect(await sqs.send(new GetQueueUrlCommand({ QueueName: "shop-jobs" }))).toHaveProperty("QueueUrl");
  });
});
