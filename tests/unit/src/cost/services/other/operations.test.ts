import { describe, expect, it } from "vitest";
import { costOf, estimateOf, linesOf } from "../../../../../helpers/cost-plan.ts";

describe("alarms", () => {
  const alarm = (values: Parameters<typeof costOf>[0]["values"]) => ({
    type: "aws_cloudwatch_metric_alarm",
    values: values ?? {},
  });

  it("cost by metric, and more when they look more often than once a minute", () => {
    expect(linesOf(costOf(alarm({ period: 300 })))).toEqual(["Standard resolution: 1 alarm metrics × 0.1"]);
    expect(linesOf(costOf(alarm({ period: 10 })))).toEqual(["High resolution: 1 alarm metrics × 0.3"]);
  });

  it("over an expression count the metrics in it", () => {
    const metric_query = [
      { id: "e", metric: [] },
      { id: "a", metric: [{ period: 60 }] },
      { id: "b", metric: [{ period: 60 }] },
    ];
    expect(linesOf(costOf(alarm({ metric_query })))).toEqual(["Standard resolution: 2 alarm metrics × 0.1"]);
  });

  it("over a band count each metric three times", () => {
    const metric_query = [
      { id: "e", metric: [] },
      { id: "a", metric: [{ period: 30 }] },
    ];
    const cost = costOf(alarm({ metric_query, comparison_operator: "GreaterThanUpperThreshold" }));
    expect(linesOf(cost)).toEqual(["High resolution anomaly detection: 3 alarms × 0.3"]);
  });
});

describe("firewalls for applications", () => {
  it("count rules, groups and managed groups apart", () => {
    const rule = [
      { statement: [{ geo_match_statement: [{}] }] },
      { statement: [{ rule_group_reference_statement: [{ arn: "a" }] }] },
      { statement: [{ managed_rule_group_statement: [{ name: "m" }] }] },
    ];
    const usage = { rule_group_rules: 4, monthly_requests: 2_000_000 };
    const cost = costOf({ type: "aws_wafv2_web_acl", values: { rule } }, { usage });
    expect(linesOf(cost)).toEqual([
      "Web ACL usage: 1 months × 5",
      "Rules: 5 rules × 1",
      "Rule groups: 1 groups × 1",
      "Managed rule groups: 1 groups × 1",
      "Requests: 2 1M requests × 0.6",
    ]);
  });

  it("before a distribution have the same price everywhere", () => {
    const acl = (scope: string) => ({ type: "aws_wafv2_web_acl", values: { scope, rule: [] } });
    expect(costOf(acl("CLOUDFRONT"), { region: "eu-north-1" })?.monthly_cost_usd).toBe(5);
    expect(costOf(acl("REGIONAL"), { region: "eu-north-1" })?.monthly_cost_usd).toBeNull();
  });

  it("with rules known only after apply are unknown", () => {
    expect(estimateOf([{ type: "aws_wafv2_web_acl", unknown: { rule: true } }]).unknown).toHaveLength(1);
  });
});

describe("what runs on demand", () => {
  it("express workflows count steps of 100 ms and 64 MB, upwards", () => {
    const usage = { monthly_requests: 36_000_000, workflow_duration_ms: 1, memory_mb: 1 };
    const cost = costOf({ type: "aws_sfn_state_machine", values: { type: "EXPRESS" } }, { usage });
    expect(linesOf(cost)).toEqual([
      "Requests: 36 1M requests × 1",
      "Duration (first 1K): 62.5 GB-hours × 0.060012",
    ]);
  });

  it("standard workflows are the default", () => {
    expect(linesOf(costOf({ type: "aws_sfn_state_machine", values: {} }))).toEqual([
      "Transitions: ? 1K transitions × 0.025",
    ]);
  });

  it("HTTP APIs count 512 KB, WebSocket APIs 32 KB", () => {
    const http = costOf(
      { type: "aws_apigatewayv2_api", values: { protocol_type: "HTTP" } },
      { usage: { monthly_requests: 1e6, request_size_kb: 513 } },
    );
    expect(linesOf(http)).toEqual(["Requests (first 300M): 2 1M requests × 1"]);
    const socket = costOf(
      { type: "aws_apigatewayv2_api", values: { protocol_type: "WEBSOCKET" } },
      { usage: { monthly_messages: 1e6, message_size_kb: 33 } },
    );
    expect(linesOf(socket)[0]).toBe("Messages (first 1B): 2 1M messages × 1");
  });

  it("only the cache of a stage costs", () => {
    expect(
      estimateOf([{ type: "aws_api_gateway_stage", values: { cache_cluster_enabled: false } }]).free,
    ).toHaveLength(1);
    const stage = {
      type: "aws_api_gateway_stage",
      values: { cache_cluster_enabled: true, cache_cluster_size: "0.5" },
    };
    expect(costOf(stage)?.monthly_cost_usd).toBeCloseTo(14.6);
  });

  it("Glue jobs cost by the units of their workers", () => {
    const job = (values: NonNullable<Parameters<typeof costOf>[0]["values"]>) => ({
      type: "aws_glue_job",
      values,
    });
    const usage = { monthly_hours: 10 };
    expect(
      costOf(job({ worker_type: "G.4X", number_of_workers: 2 }), { usage })?.monthly_cost_usd,
    ).toBeCloseTo(35.2);
    expect(linesOf(costOf(job({})))).toEqual(["Duration: ? hours (1 DPU) × 0.44"]);
    expect(
      costOf(job({ worker_type: "G.99X", number_of_workers: 2 }), { usage })?.monthly_cost_usd,
    ).toBeNull();
  });

  it("builds cost by machine and size", () => {
    const environment = [{ type: "LINUX_CONTAINER", compute_type: "BUILD_GENERAL1_SMALL" }];
    expect(linesOf(costOf({ type: "aws_codebuild_project", values: { environment } }))).toEqual([
      "Linux (general1.small): ? minutes × 0.005",
    ]);
  });
});

