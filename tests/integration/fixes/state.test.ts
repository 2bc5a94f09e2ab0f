import { SQS } from "@aws-sdk/client-sqs";
import { readFile, stat } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostingSession } from "../../../handlers/hosting/contract.ts";
import { emulator as emulatorHosting } from "../../../handlers/hosting/emulator/handler.ts";
import { arrayAt, objectAt, stringAt } from "../../../src/core/json.ts";
import { state } from "../../../src/fixes/state.ts";
import { ministack, ownEmulator, settingOf, type Emulator } from "../hosting/setting.ts";
import { benchWith, offered, refusal, skipped, undo, type Bench } from "./workbench.ts";

const instance = (name: string, more: object = {}): object => ({
  mode: "managed",
  type: "aws_sqs_queue",
  name,
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [{ schema_version: 0, attributes: { id: `http://queue/${name}`, name }, ...more }],
});
const stateOf = (...resources: readonly object[]): string =>
  JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 4,
    lineage: "line",
    outputs: {},
    resources,
  });

const addressesIn = async ({ project }: Bench): Promise<readonly string[]> => {
  const stored = objectAt(JSON.parse(await project.read("terraform.tfstate")));
  return arrayAt(stored["resources"])
    .map(objectAt)
    .map(({ type, name }) => [type, name].map(stringAt).join("."));
};
const serialIn = async ({ project }: Bench): Promise<unknown> =>
  objectAt(JSON.parse(await project.read("terraform.tfstate")))["serial"];
const backupsIn = async ({ project }: Bench): Promise<readonly string[]> =>
  [...(await project.files(".faber/state-backups")).keys()].map((name) => project.path(name));

describe.skipIf(skipped !== undefined)("a state that is mended", () => {
  const opened = (text = stateOf(instance("jobs"))): Promise<Bench> =>
    benchWith({ files: { "main.tf": "", "terraform.tfstate": text } });

  test("calls a resource by its new name, and back again from the backup, as a newer version", async () => {
    const bench = await opened();
    const parameters = { from: "aws_sqs_queue.jobs", to: "aws_sqs_queue.mail" };
    const offer = offered(await bench.offer(state, { operation: "mv", parameters }));
    expect(offer.diff).toEqual(["- aws_sqs_queue.jobs", "+ aws_sqs_queue.mail"]);
    expect(await backupsIn(bench)).toEqual([]);
    const done = await offer.perform();
    expect(await addressesIn(bench)).toEqual(["aws_sqs_queue.mail"]);
    const [backup = ""] = await backupsIn(bench);
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    expect(objectAt(JSON.parse(await readFile(backup, "utf8")))["serial"]).toBe(4);
    await undo(done);
    expect(await addressesIn(bench)).toEqual(["aws_sqs_queue.jobs"]);
    expect(await serialIn(bench)).toBeGreaterThan(5);
  });

  test("is not moved onto what is there, nor from what is not", async () => {
    const bench = await opened(stateOf(instance("jobs"), instance("mail")));
    const move = async (from: string, to: string): Promise<string> =>
      refusal(await bench.offer(state, { operation: "mv", parameters: { from, to } }));
    expect(await move("aws_sqs_queue.jobs", "aws_sqs_queue.mail")).toContain("is in the state already");
    expect(await move("aws_sqs_queue.gone", "aws_sqs_queue.new")).toContain("is not in the state");
    expect(await serialIn(bench)).toBe(4);
  });

  test("says which provider its resources are of", async () => {
    const bench = await opened(
      stateOf({ ...instance("jobs"), provider: 'provider["registry.terraform.io/-/aws"]' }),
    );
    const parameters = { from: "registry.terraform.io/-/aws", to: "registry.terraform.io/hashicorp/aws" };
    const done = await offered(
      await bench.offer(state, { operation: "replace-provider", parameters }),
    ).perform();
    expect(await bench.project.read("terraform.tfstate")).toContain("registry.terraform.io/hashicorp/aws");
    await undo(done);
    expect(await bench.project.read("terraform.tfstate")).toContain("registry.terraform.io/-/aws");
  });

  test("keeps what was half made, only where it is so, and only by a person", async () => {
    const bench = await opened(stateOf(instance("jobs"), instance("half", { status: "tainted" })));
    const untaint = (address: string) =>
      bench.offer(state, { operation: "untaint", parameters: { address } });
    expect(refusal(await untaint("aws_sqs_queue.jobs"))).toContain("is not marked as tainted");
    const offer = offered(await untaint("aws_sqs_queue.half"));
    // Impact high: never unasked.
    expect(offer.impact ?? state({} as never).impact).toBe("high");
    await offer.perform();
    expect(await bench.project.read("terraform.tfstate")).not.toContain("tainted");
  });

  test("forgets nothing where nobody can be asked", async () => {
    const bench = await opened();
    const rm = await bench.offer(state, { operation: "rm", parameters: { address: "aws_sqs_queue.jobs" } });
    expect(refusal(rm)).toContain("nobody can be asked");
  });
});

describe.skipIf(
  (skipped ?? ministack) === undefined ? false : ministack === undefined || skipped !== undefined,
)("what a state forgets", () => {
  let emulator: Emulator;
  let session: HostingSession;
  let sqs: SQS;
  beforeAll(async () => {
    emulator = await ownEmulator(4751);
    const { endpoint } = emulator.place;
    session = await emulatorHosting.open(settingOf({ endpoint }));
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    sqs = new SQS({ endpoint, region: "us-east-1", credentials });
  });
  afterAll(async () => {
    sqs?.destroy();
    await emulator?.stop();
  });

  test("is only what its service says is gone, and it comes back with the backup", async () => {
    const { QueueUrl } = await sqs.createQueue({ QueueName: "jobs" });
    const bench = await benchWith({
      files: { "main.tf": "", "terraform.tfstate": stateOf(instance("jobs"), instance("other")) },
      hosting: session,
    });
    const rm = () => bench.offer(state, { operation: "rm", parameters: { address: "aws_sqs_queue.jobs" } });
    expect(refusal(await rm())).toBe(
      "it is not certain that it is gone: aws_sqs_queue.jobs is there (sqs:GetQueueUrl)",
    );
    await sqs.deleteQueue({ QueueUrl });
    const offer = offered(await rm());
    expect(offer.diff.join("\n")).toContain("sqs:GetQueueUrl says that it is gone");
    const done = await offer.perform();
    expect(await addressesIn(bench)).toEqual(["aws_sqs_queue.other"]);
    await undo(done);
    expect(await addressesIn(bench)).toEqual(["aws_sqs_queue.jobs", "aws_sqs_queue.other"]);
  });
});
