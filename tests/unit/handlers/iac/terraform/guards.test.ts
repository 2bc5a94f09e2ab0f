import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backendArguments } from "../../../../../handlers/iac/terraform/backend.ts";
import { guardCommandLineVariables } from "../../../../../handlers/iac/terraform/command-line-guard.ts";
import { openRoot } from "../../../../../handlers/iac/terraform/root.ts";
import { usesCloud } from "../../../../../handlers/iac/terraform/uses-cloud.ts";
import { environment } from "../../../../helpers/run-context.ts";
import { scratchFolder, writeTree } from "../../../../helpers/tool-surroundings.ts";

describe("TF_CLI_ARGS cannot smuggle in", () => {
  const smuggled: readonly (readonly [string, string, string])[] = [
    ["approval", "TF_CLI_ARGS_apply", "-auto-approve"],
    ["approval for every command", "TF_CLI_ARGS", "-auto-approve"],
    ["approval with two dashes", "TF_CLI_ARGS_apply", "--auto-approve=true"],
    ["work without a lock", "TF_CLI_ARGS_plan", "-lock=false"],
    ["a part of the plan", "TF_CLI_ARGS_plan", "-target=aws_sqs_queue.q"],
    ["a value", "TF_CLI_ARGS_plan", "-var=size=9"],
    ["a value in two words", "TF_CLI_ARGS_plan", "-var size=9"],
    ["a file of values", "TF_CLI_ARGS_plan", "-var-file=other.tfvars"],
    ["a plan without a look at reality", "TF_CLI_ARGS_plan", "-refresh=false"],
    ["a replacement", "TF_CLI_ARGS_plan", "-replace=aws_sqs_queue.q"],
    ["a destroy", "TF_CLI_ARGS_plan", "-destroy"],
    ["another state", "TF_CLI_ARGS_apply", "-state=other.tfstate"],
    ["another file for the state", "TF_CLI_ARGS_apply", "-state-out=other.tfstate"],
    ["another plan file", "TF_CLI_ARGS_apply", "other.tfplan"],
    ["another backend", "TF_CLI_ARGS_init", "-backend-config=bucket=other"],
    ["another folder", "TF_CLI_ARGS", "-chdir=elsewhere"],
    ["another place for the plan", "TF_CLI_ARGS_plan", "-out=elsewhere"],
    ["something behind what is harmless", "TF_CLI_ARGS_plan", "-no-color -parallelism=4 -lock=false"],
    ["something behind a tab", "TF_CLI_ARGS_plan", "-no-color\t-lock=false"],
    ["something on a second line", "TF_CLI_ARGS_plan", "-no-color\n-lock=false"],
    ["something in quotes", "TF_CLI_ARGS_plan", "'-lock=false'"],
    ["something in double quotes", "TF_CLI_ARGS_plan", '"-target=a b"'],
    ["something with a backslash", "TF_CLI_ARGS_plan", "-lo\\ck=false"],
    ["something glued to what is harmless", "TF_CLI_ARGS_plan", "-parallelism=4,-lock=false"],
    ["something in a subcommand", "TF_CLI_ARGS_state_pull", "-lock=false"],
    ["questions", "TF_CLI_ARGS_apply", "-input=true"],
  ];
  test.each(smuggled)("%s: %s=%j", (_what, name, value) => {
    expect(() => guardCommandLineVariables({ [name]: value }, "test")).toThrow(
      expect.objectContaining({ code: "unsafe-cli-args", exitName: "wrong-usage" }),
    );
  });

  test("and the refusal names the variable and the argument", () => {
    expect(() => guardCommandLineVariables({ TF_CLI_ARGS_plan: "-no-color -lock=false" }, undefined)).toThrow(
      /^TF_CLI_ARGS_plan contains -lock=false,/,
    );
  });

  test.each([
    "",
    " ",
    "-parallelism=4",
    "--parallelism=10 -no-color",
    "-lock-timeout=5m",
    "-compact-warnings",
    "-input=false",
  ])("but %j may stay", (value) => {
    expect(() =>
      guardCommandLineVariables({ TF_CLI_ARGS_plan: value, TF_CLI_ARGS: value }, "test"),
    ).not.toThrow();
  });

  test("nor another workspace", () => {
    const guard = (forced: string, workspace?: string) => () =>
      guardCommandLineVariables({ TF_WORKSPACE: forced }, workspace);
    expect(guard("prod", "test")).toThrow(expect.objectContaining({ code: "workspace-mixed" }));
    expect(guard("test", "test")).not.toThrow();
    expect(guard("", "test")).not.toThrow();
    expect(guard("test")).not.toThrow();
  });

  test("and what is called alike is left alone", () => {
    expect(() =>
      guardCommandLineVariables({ TF_CLI_ARGSX: "-lock=false", MY_TF_CLI_ARGS: "-lock=false" }, "test"),
    ).not.toThrow();
  });
});

