import { rm } from "node:fs/promises";
import { KMS } from "@aws-sdk/client-kms";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { SSM } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Existence, HostingSession, Inventory } from "../../../handlers/hosting/contract.ts";
import { emulator as emulatorHosting } from "../../../handlers/hosting/emulator/handler.ts";
import type { Resource } from "../../../src/core/resource.ts";
import { expired, faultProxy, throttled, tooMany, type FaultProxy } from "../../helpers/fault-proxy.ts";
import { account, named, rootOf } from "./live.ts";
import {
  faberErrorOf,
  ministack,
  newCaller,
  ownEmulator,
  settingOf,
  temporaryDir,
  type Emulator,
} from "./setting.ts";

const signal = new AbortController().signal;
const tags = { Project: "orders", Environment: "test" };

describe.skipIf(ministack === undefined)("what carries our tags", () => {
  let emulator: Emulator;
  let session: HostingSession;
  const find = async (
    wanted: Readonly<Record<string, string>>,
    regions?: readonly string[],
  ): Promise<Inventory> => {
    if (session.tagged === undefined) throw new Error("this session does not search by tags");
    return session.tagged(wanted, signal, regions);
  };
  beforeAll(async () => {
    emulator = await ownEmulator(4724);
    const root = rootOf(emulator.place.endpoint);
    session = await emulatorHosting.open(settingOf({ endpoint: emulator.place.endpoint }));
    await new SQS(root).createQueue({ QueueName: "ours", tags: { ...tags, Extra: "x" } });
    await new SQS(root).createQueue({ QueueName: "theirs", tags: { ...tags, Environment: "prod" } });
    await new SQS(root).createQueue({ QueueName: "nobodys" });
    await new SQS({ ...root, region: "eu-west-1" }).createQueue({ QueueName: "far", tags });
    const kms = new KMS(root);
    const { KeyMetadata } = await kms.createKey({
      Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    });
    await kms.scheduleKeyDeletion({ KeyId: KeyMetadata?.KeyId, PendingWindowInDays: 7 });
  });
  afterAll(async () => emulator.stop());

  it("is found by all of them, and what waits for its end is left out", async () => {
    const { resources, checked, unavailable } = await find(tags);
    expect(resources).toEqual([
      { arn: `arn:aws:sqs:us-east-1:${account}:ours`, tags: { ...tags, Extra: "x" } },
    ]);
    expect([checked, unavailable]).toEqual([["tag:GetResources in us-east-1"], []]);
  });

  it("is looked for in every region that is named", async () => {
    const { resources, checked } = await find(tags, ["eu-west-1", "us-east-1"]);
    expect(resources.map(({ arn }) => arn)).toContain(`arn:aws:sqs:eu-west-1:${account}:far`);
    expect(checked).toHaveLength(2);
  });

  it("is nothing where nothing carries them", async () =>
    expect((await find({ ...tags, Project: "none" })).resources).toEqual([]));
});

describe.skipIf(ministack === undefined)("an API that throttles, and credentials that expire", () => {
  let emulator: Emulator;
  const things: Resource[] = [];
  const count = 120;
  beforeAll(async () => {
    emulator = await ownEmulator(4720);
    const root = rootOf(emulator.place.endpoint);
    const [sns, ssm] = [new SNS(root), new SSM(root)];
    for (let nth = 0; nth < count / 2; nth += 1) {
      const { TopicArn = "" } = await sns.createTopic({ Name: `t${nth}` });
      await ssm.putParameter({ Name: `/p/${nth}`, Type: "String", Value: "x" });
      things.push(named(`t${nth}`, "aws_sns_topic", { arn: TopicArn }));
      things.push(named(`p${nth}`, "aws_ssm_parameter", { name: `/p/${nth}` }));
    }
  });
  afterAll(async () => emulator.stop());
  const through = (proxy: FaultProxy): Promise<HostingSession> =>
    emulatorHosting.open(settingOf({ endpoint: proxy.url }));

  it.each([
    ["ThrottlingException", throttled],
    ["429", tooMany],
  ])("finds everything when every second call is answered with %s", async (_, fault) => {
    const proxy = await faultProxy(emulator.place.endpoint, (nth, { method }) =>
      method === "POST" && nth % 2 === 0 ? fault : undefined,
    );
    const answers = await (await through(proxy)).exists(things, signal);
    expect(answers.filter(({ answer }) => answer !== "found")).toEqual([]);
    expect(proxy.asked()).toBeGreaterThan(count * 1.5);
  });

  it("asks once for each resource when nothing goes wrong", async () => {
    const proxy = await faultProxy(emulator.place.endpoint, () => undefined);
    const session = await through(proxy);
    const before = proxy.asked();
    await session.exists(things, signal);
    expect(proxy.asked() - before).toBe(count);
  });

  it("stops at expired credentials, and what was answered before is known", async () => {
    const proxy = await faultProxy(emulator.place.endpoint, (nth, { method }) =>
      method === "POST" && nth > 50 ? expired : undefined,
    );
    const session = await through(proxy);
    const seen: Existence[] = [];
    const error = await faberErrorOf(session.exists(things, signal, (answer) => void seen.push(answer)));
    expect([error.code, error.exit.code]).toEqual(["credentials-expired", 8]);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.every(({ answer }) => answer === "found")).toBe(true);
    // Nothing new was begun after it.
    expect(proxy.asked()).toBeLessThan(50 + 2 * 16);
    const look = session.posture?.(things, signal) ?? Promise.resolve();
    expect((await faberErrorOf(look)).exit.code).toBe(8);
  });
});

describe.skipIf(ministack === undefined)("a search that is refused", () => {
  it("says why, and is no error", async () => {
    const dir = await temporaryDir();
    const strict = await ownEmulator(4721, { AUTH: "true" });
    try {
      const { endpoint } = strict.place;
      const caller = await newCaller(endpoint, dir);
      const session = await emulatorHosting.open(settingOf({ endpoint, profile: "deployer" }, caller.env));
      const inventory = await session.tagged?.(tags, signal);
      expect([inventory?.resources, inventory?.checked]).toEqual([[], []]);
      expect(inventory?.unavailable[0]).toMatch(/^tag:GetResources in us-east-1: .*(denied|not authorized)/i);
    } finally {
      await strict.stop();
      await rm(dir, { recursive: true, force: true });
    }
  });
});
