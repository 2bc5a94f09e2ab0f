import { rm } from "node:fs/promises";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HostingSession } from "../../../handlers/hosting/contract.ts";
import { emulator as emulatorHosting } from "../../../handlers/hosting/emulator/handler.ts";
import { absentTwin, makeCorpus, resourceOf, type Specimen } from "./corpus.ts";
import {
  ministack,
  newCaller,
  ownEmulator,
  settingOf,
  temporaryDir,
  type Caller,
  type Emulator,
} from "./setting.ts";

describe.skipIf(ministack === undefined)("asking the cloud's own API what exists", () => {
  let emulator: Emulator;
  let session: HostingSession;
  let corpus: readonly Specimen[];
  const signal = new AbortController().signal;
  beforeAll(async () => {
    emulator = await ownEmulator(4725);
    corpus = await makeCorpus(emulator.place.endpoint);
    session = await emulatorHosting.open(settingOf({ endpoint: emulator.place.endpoint }));
  });
  afterAll(async () => emulator.stop());

  it("finds one of everything", async () => {
    const answers = await session.exists(
      corpus.map((specimen) => specimen.resource),
      signal,
    );
    expect(answers.filter((answer) => answer.answer !== "found")).toEqual([]);
    expect(answers).toHaveLength(corpus.length);
    expect(corpus.length).toBeGreaterThanOrEqual(65);
  });

  it("misses everything that is not there", async () => {
    const answers = await session.exists(corpus.map(absentTwin), signal);
    expect(answers.filter((answer) => answer.answer !== "missing")).toEqual([]);
  });

  it("misses what was deleted behind Terraform's back, in the order of the questions", async () => {
    const sqs = new SQS({
      endpoint: emulator.place.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const kept = resourceOf("aws_sqs_queue", { name: "jobs" });
    const { QueueUrl } = await sqs.createQueue({ QueueName: "short-lived" });
    const doomed = resourceOf("aws_sqs_queue", { name: "short-lived" });
    expect((await session.exists([doomed], signal))[0]?.answer).toBe("found");
    await sqs.deleteQueue({ QueueUrl });
    const answers = await session.exists([kept, doomed, kept], signal);
    expect(answers.map((answer) => answer.answer)).toEqual(["found", "missing", "found"]);
    expect(answers[1]).toMatchObject({ by: "sqs:GetQueueUrl", address: "aws_sqs_queue.it" });
  });

  it("looks in the region of the resource", async () => {
    const queue = resourceOf("aws_sqs_queue", {
      name: "jobs",
      arn: "arn:aws:sqs:eu-west-1:000000000000:jobs",
    });
    expect((await session.exists([queue], signal))[0]?.answer).toBe("missing");
  });

  it("says what it cannot ask for, and why", async () => {
    const answers = await session.exists(
      [
        resourceOf("random_pet", { id: "x" }, "random"),
        resourceOf("aws_guardduty_detector", { id: "x" }),
        resourceOf("aws_sqs_queue", {}),
      ],
      signal,
    );
    expect(answers.map(({ answer, cloudless }) => [answer, cloudless])).toEqual([
      ["unverifiable", true],
      ["unverifiable", undefined],
      ["unknown", undefined],
    ]);
    expect(answers[2]?.why).toBe("the state holds no name");
  });

  it("asks for 300 things in bounded time", async () => {
    const many = Array.from({ length: 300 }, () => resourceOf("aws_sqs_queue", { name: "jobs" }));
    const answers = await session.exists(many, signal);
    expect(answers.every((answer) => answer.answer === "found")).toBe(true);
  });
});

/** MiniStack checks signatures and policies here, so that a wrongly signed call would be told. */
describe.skipIf(ministack === undefined)("asking a cloud that checks who asks", () => {
  let strict: Emulator;
  let session: HostingSession;
  let corpus: readonly Specimen[];
  let caller: Caller;
  let dir: string;
  const signal = new AbortController().signal;
  const ask = (): ReturnType<HostingSession["exists"]> =>
    session.exists(
      corpus.map((specimen) => specimen.resource),
      signal,
    );
  beforeAll(async () => {
    dir = await temporaryDir();
    strict = await ownEmulator(4726, { AUTH: "true" });
    const { endpoint } = strict.place;
    corpus = await makeCorpus(endpoint);
    caller = await newCaller(endpoint, dir);
    session = await emulatorHosting.open(settingOf({ endpoint, profile: "deployer" }, caller.env));
  });
  afterAll(async () => {
    await strict.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it("does not know what it may not ask for, and finds it when it may", async () => {
    const refused = await ask();
    expect(refused.filter(({ answer }) => answer !== "unknown")).toEqual([]);
    // The answer to HEAD has no words.
    const said = refused.filter(({ by }) => !by?.startsWith("s3:Head"));
    expect(said.filter(({ why }) => !/denied|not authorized/i.test(why ?? ""))).toEqual([]);
    await caller.permitAll();
    expect((await ask()).filter((answer) => answer.answer !== "found")).toEqual([]);
  });
});
