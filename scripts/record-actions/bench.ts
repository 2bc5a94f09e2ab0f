import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, stopEmulator } from "../../handlers/hosting/emulator/control.ts";
import { writeCliConfig } from "../../handlers/tools/cli-config.ts";
import { findProviderMirrors } from "../../handlers/tools/provider-mirrors.ts";
import { isObject, type JsonObject } from "../../src/core/json.ts";
import { run } from "../../src/process/run.ts";
import { zipOf } from "./zip.ts";

/** The provider that is recorded. Another version is another recording. */
export const providerVersion = "5.100.0";
export const region = "us-east-1";

/** An emulator of its own, and what Terraform needs to run against it. */
export interface Bench {
  readonly endpoint: string;
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly terraform: string;
  readonly stop: () => Promise<void>;
}

export interface BenchOptions {
  readonly port: number;
  readonly ministack: string;
  readonly terraform: string;
  /** MiniStack's own variables, e.g. AUTH. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Keys {
  readonly id: string;
  readonly secret: string;
}

/** A root laid out in a folder, with the keys that it runs with. */
export interface Workplace {
  readonly name: string;
  readonly dir: string;
  /** Its own account: names of one root do not meet those of another. */
  readonly account: string;
}

export async function openBench(options: BenchOptions): Promise<Bench> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), "faber-record-")));
  const home = homedir();
  const { platform, arch } = process;
  const mirrors = await findProviderMirrors({ env: process.env, home, platform, arch });
  const config = await writeCliConfig({ env: {}, home, mirrors, file: join(dir, "cli.tfrc") });
  const endpoint = `http://127.0.0.1:${options.port}`;
  const place = {
    endpoint,
    stateDir: join(dir, "emulator"),
    program: options.ministack,
    env: process.env,
    signal: new AbortController().signal,
    say: () => undefined,
    settings: options.settings ?? {},
  };
  await startEmulator(place);
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    ...(config.file === undefined ? {} : { TF_CLI_CONFIG_FILE: config.file }),
  };
  return {
    endpoint,
    dir,
    env,
    terraform: options.terraform,
    stop: async () => {
      await stopEmulator(place);
      await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A folder with the root, the provider's settings, and code to upload; initialised. */
export async function layOut(bench: Bench, root: string, account: string): Promise<Workplace> {
  const name = root.replace(/^.*\/|\.tf$/g, "");
  const dir = join(bench.dir, `${name}-${account}`);
  await mkdir(dir);
  await cp(root, join(dir, "main.tf"));
  await writeFile(join(dir, "settings.tf"), settings);
  await writeFile(join(dir, "code.zip"), zipOf("index.js", "exports.handler = async () => 1;\n"));
  await writeFile(join(dir, "code-2.zip"), zipOf("index.js", "exports.handler = async () => 2;\n"));
  const place = { name, dir, account };
  const made = await terraform(bench, place, ["init", "-input=false"]);
  if (made.code !== 0) throw new Error(`${name}: init failed\n${made.text}`);
  return place;
}

// Tags on everything that can have tags: one that changes, and one that goes.
const settings = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${providerVersion}"
    }
  }
}

provider "aws" {
  region = "${region}"
  default_tags {
    tags = merge({ Step = var.changed ? "two" : "one" }, var.changed ? {} : { Gone = "yes" })
  }
}

variable "changed" {
  type    = bool
  default = false
}

variable "account" {
  type = string
}
`;

export interface TerraformOptions {
  /** Where Terraform's own JSON log goes. */
  readonly log?: string;
  readonly keys?: Keys;
  readonly timeoutMs?: number;
}

/** Exit code (-1: did not end by itself) and everything that it said. */
export interface Said {
  readonly code: number;
  readonly text: string;
}

export async function terraform(
  bench: Bench,
  place: Workplace,
  args: readonly string[],
  options: TerraformOptions = {},
): Promise<Said> {
  const keys = options.keys ?? { id: place.account, secret: "root" };
  const ran = await run([bench.terraform, ...args], {
    cwd: place.dir,
    timeoutMs: options.timeoutMs ?? 15 * 60_000,
    env: {
      ...bench.env,
      AWS_ACCESS_KEY_ID: keys.id,
      AWS_SECRET_ACCESS_KEY: keys.secret,
      TF_VAR_account: place.account,
      ...(options.log === undefined ? {} : { TF_LOG: "JSON", TF_LOG_PATH: options.log }),
    },
  });
  return { code: ran.ended.how === "exited" ? ran.ended.code : -1, text: ran.stdout + ran.stderr };
}

/** `terraform show -json` of the state or of a plan file. */
export async function show(bench: Bench, place: Workplace, plan?: string): Promise<JsonObject> {
  const args = ["show", "-json", ...(plan === undefined ? [] : [plan])];
  const said = await terraform(bench, place, args);
  const value: unknown = JSON.parse(said.text);
  if (!isObject(value)) throw new Error(`${place.name}: terraform show said no JSON object`);
  return value;
}
