import type { JsonObject, JsonValue } from "../../src/core/json.ts";

/** What one family adds: a queue with its dead letters, a function, a table, a bucket, logs, a role, a topic. */
const familySize = 10;

interface Part {
  readonly type: string;
  readonly name: string;
  readonly after: JsonObject;
  readonly unknown: JsonObject;
  readonly expressions: JsonObject;
}

/**
 * A plan document of a large system: modules of ten resources that refer to each other, most of them unchanged, some
 * updated, with policies and environments as long as they are in practice. About 20 kB a resource.
 */
export function bigPlanDocument(resources: number): JsonObject {
  const families = Math.ceil(resources / familySize);
  const changes: JsonObject[] = [];
  const planned: JsonObject[] = [];
  const calls: Record<string, JsonObject> = {};
  for (let index = 0; index < families; index += 1) {
    const module = `part${index}`;
    const parts = familyOf(index);
    changes.push(...parts.map((part) => changeOf(module, part, index)));
    planned.push({
      address: `module.${module}`,
      resources: parts.map(({ type, name, after }) => ({
        address: `module.${module}.${type}.${name}`,
        mode: "managed",
        type,
        name,
        provider_name: provider,
        schema_version: 0,
        values: after,
        sensitive_values: {},
      })),
    });
    calls[module] = { source: "./part", expressions: {}, module: { resources: parts.map(configured) } };
  }
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { child_modules: planned } },
    resource_changes: changes,
    configuration: {
      provider_config: {
        aws: {
          name: "aws",
          full_name: provider,
          version_constraint: "~> 5.0",
          expressions: { region: { constant_value: "us-east-1" } },
        },
      },
      root_module: { module_calls: calls },
    },
  };
}

const provider = "registry.terraform.io/hashicorp/aws";

function changeOf(module: string, { type, name, after, unknown }: Part, index: number): JsonObject {
  const action = index % 10 === 0 ? "create" : index % 10 === 1 ? "update" : "no-op";
  return {
    address: `module.${module}.${type}.${name}`,
    module_address: `module.${module}`,
    mode: "managed",
    type,
    name,
    provider_name: provider,
    change: {
      actions: [action],
      before: action === "create" ? null : after,
      after,
      after_unknown: action === "create" ? unknown : {},
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

function configured({ type, name, expressions }: Part): JsonObject {
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_config_key: "aws",
    expressions,
    schema_version: 0,
  };
}

function familyOf(index: number): readonly Part[] {
  const name = (what: string): string => `orders-prod-${what}-${index}`;
  const tags = {
    tags: { Project: "orders" },
    tags_all: { Project: "orders", Environment: "prod", ManagedBy: "terraform" },
  };
  const policy = policyText(index);
  const made = { arn: true, id: true };
  const plain = (
    type: string,
    label: string,
    after: Record<string, JsonValue>,
    refers: JsonObject = {},
  ): Part => ({
    type,
    name: label,
    after: { ...after, ...tags, timeouts: null, description: policy.slice(0, 2_000) },
    unknown: made,
    expressions: { name: { constant_value: name(label) }, ...refers },
  });
  const to = (address: string): JsonObject => ({ references: [`${address}.arn`, address] });
  return [
    plain(
      "aws_sqs_queue",
      "jobs",
      { name: name("jobs"), visibility_timeout_seconds: 60, fifo_queue: false, policy },
      { redrive_policy: to("aws_sqs_queue.dead") },
    ),
    plain("aws_sqs_queue", "dead", {
      name: name("dead"),
      message_retention_seconds: 1_209_600,
      fifo_queue: false,
      policy,
    }),
    plain("aws_lambda_function", "worker", {
      function_name: name("worker"),
      runtime: "nodejs22.x",
      timeout: 30,
      memory_size: 512,
      architectures: ["arm64"],
      environment: [
        {
          variables: Object.fromEntries(
            Array.from({ length: 40 }, (_, n) => [`SETTING_${n}`, policy.slice(0, 100)]),
          ),
        },
      ],
    }),
    {
      type: "aws_lambda_event_source_mapping",
      name: "jobs",
      after: { batch_size: 10, enabled: true, ...tags },
      unknown: made,
      expressions: {
        event_source_arn: to("aws_sqs_queue.jobs"),
        function_name: to("aws_lambda_function.worker"),
      },
    },
    plain("aws_dynamodb_table", "orders", {
      name: name("orders"),
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "id",
      attribute: [{ name: "id", type: "S" }],
    }),
    plain(
      "aws_s3_bucket",
      "files",
      { bucket: name("files"), force_destroy: false, policy },
      { bucket: { constant_value: name("files") } },
    ),
    plain("aws_cloudwatch_log_group", "worker", {
      name: `/aws/lambda/${name("worker")}`,
      retention_in_days: 30,
    }),
    plain("aws_iam_role", "worker", { name: name("worker"), assume_role_policy: policy }),
    plain("aws_iam_policy", "worker", { name: name("worker"), policy }),
    plain("aws_instance", "host", {
      instance_type: "m7g.large",
      ami: "ami-00000000000000000",
      user_data: policy.repeat(3).slice(0, 16_000),
      root_block_device: [{ volume_type: "gp3", volume_size: 50 }],
    }),
  ];
}

function policyText(index: number): string {
  const statements = Array.from({ length: 24 }, (_, n) => ({
    Sid: `Statement${n}`,
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
    Resource: `arn:aws:s3:::orders-prod-files-${index}/part-${n}/*`,
  }));
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
