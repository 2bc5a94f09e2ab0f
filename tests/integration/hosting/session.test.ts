import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emulatorStatus } from "../../../handlers/hosting/emulator/control.ts";
import { hostings } from "../../../handlers/hosting/registry.ts";
import { run } from "../../../src/process/run.ts";
import {
  faberErrorOf,
  ministack,
  ownEmulator,
  settingOf,
  surroundings,
  temporaryDir,
  type Emulator,
} from "./setting.ts";

const queue = {
  address: "aws_sqs_queue.jobs",
  type: "aws_sqs_queue",
  name: "jobs",
  provider: "registry.terraform.io/hashicorp/aws",
  tainted: false,
  attributes: { name: "jobs" },
};

describe.skipIf(ministack === undefined)("a session on an emulator", () => {
  let plain: Emulator;
  let strict: Emulator;
  let dir: string;
  beforeAll(async () => {
    dir = await temporaryDir();
    [plain, strict] = await Promise.all([ownEmulator(4722), ownEmulator(4723, { AUTH: "true" })]);
  });
  afterAll(async () => {
    await Promise.all([plain.stop(), strict.stop()]);
    await rm(dir, { recursive: true, force: true });
  });

  const open = async (...setting: Parameters<typeof settingOf>) =>
    hostings["emulator"]?.open(settingOf(...setting));

  it("identifies itself as the pinned account", async () => {
    const session = await open({
      endpoint: plain.place.endpoint,
      account: "111111111111",
      region: "eu-west-1",
    });
    expect(await session?.identify()).toEqual({
      account: "111111111111",
      arn: "arn:aws:iam::111111111111:root",
      region: "eu-west-1",
    });
  });

  it("refuses another account, naming both", async () => {
    const credentials = join(dir, "credentials-222");
    await writeFile(credentials, "[deployer]\naws_access_key_id = 222222222222\naws_secret_access_key = x\n");
    const session = await open(
      { endpoint: plain.place.endpoint, account: "111111111111", profile: "deployer" },
      { ...surroundings(), AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: join(dir, "none") },
    );
    const error = await faberErrorOf(session?.identify() ?? Promise.resolve());
    expect(error.code).toBe("wrong-account");
    expect(error.exit.name).toBe("credentials-or-permissions");
    expect(error.message).toBe(
      "the credentials belong to account 222222222222, but test is pinned to 111111111111",
    );
  });

  it("tells an access key that the cloud does not know, and keeps its secret to itself", async () => {
    const secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00";
    const credentials = join(dir, "credentials-wrong");
    await writeFile(
      credentials,
      `[deployer]\naws_access_key_id = AKIAQQQQQQQQQQQQQQQQ\naws_secret_access_key = ${secret}\n`,
    );
    const session = await open(
      { endpoint: strict.place.endpoint, profile: "deployer" },
      { ...surroundings(), AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: join(dir, "none") },
    );
    const error = await faberErrorOf(session?.identify() ?? Promise.resolve());
    expect(error.code).toBe("credentials-invalid");
    expect(error.why).toContain("InvalidClientTokenId");
    expect(error.hints.join()).toContain("deployer");
    expect([error.message, error.why, ...error.hints].join()).not.toContain(secret);
    expect(session?.secrets).toEqual([secret]);
  });

  it("tells a wrong secret", async () => {
    const { IAM } = await import("@aws-sdk/client-iam");
    const root = { accessKeyId: "test", secretAccessKey: "test" };
    const iam = new IAM({ endpoint: strict.place.endpoint, region: "us-east-1", credentials: root });
    await iam.createUser({ UserName: "deployer" });
    const made = await iam.createAccessKey({ UserName: "deployer" });
    const credentials = join(dir, "credentials-secret");
    await writeFile(
      credentials,
      `[deployer]\naws_access_key_id = ${made.AccessKey?.AccessKeyId}\naws_secret_access_key = not-the-secret\n`,
    );
    const session = await open(
      { endpoint: strict.place.endpoint, profile: "deployer" },
      { ...surroundings(), AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_CONFIG_FILE: join(dir, "none") },
    );
    const error = await faberErrorOf(session?.identify() ?? Promise.resolve());
    expect(error.code).toBe("credentials-invalid");
    expect(error.why).toContain("SignatureDoesNotMatch");
  });

  it("tells a profile that is not there", async () => {
    const session = await open(
      { endpoint: plain.place.endpoint, profile: "nobody" },
      {
        ...surroundings(),
        AWS_SHARED_CREDENTIALS_FILE: join(dir, "none"),
        AWS_CONFIG_FILE: join(dir, "none"),
      },
    );
    const error = await faberErrorOf(session?.identify() ?? Promise.resolve());
    expect(error.code).toBe("credentials-missing");
    expect(error.message).toContain("nobody");
  });

  it("hands a child process nothing of the caller's identity", async () => {
    const session = await open(
      { endpoint: "http://localhost:4722" },
      {
        ...surroundings(),
        AWS_ACCESS_KEY_ID: "AKIAREALREALREALREAL",
        AWS_PROFILE: "prod",
        AWS_ENDPOINT_URL_S3: "http://x",
      },
    );
    const child = await run([process.execPath, "-e", "console.log(JSON.stringify(process.env))"], {
      env: session?.processEnv ?? {},
    });
    const seen = JSON.parse(child.stdout) as Record<string, string>;
    expect(Object.fromEntries(Object.entries(seen).filter(([name]) => name.startsWith("AWS_")))).toEqual({
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: expect.stringMatching(/\/emulator\/aws-config-test$/),
      AWS_SHARED_CREDENTIALS_FILE: expect.stringMatching(/\/emulator\/aws-credentials-test$/),
      AWS_ENDPOINT_URL: "http://127.0.0.1:4722",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  it("says that the endpoint is down when the emulator was killed", async () => {
    const doomed = await ownEmulator(4724);
    const session = await open({ endpoint: doomed.place.endpoint, stateDir: doomed.place.stateDir });
    const status = await emulatorStatus(doomed.place);
    process.kill(status.pid ?? 0, "SIGKILL");
    await expect.poll(async () => (await emulatorStatus(doomed.place)).running).toBe(false);
    const identify = await faberErrorOf(session?.identify() ?? Promise.resolve());
    expect(identify.code).toBe("endpoint-down");
    expect(identify.message).toContain("http://127.0.0.1:4724");
    const signal = new AbortController().signal;
    const exists = await faberErrorOf(session?.exists([queue], signal) ?? Promise.resolve());
    expect(exists.code).toBe("endpoint-down");
    await doomed.stop();
  });

  it("stops asking when it is interrupted", async () => {
    const session = await open({ endpoint: plain.place.endpoint });
    const error = await faberErrorOf(session?.exists([queue], AbortSignal.abort()) ?? Promise.resolve());
    expect(error.exit.name).toBe("interrupted");
  });
});
