import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { afterAll, beforeAll } from "vitest";
import { temporaryFolder } from "./project.ts";
import { toolPath } from "./tools.ts";

/** An account whose emulator checks signatures and policies, with somebody who deploys and somebody who grants. */
export interface GuardedAccount {
  readonly endpoint: string;
  /** As root. */
  readonly iam: IAM;
  /** Variables that name the AWS files with the profiles `deployer`, `grantor`, `root` and `elsewhere` (another account). */
  readonly env: Readonly<Record<string, string>>;
  /** Sets what the deploy user may do, beyond what faber granted. */
  readonly allow: (statements: readonly object[]) => Promise<void>;
  /** Makes a session of a role that trusts the deploy user: the profile `session`. A policy confines it. */
  readonly assume: (RoleArn: string, policy?: string) => Promise<void>;
  /** Makes everything in the account new, the users included. */
  readonly reset: () => Promise<void>;
}

export const deployerArn = "arn:aws:iam::000000000000:user/deployer";
export const whoAmI = { Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" };

/** What docs/permissions.md asks for, as far as the emulator has it. */
const grantorRights = {
  Effect: "Allow",
  Action: [
    "iam:*Policy",
    "iam:*PolicyVersion",
    "iam:*Policies",
    "iam:*PolicyVersions",
    "iam:GetRole",
    "iam:GetUser",
    "iam:SimulatePrincipalPolicy",
    "sts:GetCallerIdentity",
  ],
  Resource: "*",
};

/** A MiniStack of this test file alone, with AUTH=true. */
export function useGuardedAccount(port: number): GuardedAccount {
  const endpoint = `http://127.0.0.1:${port}`;
  const root = { accessKeyId: "test", secretAccessKey: "test" };
  const iam = new IAM({ endpoint, region: "us-east-1", credentials: root });
  const env: Record<string, string> = {};
  let profiles: readonly string[] = [];
  let deployer = root;
  const writeProfiles = (more: readonly string[] = []): Promise<void> =>
    writeFile(join(dir, "credentials"), [...profiles, ...more].join("\n"));
  let daemon: ChildProcess | undefined;
  let dir = "";
  const allow = async (statements: readonly object[]): Promise<void> => {
    const PolicyDocument = documentOf([whoAmI, ...statements]);
    await iam.putUserPolicy({ UserName: "deployer", PolicyName: "own", PolicyDocument });
  };
  const reset = async (): Promise<void> => {
    await fetch(`${endpoint}/_ministack/reset`, { method: "POST" });
    deployer = await makeUser(iam, "deployer", [whoAmI]);
    const grantor = await makeUser(iam, "grantor", [grantorRights]);
    profiles = [
      profileText("root", root),
      // Twelve digits are the root key of that account.
      profileText("elsewhere", { accessKeyId: "222222222222", secretAccessKey: "any" }),
      profileText("deployer", deployer),
      profileText("grantor", grantor),
    ];
    await writeProfiles();
  };
  const assume = async (RoleArn: string, Policy?: string): Promise<void> => {
    await allow([{ Effect: "Allow", Action: "sts:AssumeRole", Resource: RoleArn }]);
    const sts = new STS({ endpoint, region: "us-east-1", credentials: deployer });
    const more = Policy === undefined ? {} : { Policy };
    const { Credentials } = await sts.assumeRole({ RoleArn, RoleSessionName: "build-1", ...more });
    sts.destroy();
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
    await writeProfiles([`${profileText("session", keys)}aws_session_token = ${SessionToken}\n`]);
  };
  beforeAll(async () => {
    const program = toolPath("ministack");
    if (program === undefined) return;
    dir = await temporaryFolder();
    await mkdir(join(dir, "work"));
    await writeFile(join(dir, "config"), "");
    env["AWS_SHARED_CREDENTIALS_FILE"] = join(dir, "credentials");
    env["AWS_CONFIG_FILE"] = join(dir, "config");
    const { PATH = "", HOME = "" } = process.env;
    daemon = spawn(program, [], {
      cwd: join(dir, "work"),
      env: {
        PATH,
        HOME,
        GATEWAY_PORT: String(port),
        BIND_HOST: "127.0.0.1",
        AUTH: "true",
        TMPDIR: join(dir, "work"),
      },
      stdio: "ignore",
    });
    await untilHealthy(endpoint);
    await reset();
  });
  afterAll(async () => {
    iam.destroy();
    const ended = daemon && new Promise((resolve) => daemon?.once("close", resolve));
    daemon?.kill("SIGTERM");
    await ended;
    await rm(dir, { recursive: true, force: true });
  });
  return { endpoint, iam, env, allow, assume, reset };
}

interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

async function makeUser(iam: IAM, UserName: string, statements: readonly object[]): Promise<KeyPair> {
  await iam.createUser({ UserName });
  await iam.putUserPolicy({ UserName, PolicyName: "own", PolicyDocument: documentOf(statements) });
  const { AccessKey } = await iam.createAccessKey({ UserName });
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
}

export function documentOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function profileText(name: string, { accessKeyId, secretAccessKey }: KeyPair): string {
  return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}

async function untilHealthy(endpoint: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await wait(50);
  }
  throw new Error(`no emulator at ${endpoint}`);
}

/** A function's package: `index.mjs` with a handler that says `done`. */
export const functionPackage = Buffer.from(
  "UEsDBBQAAAAAAAAAIVxzoRa+KwAAACsAAAAJAAAAaW5kZXgubWpzZXhwb3J0IGNvbnN0IGhhbmRsZXIgPSBhc3luYyAoKSA9PiAiZG9uZSI7ClBLAQIUAxQAAAAAAAAAIVxzoRa+KwAAACsAAAAJAAAAAAAAAAAAAACkAQAAAABpbmRleC5tanNQSwUGAAAAAAEAAQA3AAAAUgAAAAAA",
  "base64",
);
