import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { IacProject } from "../../../handlers/iac/contract.ts";
import { openRoot } from "../../../handlers/iac/terraform/root.ts";
import { writeCliConfig } from "../../../handlers/tools/cli-config.ts";
import { findProviderMirrors } from "../../../handlers/tools/provider-mirrors.ts";
import { bestPractices } from "../../../src/checks/best-practices.ts";
import type { Check, CheckContext } from "../../../src/checks/contract.ts";
import { naming } from "../../../src/checks/naming.ts";
import { tagging } from "../../../src/checks/tagging.ts";
import type { Told } from "../../../src/core/diagnostic.ts";
import type { Environment } from "../../../src/core/environment.ts";
import { objectAt } from "../../../src/core/json.ts";
import type { Plan } from "../../../src/core/plan.ts";
import type { Policy } from "../../../src/core/policy.ts";
import type { TestResult } from "../../../src/core/result.ts";
import { noPolicy } from "../../helpers/policy.ts";
import { environment, planScope, tickingClock } from "../../helpers/run-context.ts";
import { surroundings } from "../../helpers/faber.ts";
import { temporaryFolder } from "../../helpers/project.ts";
import { noTerraform } from "../../helpers/terraform.ts";
import { realEnv, writeTree } from "../../helpers/tool-surroundings.ts";
import { toolPath } from "../../helpers/tools.ts";

const source = "registry.terraform.io/hashicorp/aws";
const canary = "canary-7f3a9c-value";

/** No cloud is asked: no data source, and a provider that looks at nothing. */
const main = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true

  default_tags {
    tags = { Project = "orders" }
  }
}

variable "owner" {
  type      = string
  sensitive = true
  default   = "${canary}"
}

