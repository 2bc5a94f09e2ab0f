import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, describe, expect, test } from "vitest";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { agree, deploy, deployAtTerminal, flat, onEmulator, settings } from "../helpers/fixing.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { keys, noTerminal } from "../helpers/terminal.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: imports of what exists: ${why}`);

const endpoint = useEmulator(4749);
const account = {
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
} as const;
const ssm = new SSMClient(account);
const dynamodb = new DynamoDBClient(account);
const sqs = new SQSClient(account);
afterAll(() => [ssm, dynamodb, sqs].forEach((client) => client.destroy()));

const projectOf = (main: string, name = "shop"): Promise<Project> =>
  projectFrom("words", {
    "main.tf": `provider "aws" {}\n${main}`,
    "faber.yaml": settings(onEmulator(endpoint, "auto"), name),
  });

const parameter = (project: string, value = "green"): string => `
resource "aws_ssm_parameter" "color" {
  name  = "/${project}/color"
  type  = "String"
  value = "${value}"
  tags  = { Project = "${project}" }
}
resource "terraform_data" "after" {
  input = aws_ssm_parameter.color.arn
}
`;
const existing = (name: string, project: string): Promise<unknown> =>
  ssm.send(
    new PutParameterCommand({
      Name: name,
      Type: "String",
      Value: "green",
      Tags: [{ Key: "Project", Value: project }],
    }),
  );

describe.skipIf(why !== undefined)("what exists already", () => {
  test("is imported unasked where it is ours and nothing of it changes, and nothing stays in the root", async () => {
    await existing("/shop/color", "shop");
    const project = await projectOf(parameter("shop"));
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(0);
    expect(flat(run)).toContain("import aws_ssm_parameter.color id = /shop/color nothing of it changes");
    expect(run.json()).toMatchObject({
      approval: { via: "remainder" },
      applied: { in_state: 2 },
      mending: { waits: 0, fixes: [{ name: "import", outcome: "helped" }] },
      exit: { code: 0 },
    });
    expect([...(await project.files()).keys()].filter((name) => name.includes("import"))).toEqual([]);
    const again = await deploy(project);
    expect(again.json()).toMatchObject({ plan: { changes_something: false } });
  });

  test("and is another project's is not imported; with a person it takes its name, and the change is shown", async () => {
    await existing("/store/color", "another");
    // Its ID is known to its service alone, and something of it differs.
    const Attributes = { DelaySeconds: "7", MaximumMessageSize: "262144" };
    await sqs.send(
      new CreateQueueCommand({ QueueName: "store-mail", Attributes, tags: { Project: "store" } }),
    );
    const queue =
      'resource "aws_sqs_queue" "mail" {\n  name = "store-mail"\n  tags = { Project = "store" }\n}\n';
    const project = await projectOf(parameter("store", "blue") + queue, "store");
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(5);
    expect(flat(run)).toContain("its tag Project should say store, and it says another");
    expect(flat(run)).toMatch(/import aws_sqs_queue\.mail id = http\S+store-mail ~ delay_seconds = 7 -> 0/);
    expect(run.json()["mending"]).toBeUndefined();

    if (noTerminal !== undefined) return;
    const terminal = deployAtTerminal(project);
    await agree(terminal, "import");
    await terminal.expectText("Type /store/color if it is yours");
    // Another word is a no.
    terminal.type(`store${keys.enter}`);
    await terminal.expectText("Run the failed stage again");
    terminal.type(`y${keys.enter}`);
    await terminal.expectText("Apply import", 240_000);
    terminal.type(`d${keys.enter}`);
    await terminal.expectText("id = /store/color");
    await agree(terminal, "import");
    await terminal.expectText("Type /store/color if it is yours");
    terminal.type(`/store/color${keys.enter}`);
    expect(await terminal.ended, terminal.screen()).toBe(0);
  });

  test("and differs too much is not touched", async () => {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "shop-jobs",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "other", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "other", AttributeType: "S" }],
        Tags: [{ Key: "Project", Value: "shop" }],
      }),
    );
    const project = await projectOf(`
resource "aws_dynamodb_table" "jobs" {
  name         = "shop-jobs"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  tags = { Project = "shop" }
}
`);
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(5);
    expect(flat(run)).toMatch(/importing aws_dynamodb_table\.jobs would \w+ and \w+ it/);
  });
});
