import { describe, expect, it } from "vitest";
import { costOf, estimateOf, linesOf } from "../../../../../helpers/cost-plan.ts";

describe("queues and topics", () => {
  it("count every 64 KB of a request", () => {
    const usage = { monthly_requests: 2_000_000, request_size_kb: 65 };
    expect(linesOf(costOf({ type: "aws_sqs_queue", values: { fifo_queue: false } }, { usage }))).toEqual([
      "Requests: 4 1M requests × 0.4",
    ]);
    expect(linesOf(costOf({ type: "aws_sqs_queue", values: { fifo_queue: true } }))).toEqual([
      "Requests: ? 1M requests × 0.5",
    ]);
  });

  it("send to every subscriber, after those that are free", () => {
    const usage = {
      monthly_requests: 2000,
      http_subscriptions: 100,
      email_subscriptions: 1,
      kinesis_subscriptions: 0,
    };
    const lines = linesOf(costOf({ type: "aws_sns_topic", values: { fifo_topic: false } }, { usage }));
    expect(lines).toContain("API requests (over 1M): 0 1M requests × 0.5");
    expect(lines).toContain("HTTP/HTTPS notifications (over 100k): 1 100k notifications × 0.06");
    expect(lines).toContain("Email/Email-JSON notifications (over 1k): 0.01 100k notifications × 2");
    expect(lines).toContain("Mobile Push notifications: ? 1M notifications × 0.5");
  });

  it("do not know what a text message costs until the usage file says it", () => {
    const usage = { monthly_requests: 10, sms_subscriptions: 100 };
    const topic = { type: "aws_sns_topic", values: {} };
    expect(costOf(topic, { usage })?.monthly_cost_usd).toBeNull();
    const priced = costOf(topic, { usage: { ...usage, sms_notification_price: 0.01 } });
    expect(linesOf(priced)).toContain("SMS notifications (over 100): 9 100 notifications × 1");
  });

  it("of the FIFO kind notify those who subscribe in the plan", () => {
    const subscription = {
      type: "aws_sns_topic_subscription",
      name: "s",
      values: { protocol: "sqs" },
      expressions: { topic_arn: { references: ["aws_sns_topic.a.arn", "aws_sns_topic.a"] } },
    };
    const topic = { type: "aws_sns_topic", values: { fifo_topic: true } };
    const usage = { monthly_requests: 1_000_000, request_size_kb: 10 };
    expect(linesOf(costOf(topic, { usage, beside: [subscription] }))).toEqual([
      "FIFO Publish API requests: 1 1M requests × 0.3",
      "FIFO Publish API payload: 10 GB × 0.017",
      "FIFO notifications: 1 1M notifications × 0.01",
      "FIFO notification payload: 10 GB × 0.001",
    ]);
    expect(linesOf(costOf(topic))).toHaveLength(2);
  });

  it("deliver to queues without charge, and by unknown ways at an unknown price", () => {
    const subscription = (protocol: string) => ({ type: "aws_sns_topic_subscription", values: { protocol } });
    expect(estimateOf([subscription("lambda")]).free).toHaveLength(1);
    expect(estimateOf([subscription("sms")]).unknown).toHaveLength(1);
  });
});

describe("streams", () => {
  it("are paid by shard, or by the stream on demand", () => {
    const stream = (stream_mode: string) => ({
      type: "aws_kinesis_stream",
      values: { shard_count: 3, stream_mode_details: [{ stream_mode }] },
    });
    expect(costOf(stream("PROVISIONED"))?.monthly_cost_usd).toBeCloseTo(32.85);
    expect(costOf(stream("ON_DEMAND"))?.monthly_cost_usd).toBeCloseTo(29.2);
  });

  it("without a shard count are unknown", () => {
    expect(estimateOf([{ type: "aws_kinesis_stream", unknown: { shard_count: true } }]).unknown).toHaveLength(
      1,
    );
  });

  it("of Firehose cost more when they convert or deliver into a VPC", () => {
    const values = {
      extended_s3_configuration: [{ data_format_conversion_configuration: [{ enabled: false }] }],
      opensearch_configuration: [{ vpc_config: [{ subnet_ids: ["a", "b", "c"] }] }],
    };
    const firehose = { type: "aws_kinesis_firehose_delivery_stream", values };
    const lines = linesOf(
      costOf(firehose, { region: "eu-west-2", usage: { monthly_data_ingested_gb: 100 } }),
    );
    expect(lines).toEqual([
      "Data ingested (first 500TB): 100 GB × 0.035",
      "VPC data: 100 GB × 0.01",
      "VPC AZ delivery: 2190 hours × 0.011",
    ]);
  });

  it("of Apache Flink need a unit more and storage for each", () => {
    const flink = {
      type: "aws_kinesisanalyticsv2_application",
      values: { runtime_environment: "FLINK-1_18" },
    };
    const lines = linesOf(costOf(flink, { region: "eu-west-2", usage: { kinesis_processing_units: 2 } }));
    expect(lines).toContain("Processing (orchestration): 1 KPU × 92.71");
    expect(lines).toContain("Running storage: 100 GB × 0.116");
  });
});