resource "aws_sqs_queue" "jobs" {
  count = 2
  name  = "orders-test-jobs-\${count.index}"
  tags  = { environment = "test" }

  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "dead" {
  name = "dead"
  tags = { Environment = "test", Owner = var.owner }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ssm_parameter" "url" {
  name  = "orders-test/url"
  type  = "String"
  value = "x"
  tags  = { Environment = "test" }
}

resource "aws_iam_role" "late" {
  name               = "orders-test-\${aws_sqs_queue.dead.id}"
  assume_role_policy = "{}"
  tags               = { Environment = aws_sqs_queue.dead.arn }
}

resource "aws_autoscaling_group" "group" {
  name                 = "orders-test-group"
  min_size             = 1
  max_size             = 3
  availability_zones   = ["eu-west-1a", "eu-west-1b"]
  launch_configuration = "by-hand"

  tag {
    key                 = "Environment"
    value               = "test"
    propagate_at_launch = false
  }
}

module "parts" {
  for_each = toset(["a", "b"])
  source   = "./part"
  dead     = aws_sqs_queue.dead.arn
  name     = each.key
}
`;

const part = `variable "dead" {
  type = string
}

variable "name" {
  type = string
}

resource "aws_sns_topic" "topic" {
  name = "topic-\${var.name}"
  tags = { Environment = "test" }
}

resource "aws_sns_topic_policy" "policy" {
  arn    = aws_sns_topic.topic.arn
  policy = "{}"
}
`;

const policy: Policy = {
  ...noPolicy,
  tags: {
    required: ["Environment", "Project"],
    values: { Environment: { allowed: ["test", "prod"] }, Owner: { pattern: "team-.*" } },
    strict: false,
    ignore: [],
  },
  naming: { pattern: "{project}-{environment}-{resource}", types: {}, strict: false, ignore: [] },
};

interface Opened {
  readonly project: IacProject;
  readonly plan: Plan;
  readonly cacheDir: string;
  readonly again: () => Promise<IacProject>;
}
let opened: Opened | undefined;
let why = noTerraform;

function valueOf<T>(answer: Told<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(answer.diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n"));
}

beforeAll(async () => {
  if (why !== undefined) return;
  const env = realEnv();
  const { platform, arch } = process;
  const mirrors = await findProviderMirrors({ env, home: env["HOME"] ?? "/", platform, arch });
  if (!mirrors.some(({ providers }) => providers.some((provider) => provider.source === source))) {
    why = `no filesystem mirror here holds ${source}`;
    return;
  }
  const dir = await temporaryFolder();
  await writeTree(dir, { "root/main.tf": main, "root/part/main.tf": part, "scratch/keep": "" });
  const cli = await writeCliConfig({ env: {}, home: dir, mirrors, file: join(dir, "cli.tfrc") });
  const root = join(dir, "root");
  const open = (): Promise<IacProject> =>
    openRoot(
      {
        tool: {
          name: "terraform",
          command: "terraform",
          version: "1",
          path: toolPath("terraform") ?? "terraform",
        },
        environment: environment({ dir: root, stateDir: join(dir, ".faber"), policy }),
        processEnv: surroundings({ TF_CLI_CONFIG_FILE: undefined }),
        scratchDir: join(dir, "scratch"),
        cliConfig: cli.file === undefined ? {} : { file: cli.file },
        upgrade: false,
        signal: new AbortController().signal,
        say: () => undefined,
      },
      root,
    );
  const project = await open();
  valueOf(await project.init({ backend: true }));
  const { file } = valueOf(await project.plan({ destroy: false }));
  const document = valueOf(await project.show(file));
  const plan: Plan = {
    scope: planScope,
    digest: "0",
    file,
    tool: project.tool,
    changes: project.planReader.changes(document),
    outputs: [],
    document,
  };
  opened = { project, plan, cacheDir: join(dir, ".faber", "cache", "provider-schemas"), again: open };
}, 180_000);

function isOpen(context: { skip: (note?: string) => void }): Opened {
  if (opened === undefined) context.skip(why ?? "the plan could not be made");
  if (opened === undefined) throw new Error("skipped");
  return opened;
}

function run(check: Check, { project, plan }: Opened, more: Partial<Environment> = {}): Promise<TestResult> {
  const unused = (): never => {
    throw new Error("no check of a plan asks for this");
  };
  const context: Partial<CheckContext> = {
    environment: environment({ policy, ...more }),
    iac: project,
    accept: (findings) => findings,
    plan: async () => plan,
    scans: unused,
    signal: new AbortController().signal,
    clock: tickingClock(),
  };
  return check.run(context as CheckContext);
}

function told(test: TestResult): readonly string[] {
  return test.findings.map(({ rule, address, message }) => `${rule} ${address ?? "-"}: ${message}`);
}

describe("over a real plan", () => {
  test("tags: defaults, modules, scaling groups, what is late, and nothing of a secret", async (context) => {
    const test = await run(tagging, isOpen(context));
    expect(told(test)).toEqual([
      "required-tag aws_autoscaling_group.group: needs Project",
      "required-tag aws_sqs_queue.jobs[0]: has environment, needs Environment",
      "required-tag aws_sqs_queue.jobs[1]: has environment, needs Environment",
      "tag-not-passed-on aws_autoscaling_group.group: the machines of the group do not get Environment",
      "tag-value aws_sqs_queue.dead: Owner: its value, which is sensitive, does not match team-.*",
    ]);
    expect(test.status).toBe("WARN");
    expect(test.figures).toMatchObject({
      resources_checked: 8,
      compliant: 3,
      cannot_be_tagged: 2,
      to_recheck: ["aws_iam_role.late"],
      by_provider_schema: true,
    });
    expect(JSON.stringify(test)).not.toContain(canary);
    expect((await run(tagging, isOpen(context), { protected: true })).status).toBe("FAIL");
  }, 120_000);

  test("names: the pattern, what is late, and what AWS refuses whatever the environment", async (context) => {
    const test = await run(naming, isOpen(context));
    expect(told(test)).toEqual([
      'name-limit aws_ssm_parameter.url: name "orders-test/url": has a path and does not begin with a slash',
      'name-pattern aws_sqs_queue.dead: name "dead" is not orders-test-{resource}',
      'name-pattern module.parts["a"].aws_sns_topic.topic: name "topic-a" is not orders-test-{resource}',
      'name-pattern module.parts["b"].aws_sns_topic.topic: name "topic-b" is not orders-test-{resource}',
    ]);
    expect(test.status).toBe("FAIL");
    expect(test.figures).toMatchObject({ to_recheck: ["aws_iam_role.late"] });
  }, 120_000);

  test("practices: with the place of each block, and through modules", async (context) => {
    const test = await run(bestPractices, isOpen(context), { protected: true });
    const rules = told(test);
    expect(rules).toContain(
      "provider-unpinned -: A provider has no version constraint: provider registry.terraform.io/hashicorp/aws has no version constraint",
    );
    const dead = test.findings.find(({ rule }) => rule === "dead-letters-expire-early");
    expect(dead).toMatchObject({ address: "aws_sqs_queue.dead", at: { file: "main.tf", line: 34 } });
    expect(rules.filter((one) => one.startsWith("queue-without-dead-letters"))).toEqual([]);
    expect(test.figures).toMatchObject({ files_read: true, resources_checked: 10 });
    expect(JSON.stringify(test)).not.toContain(canary);
  }, 120_000);

  test("the schema is asked once, kept for its owner alone, and made anew when it is damaged", async (context) => {
    const { project, cacheDir, again } = isOpen(context);
    const schemas = valueOf((await project.providerSchemas?.()) ?? { ok: false, diagnostics: [] });
    expect(schemas["aws_sqs_queue"]).toEqual({ tags: "map", allTags: true, names: ["name"] });
    expect(schemas["aws_sns_topic_policy"]?.tags).toBeUndefined();
    const [name = "", ...more] = await readdir(cacheDir);
    expect([name, more]).toEqual([expect.stringMatching(/^hashicorp-aws-[\d.]+-[0-9a-f]{12}\.json$/), []]);
    const file = join(cacheDir, name);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(file)).size).toBeLessThan(300_000);

    const began = performance.now();
    const cached = await (await again()).providerSchemas?.();
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(cached?.ok && cached.value).toEqual(schemas);

    for (const damage of [
      "",
      "{",
      '{"cache_version":1}',
      (await readFile(file, "utf8")).replace('"map"', '"mop"'),
    ]) {
      await writeFile(file, damage);
      const mended = await (await again()).providerSchemas?.();
      expect(mended?.ok && mended.value["aws_sqs_queue"]).toEqual(schemas["aws_sqs_queue"]);
    }
    const whole: unknown = JSON.parse(await readFile(file, "utf8"));
    expect(Object.keys(objectAt(objectAt(whole)["types"])).length).toBeGreaterThan(1_000);
  }, 180_000);
});
