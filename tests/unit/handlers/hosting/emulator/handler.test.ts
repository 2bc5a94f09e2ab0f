import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emulator } from "../../../../../handlers/hosting/emulator/handler.ts";
import { writeDummyProfiles } from "../../../../../handlers/hosting/emulator/dummy-profiles.ts";
import { emulatorKey, emulatorProcessEnv } from "../../../../../handlers/hosting/emulator/process-env.ts";
import { reachableAt } from "../../../../../handlers/hosting/emulator/reachable.ts";
import { emulatorEndpoint } from "../../../../../handlers/hosting/endpoints.ts";
import { faberErrorOf, settingOf } from "../../../../integration/hosting/setting.ts";

describe("an emulator's endpoint", () => {
  it.each([
    "https://sqs.us-east-1.amazonaws.com",
    "https://amazonaws.com",
    "https://S3.AMAZONAWS.COM.",
    "https://sts.cn-north-1.amazonaws.com.cn",
    "https://s3.eu-west-1.api.aws",
  ])("is never the real AWS: %s", async (endpoint) => {
    for (const profile of [{}, { profile: "deployer" }]) {
      const error = await faberErrorOf(emulator.open(settingOf({ endpoint, ...profile })));
      expect([error.code, error.exit.name]).toEqual(["endpoint-mixed", "wrong-usage"]);
    }
  });

  it.each(["4566", "ftp://x", "", "127.0.0.1:4566"])("is a URL: %j", async (endpoint) => {
    expect((await faberErrorOf(emulator.open(settingOf({ endpoint })))).code).toBe("endpoint-invalid");
  });

  it.each([
    ["http://localhost:4566/", "http://127.0.0.1:4566"],
    ["http://ministack:4566", "http://ministack:4566"],
    ["https://emulator.example/x", "https://emulator.example"],
  ])("%s is %s", (given, expected) => {
    expect(emulatorEndpoint(given)).toBe(expected);
  });
});

describe("the surroundings of a tool", () => {
  const profiles = { config: "/state/config", credentials: "/state/credentials" };
  const setting = {
    endpoint: "http://127.0.0.1:1",
    region: "eu-west-1",
    key: "test",
    profiles,
    profile: undefined,
  };

  it("hold the dummy identity alone", () => {
    const env = { PATH: "/bin", AWS_PROFILE: "prod", AWS_SESSION_TOKEN: "t", AWS_CONFIG_FILE: "/c" };
    expect(emulatorProcessEnv(env, setting)).toEqual({
      PATH: "/bin",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_CONFIG_FILE: "/state/config",
      AWS_SHARED_CREDENTIALS_FILE: "/state/credentials",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  it("hold the profile that was chosen by hand, and the files it is in", () => {
    const env = {
      AWS_ACCESS_KEY_ID: "AKIA",
      AWS_SECRET_ACCESS_KEY: "s",
      AWS_PROFILE: "prod",
      AWS_CONFIG_FILE: "/c",
    };
    expect(emulatorProcessEnv(env, { ...setting, profile: "deployer" })).toEqual({
      AWS_PROFILE: "deployer",
      AWS_CONFIG_FILE: "/c",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  it.each([
    [undefined, "test"],
    ["000000000000", "test"],
    ["111111111111", "111111111111"],
  ])("act as the root of account %s with key %s", (account, key) => {
    expect(emulatorKey(account)).toBe(key);
  });
});

describe("a URL that Terraform prints", () => {
  const at = "http://127.0.0.1:4566";
  it.each([
    [
      "https://abc123.execute-api.us-east-1.amazonaws.com/dev/orders?a=1",
      `${at}/_aws/execute-api/abc123/dev/orders?a=1`,
    ],
    ["https://abc123.execute-api.us-east-1.amazonaws.com", `${at}/_aws/execute-api/abc123/$default`],
    ["https://abc123.execute-api.us-east-1.amazonaws.com/", `${at}/_aws/execute-api/abc123/$default`],
    ["http://abc123.execute-api.localhost:4566", `${at}/_aws/execute-api/abc123/$default`],
    ["http://abc123.execute-api.localhost:4566/orders", `${at}/_aws/execute-api/abc123/orders`],
    [
      "wss://abc123.execute-api.eu-west-1.amazonaws.com/prod",
      "ws://127.0.0.1:4566/_aws/execute-api/abc123/prod",
    ],
    ["http://127.0.0.1:4566/000000000000/jobs", "http://127.0.0.1:4566/000000000000/jobs"],
    ["https://example.com/x", "https://example.com/x"],
    [
      "https://abc.execute-api.us-east-1.amazonaws.com.evil.example/x",
      "https://abc.execute-api.us-east-1.amazonaws.com.evil.example/x",
    ],
    ["not a url", "not a url"],
  ])("%s", (printed, reached) => {
    expect(reachableAt(at, printed)).toBe(reached);
  });
});

it("gives every profile that the root names the dummy keys", async () => {
  const root = await mkdtemp(join(tmpdir(), "faber-profiles-"));
  try {
    await writeFile(join(root, "main.tf"), 'provider "aws" {\n  profile = "prod-admin"\n}\n');
    await writeFile(join(root, "cdk.tf.json"), '{"provider":{"aws":[{"profile":"other"}]}}');
    const files = await writeDummyProfiles({
      root,
      stateDir: root,
      key: "111111111111",
      region: "eu-west-1",
    });
    const credentials = await readFile(files.credentials, "utf8");
    const sections = [...credentials.matchAll(/^\[(.+)\]\naws_access_key_id = 111111111111$/gm)].map(
      (match) => match[1],
    );
    expect(sections.toSorted((a, b) => (a ?? "").localeCompare(b ?? ""))).toEqual([
      "default",
      "other",
      "prod-admin",
    ]);
    expect(await readFile(files.config, "utf8")).toContain("[profile prod-admin]\nregion = eu-west-1");
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