describe("whether a root uses a cloud", () => {
  test.each([
    'data "terraform_remote_state" "net" {\n  backend = "s3"\n}\n',
    '{"data":{"terraform_remote_state":{"net":{"backend":"s3"}}}}',
  ])("yes, where it reads the state of another root there: %s", async (text) => {
    const dir = await scratchFolder();
    await writeTree(dir, { [text.startsWith("{") ? "main.tf.json" : "main.tf"]: text });
    expect(await usesCloud(dir)).toBe(true);
  });

  const cases: readonly (readonly [string, boolean, Readonly<Record<string, string>>])[] = [
    ["nothing at all", false, {}],
    [
      "only what needs no cloud",
      false,
      { "main.tf": 'resource "terraform_data" "a" {}\nprovider "random" {}' },
    ],
    ["a resource", true, { "main.tf": 'resource "aws_sqs_queue" "q" {}' }],
    ["a resource whose labels have no quotes", true, { "main.tf": "resource aws_sqs_queue q {}" }],
    ["a data source", true, { "main.tf": 'data "aws_region" "here" {}' }],
    ["a provider", true, { "main.tf": 'provider "aws" { region = "us-east-1" }' }],
    ["a provider without quotes", true, { "main.tf": "provider aws {}" }],
    [
      "a required provider",
      true,
      { "main.tf": 'terraform { required_providers { c = { source = "hashicorp/aws" } } }' },
    ],
    ["a state in a bucket", true, { "main.tf": 'terraform {\n  backend "s3" {}\n}' }],
    ["a state in a bucket, in JSON", true, { "main.tf.json": '{"terraform":{"backend":{"s3":{}}}}' }],
    ["a resource in JSON", true, { "main.tf.json": '{"resource":{"aws_sqs_queue":{"q":{}}}}' }],
    [
      "a module from elsewhere",
      true,
      { "main.tf": 'module "m" {\n  source = "terraform-aws-modules/vpc/aws"\n}' },
    ],
    [
      "a module of its own without a cloud",
      false,
      { "main.tf": 'module "m" { source = "./m" }', "m/main.tf": "" },
    ],
    [
      "a module of its own that uses one",
      true,
      { "main.tf": 'module "m" {\n source = "./m"\n}', "m/main.tf": 'data "aws_region" "x" {}' },
    ],
    [
      "a module whose source stands behind other blocks",
      true,
      { "main.tf": 'module "m" {\n for_each = { a = 1 }\n source = "./m"\n}', "m/x.tf": 'provider "aws" {}' },
    ],
    [
      "a module in JSON",
      true,
      { "main.tf.json": '{"module":{"m":{"source":"./m"}}}', "m/x.tf": 'provider "aws" {}' },
    ],
    [
      "a module in JSON from elsewhere",
      true,
      { "main.tf.json": '{"module":{"m":[{"source":"git::https://x/y"}]}}' },
    ],
    [
      "modules that use each other",
      false,
      { "main.tf": 'module "m" { source = "./m" }', "m/a.tf": 'module "r" { source = "../" }' },
    ],
    ["a module that is not there", false, { "main.tf": 'module "m" { source = "./gone" }' }],
    [
      "another provider's source",
      false,
      { "main.tf": 'terraform { required_providers { r = { source = "hashicorp/random" } } }' },
    ],
    ["files that are not Terraform's", false, { "notes.txt": 'provider "aws" {}' }],
  ];
  test.each(cases)("%s: %s", async (_what, expected, files) => {
    const dir = await scratchFolder();
    await writeTree(dir, files);
    expect(await usesCloud(dir)).toBe(expected);
  });
});

describe("the backend's arguments", () => {
  const withBackend = environment({
    backend: { bucket: "state", use_lockfile: true, assume_role: { role_arn: "r" } },
  });
  test("are the environment's settings", () => {
    expect(backendArguments(withBackend, true)).toEqual([
      "-reconfigure",
      "-backend-config=bucket=state",
      "-backend-config=use_lockfile=true",
      '-backend-config=assume_role={"role_arn":"r"}',
    ]);
    expect(backendArguments(environment({}), true)).toEqual([]);
    expect(backendArguments(withBackend, false)).toEqual(["-backend=false"]);
  });
});

describe("the workspace of a root", () => {
  const open = async (
    dir: string,
    env: Record<string, string>,
    more: Parameters<typeof environment>[0] = {},
  ) => {
    const project = await openRoot(
      {
        tool: { name: "terraform", command: "terraform", version: "1.11.4", path: "/no/such/terraform" },
        environment: environment({ dir, stateDir: join(dir, ".faber"), ...more }),
        processEnv: env,
        scratchDir: dir,
        cliConfig: {},
        upgrade: false,
        signal: new AbortController().signal,
        say: () => undefined,
      },
      dir,
    );
    return project.workspace;
  };
  const remember = async (folder: string, name: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "environment"), `${name}\n`);
  };

  test("is the environment's, the variable's, the one last selected, or the default", async () => {
    const dir = await scratchFolder();
    expect(await open(dir, {})).toBe("default");
    await remember(join(dir, ".terraform"), "selected");
    expect(await open(dir, {})).toBe("selected");
    expect(await open(dir, { TF_WORKSPACE: "forced" })).toBe("forced");
    expect(await open(dir, {}, { workspace: "set" })).toBe("set");
  });

  test("is looked up where Terraform keeps its data", async () => {
    const dir = await scratchFolder();
    await remember(join(dir, ".terraform"), "of-the-user");
    await remember(join(dir, "data"), "of-the-data-folder");
    expect(await open(dir, { TF_DATA_DIR: "data" })).toBe("of-the-data-folder");
    // With a backend of its own, an environment has a data folder of its own too.
    expect(await open(dir, {}, { backend: { bucket: "b" } })).toBe("default");
  });
});
