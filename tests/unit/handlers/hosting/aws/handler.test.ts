import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aws } from "../../../../../handlers/hosting/aws/handler.ts";
import { faberErrorOf, settingOf } from "../../../../integration/hosting/setting.ts";

const keys = {
  AWS_ACCESS_KEY_ID: "AKIAQQQQQQQQQQQQQQQQ",
  AWS_SECRET_ACCESS_KEY: "0123456789012345678901234567890123456789",
};
let dir: string;
let files: { readonly AWS_SHARED_CREDENTIALS_FILE: string; readonly AWS_CONFIG_FILE: string };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-aws-"));
  files = { AWS_SHARED_CREDENTIALS_FILE: join(dir, "credentials"), AWS_CONFIG_FILE: join(dir, "config") };
  await writeFile(
    files.AWS_CONFIG_FILE,
    [
      "[profile deployer]",
      "region = eu-central-1",
      "aws_access_key_id = AKIAPPPPPPPPPPPPPPPP",
      "aws_secret_access_key = y",
      "[profile local]",
      "region = us-east-1",
      "endpoint_url = http://127.0.0.1:4566",
      "[profile mixed]",
      "region = us-east-1",
      "services = odd",
      "[services odd]",
      "s3 =",
      "  endpoint_url = http://127.0.0.1:9000",
      "[profile dummy]",
      "region = us-east-1",
      "aws_access_key_id = test",
      "aws_secret_access_key = test",
    ].join("\n"),
  );
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

const region = "us-east-1";

describe("what the real AWS is never opened with", () => {
  it.each([
    ["endpoint-mixed", { ...keys, AWS_ENDPOINT_URL: "http://127.0.0.1:4566" }, {}],
    ["endpoint-mixed", { ...keys, AWS_ENDPOINT_URL_STS: "https://sts.example.com" }, {}],
    ["endpoint-mixed", { ...keys, AWS_ENDPOINT_URL: "https://amazonaws.com.evil.example" }, {}],
    ["endpoint-mixed", { ...keys, AWS_ENDPOINT_URL: "https://notamazonaws.com" }, {}],
    ["endpoint-mixed", { ...keys, AWS_S3_ENDPOINT: "localhost:9000" }, {}],
    ["endpoint-mixed", {}, { profile: "local" }],
    ["endpoint-mixed", {}, { profile: "mixed" }],
    ["dummy-credentials", { ...keys, AWS_ACCESS_KEY_ID: "test" }, {}],
    ["dummy-credentials", { ...keys, AWS_ACCESS_KEY_ID: "Mock" }, {}],
    ["dummy-credentials", { ...keys, AWS_ACCESS_KEY_ID: "123456789012" }, {}],
  ])("%s: %j %j", async (code, env, changes) => {
    const error = await faberErrorOf(
      aws.open(settingOf({ hosting: "aws", region, ...changes }, { ...files, ...env })),
    );
    expect(error.code).toBe(code);
    expect(error.message).not.toContain(keys.AWS_SECRET_ACCESS_KEY);
    expect(error.hints.length).toBeGreaterThan(0);
  });

  it("refuses a profile's dummy keys when they are known", async () => {
    const session = await aws.open(settingOf({ hosting: "aws", profile: "dummy" }, files));
    expect((await faberErrorOf(session.identify())).code).toBe("dummy-credentials");
  });

  it.each([
    "https://sqs.us-east-1.amazonaws.com",
    "https://vpce-1-x.sts.eu-west-1.vpce.amazonaws.com",
    "https://s3.eu-west-1.api.aws",
    "https://sts.cn-north-1.amazonaws.com.cn",
  ])("takes AWS's own endpoint %s", async (url) => {
    const session = await aws.open(
      settingOf({ hosting: "aws", region }, { ...files, ...keys, AWS_ENDPOINT_URL: url }),
    );
    expect(session.processEnv["AWS_ENDPOINT_URL"]).toBe(url);
  });
});

describe("the region", () => {
  it.each([
    ["faber.yaml's first", { region: "eu-west-1" }, { AWS_REGION: "us-west-2" }, "eu-west-1"],
    ["AWS_REGION", {}, { AWS_REGION: "us-west-2", AWS_DEFAULT_REGION: "x" }, "us-west-2"],
    ["AWS_DEFAULT_REGION", {}, { AWS_REGION: "", AWS_DEFAULT_REGION: "us-west-1" }, "us-west-1"],
    ["the profile's", { profile: "deployer" }, {}, "eu-central-1"],
  ])("is %s", async (_, changes, env, expected) => {
    const session = await aws.open(settingOf({ hosting: "aws", ...changes }, { ...files, ...keys, ...env }));
    expect(session.processEnv).toMatchObject({ AWS_REGION: expected, AWS_DEFAULT_REGION: expected });
  });

  it("must be known", async () => {
    const error = await faberErrorOf(aws.open(settingOf({ hosting: "aws" }, { ...files, ...keys })));
    expect([error.code, error.exit.name]).toEqual(["region-missing", "wrong-usage"]);
  });
});

describe("one identity for every program", () => {
  it("drops the caller's keys for a chosen profile", async () => {
    const env = { ...files, ...keys, AWS_SESSION_TOKEN: "z", AWS_PROFILE: "other", PATH: "/bin" };
    const session = await aws.open(settingOf({ hosting: "aws", profile: "deployer" }, env));
    expect(session.processEnv).toEqual({
      ...files,
      PATH: "/bin",
      AWS_PROFILE: "deployer",
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "eu-central-1",
    });
  });

  it("drops the caller's profile for the caller's keys, and keeps their secret", async () => {
    const session = await aws.open(
      settingOf({ hosting: "aws", region }, { ...files, ...keys, AWS_PROFILE: "other" }),
    );
    expect(session.processEnv["AWS_PROFILE"]).toBeUndefined();
    expect(session.processEnv["AWS_ACCESS_KEY_ID"]).toBe(keys.AWS_ACCESS_KEY_ID);
    expect(session.secrets).toEqual([keys.AWS_SECRET_ACCESS_KEY]);
  });

  it("says which profile gives no credentials", async () => {
    const session = await aws.open(settingOf({ hosting: "aws", region, profile: "nobody" }, files));
    const error = await faberErrorOf(session.identify());
    expect([error.code, error.exit.name]).toEqual(["credentials-missing", "credentials-or-permissions"]);
    expect(error.message).toContain("nobody");
  });
});
