import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readConfigurationFacts } from "../../../../../handlers/iac/terraform/configuration-facts.ts";
import type { ConfigurationFacts } from "../../../../../src/core/configuration-facts.ts";

const made: string[] = [];
afterEach(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true });
});

async function factsOf(files: Readonly<Record<string, string>>): Promise<ConfigurationFacts> {
  const root = await mkdtemp(join(tmpdir(), "faber-facts-"));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return readConfigurationFacts(root, join(root, ".terraform"));
}

const state = (backend: object): string => JSON.stringify({ version: 3, backend });

test("blocks of the root and of its modules, with what keeps them", async () => {
  const facts = await factsOf({
    "main.tf":
      'terraform {\n  required_version = "~> 1.11"\n}\nresource "aws_s3_bucket" "b" {\n  lifecycle {\n    prevent_destroy = true\n    ignore_changes = all\n  }\n}\n',
    "parts/queue/q.tf":
      'resource "aws_sqs_queue" "q" {\n  lifecycle {\n    ignore_changes = [tags]\n    create_before_destroy = true\n  }\n}\n',
    ".terraform/modules/modules.json": JSON.stringify({
      Modules: [
        { Key: "", Dir: "." },
        { Key: "a.q", Dir: "parts/queue" },
        { Key: "gone", Dir: "nowhere" },
      ],
    }),
  });
  expect(facts.toolVersion).toBe('"~> 1.11"');
  expect(facts.blocks).toEqual([
    {
      module: "",
      type: "aws_s3_bucket",
      name: "b",
      at: { file: "main.tf", line: 4 },
      preventsDestroy: true,
      createsBeforeDestroy: false,
      ignoresAllChanges: true,
    },
    {
      module: "a.q",
      type: "aws_sqs_queue",
      name: "q",
      at: { file: join("parts", "queue", "q.tf"), line: 1 },
      preventsDestroy: false,
      createsBeforeDestroy: true,
      ignoresAllChanges: false,
    },
  ]);
});

test("Terraform's JSON, with one block or a list of them", async () => {
  const lifecycle = { prevent_destroy: true, ignore_changes: ["all"] };
  const facts = await factsOf({
    "cdk.tf.json": JSON.stringify({
      terraform: { required_version: ">= 1", backend: { local: { path: "x" } } },
      resource: { aws_s3_bucket: { a: { lifecycle }, b: [{ lifecycle: [lifecycle] }] } },
    }),
  });
  expect(facts.backend).toEqual({ type: "local" });
  expect(
    facts.blocks.map(({ name, preventsDestroy, ignoresAllChanges }) => [
      name,
      preventsDestroy,
      ignoresAllChanges,
    ]),
  ).toEqual([
    ["a", true, true],
    ["b", true, true],
  ]);
});

test.each([
  [
    { type: "s3", config: { bucket: "x", use_lockfile: true } },
    { type: "s3", locks: true },
  ],
  [
    { type: "s3", config: { bucket: "x", dynamodb_table: "locks" } },
    { type: "s3", locks: true },
  ],
  [
    { type: "s3", config: { bucket: "x", use_lockfile: null, dynamodb_table: null } },
    { type: "s3", locks: false },
  ],
  [
    { type: "gcs", config: {} },
    { type: "gcs", locks: true },
  ],
  [
    { type: "http", config: { address: "x" } },
    { type: "http", locks: false },
  ],
  [{ type: "swift", config: {} }, { type: "swift" }],
])("the backend that init set up: %j", async (backend, told) => {
  const facts = await factsOf({ "main.tf": "", ".terraform/terraform.tfstate": state(backend) });
  expect(facts.backend).toEqual(told);
});

test("a backend that is declared and not set up is told without its lock", async () => {
  expect((await factsOf({ "main.tf": 'terraform {\n  backend "s3" {}\n}\n' })).backend).toEqual({
    type: "s3",
  });
  expect((await factsOf({ "main.tf": "terraform {\n  cloud {}\n}\n" })).backend).toEqual({ type: "cloud" });
});

test("damaged and missing files tell nothing", async () => {
  const facts = await factsOf({
    "a.tf.json": "{",
    ".terraform/terraform.tfstate": "no",
    ".terraform/modules/modules.json": "[",
  });
  expect(facts).toEqual({ blocks: [] });
});
