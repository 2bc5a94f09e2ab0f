import { expect, test } from "vitest";
import { masked, planForScan } from "../../../../handlers/scanner/plan-for-scan.ts";

const canary = "canary-5f1c";

test("no value that is marked as sensitive is left, wherever it stands, and all others are", () => {
  const resource = {
    address: "aws_db_instance.a",
    type: "aws_db_instance",
    values: { password: canary, port: 5432, tags: { a: canary, b: "open" }, list: [{ x: canary, y: 1 }] },
    sensitive_values: { password: true, tags: { a: true }, list: [{ x: true }] },
  };
  const whole = {
    address: "aws_x.b",
    values: { secret: { deep: [canary] }, none: null },
    sensitive_values: { secret: true, none: true },
  };
  const document = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    timestamp: "2026-11-21T00:00:00Z",
    variables: { password: { value: canary } },
    planned_values: {
      outputs: { o: { sensitive: true, value: canary } },
      root_module: {
        resources: [resource],
        child_modules: [{ address: "module.m", resources: [whole], child_modules: [{ resources: [whole] }] }],
      },
    },
    resource_changes: [
      {
        address: "aws_db_instance.a",
        change: {
          actions: ["update"],
          before: { password: canary },
          after: resource.values,
          after_unknown: { arn: true },
          before_sensitive: { password: true },
          after_sensitive: resource.sensitive_values,
        },
      },
    ],
    resource_drift: [{ change: { before: canary } }],
    prior_state: { values: canary },
    configuration: { root_module: {} },
  };
  const slim = planForScan(document);
  expect(JSON.stringify(slim)).not.toContain(canary);
  expect(slim).toMatchObject({
    planned_values: {
      root_module: {
        resources: [
          {
            values: {
              password: masked,
              port: 5432,
              tags: { a: masked, b: "open" },
              list: [{ x: masked, y: 1 }],
            },
          },
        ],
        child_modules: [{ resources: [{ values: { secret: masked, none: null } }] }],
      },
    },
    resource_changes: [{ change: { actions: ["update"], before: null, after: { port: 5432 } } }],
  });
  expect(slim).not.toHaveProperty("timestamp");
});

test("a document that is no plan is read without harm", () => {
  expect(planForScan({ planned_values: 3, resource_changes: [null, {}], configuration: [] })).toMatchObject({
    planned_values: { root_module: { resources: [] } },
    resource_changes: [{ change: { actions: [] } }],
  });
});

test("a resource of which nothing is known yet has no values, rather than null, which Checkov cannot read", () => {
  const unknown = { address: "aws_s3_bucket_policy.a", type: "aws_s3_bucket_policy", sensitive_values: {} };
  const slim = planForScan({ planned_values: { root_module: { resources: [unknown] } } });
  expect(slim["planned_values"]).toEqual({ root_module: { resources: [unknown], child_modules: [] } });
});