describe("settings that are free until they are not", () => {
  it("parameters of the standard tier", () => {
    expect(estimateOf([{ type: "aws_ssm_parameter", values: { tier: "Standard" } }]).free).toHaveLength(1);
    expect(
      costOf({ type: "aws_ssm_parameter", values: { tier: "Advanced" } })?.monthly_cost_usd,
    ).toBeGreaterThan(0.04);
  });

  it("stacks of AWS's own kinds, but not of others", () => {
    const stack = (kind: string) => ({
      type: "aws_cloudformation_stack",
      values: { template_body: JSON.stringify({ Resources: { a: { Type: kind } } }) },
    });
    expect(estimateOf([stack("AWS::S3::Bucket")]).free).toHaveLength(1);
    expect(linesOf(costOf(stack("Vendor::Thing::Other")))).toHaveLength(2);
    const yaml = { type: "aws_cloudformation_stack", values: { template_body: "Resources:\n  a: {}" } };
    expect(linesOf(costOf(yaml))).toHaveLength(2);
  });

  it("managed machines up to a thousand", () => {
    expect(
      estimateOf([{ type: "aws_ssm_activation", values: { registration_limit: 10 } }]).free,
    ).toHaveLength(1);
    expect(
      linesOf(costOf({ type: "aws_ssm_activation", values: { registration_limit: 1001 } })),
    ).toHaveLength(1);
  });
});

describe("the rest", () => {
  it("keys cost a month and their requests by kind", () => {
    const key = (spec: string) => ({ type: "aws_kms_key", values: { customer_master_key_spec: spec } });
    expect(linesOf(costOf(key("ECC_NIST_P256")))).toEqual([
      "Customer master key: 1 months × 1",
      "Requests (asymmetric): ? 10k requests × 0.15",
    ]);
    expect(linesOf(costOf(key("SYMMETRIC_DEFAULT")))).toHaveLength(4);
  });

  it("trails have insights only when they select them", () => {
    const names = (values: object) =>
      costOf({ type: "aws_cloudtrail", values: { ...values } })?.components.map(({ name }) => name);
    expect(names({})).toEqual(["Management events (additional copies)", "Data events"]);
    expect(names({ include_global_service_events: false, insight_selector: [{}] })).toEqual([
      "Data events",
      "Insight events",
    ]);
  });

  it("servers for transfer have SFTP unless they say otherwise", () => {
    expect(costOf({ type: "aws_transfer_server", values: {} })?.monthly_cost_usd).toBeCloseTo(219);
    expect(
      costOf({ type: "aws_transfer_server", values: { protocols: ["FTPS", "SFTP"] } })?.monthly_cost_usd,
    ).toBeCloseTo(438);
  });

  it("an Airflow environment is small unless it says otherwise", () => {
    expect(costOf({ type: "aws_mwaa_environment", values: {} })?.monthly_cost_usd).toBeCloseTo(357.7);
    expect(
      costOf({ type: "aws_mwaa_environment", values: { environment_class: "mw1.xlarge" } })?.monthly_cost_usd,
    ).toBeNull();
  });

  it("log groups of the class for rare access have no price of the standard class", () => {
    const logs = { type: "aws_cloudwatch_log_group", values: { log_group_class: "INFREQUENT_ACCESS" } };
    expect(linesOf(costOf(logs))[0]).toBe("Data ingested: ? GB × ?");
  });
});
