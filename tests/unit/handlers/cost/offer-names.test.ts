import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { Collected } from "../../../../handlers/cost/offers/collect.ts";
import { offerNames } from "../../../../handlers/cost/offers/names/index.ts";
import { readOfferRows } from "../../../../handlers/cost/offers/read-rows.ts";
import type { PriceListAnswer } from "../../../../handlers/cost/contract.ts";
import { loadCatalogue } from "../../../../src/cost/load-catalogue.ts";
import { machineRow, priceList, type OfferCells } from "../../../helpers/price-lists.ts";

const catalogue = loadCatalogue();

async function answerOf(
  service: string,
  rows: readonly OfferCells[],
  region = "us-east-1",
): Promise<PriceListAnswer> {
  const collected = new Collected(offerNames[service] ?? (() => []));
  const wanted = { url: new URL("https://prices.example/list.csv"), region, today: "2026-11-21" };
  const file = Readable.from([Buffer.from(priceList(service, rows))]);
  await readOfferRows(file, wanted, (row) => collected.add(row));
  return collected.answer({ region, source: "test", as_of: "2026-11-18" });
}

async function pricesOf(service: string, rows: readonly OfferCells[]): Promise<readonly string[]> {
  const { prices } = await answerOf(service, rows);
  return prices.map(({ table, key, usd, unit }) => `${table} | ${key} | ${usd} | ${unit}`).sort();
}

const usage = (usageType: string, price: string, more: OfferCells = {}): OfferCells => ({
  usageType,
  PricePerUnit: price,
  ...more,
});

/** Rows as the lists have them, and the price of the catalogue that is meant. */
const cases: readonly (readonly [service: string, rows: readonly OfferCells[], expected: string])[] = [
  ["AmazonEC2", [machineRow("m5.large", "0.096")], "ec2/linux | m5.large | 0.096 | hours"],
  [
    "AmazonEC2",
    [machineRow("m5.large", "0.188", { "Operating System": "Windows", operation: "RunInstances:0002" })],
    "ec2/windows | m5.large | 0.188 | hours",
  ],
  [
    "AmazonEC2",
    [machineRow("t3.medium", "0.05", { Tenancy: "Dedicated", usageType: "DedicatedUsage:t3.medium" })],
    "ec2/linux/dedicated | t3.medium | 0.05 | hours",
  ],
  [
    "AmazonEC2",
    [usage("EBS:VolumeUsage.gp3", "0.08", { "Product Family": "Storage" })],
    "aws_ebs_volume | Storage (general purpose SSD, gp3) | 0.08 | GB",
  ],
  [
    "AmazonEC2",
    [usage("EBS:VolumeP-Throughput.gp3", "40.96", { Unit: "GiBps-mo" })],
    "aws_ebs_volume | Provisioned throughput | 0.04 | Mbps",
  ],
  [
    "AmazonEC2",
    [usage("EBS:VolumeIOUsage", "0.00000005")],
    "aws_ebs_volume | I/O requests | 0.05 | 1M request",
  ],
  ["AmazonEC2", [usage("NatGateway-Hours", "0.045")], "aws_nat_gateway | NAT gateway | 0.045 | hours"],
  [
    "AmazonEC2",
    [
      usage("ElasticIP:IdleAddress", "0.0000", { StartingRange: "0" }),
      usage("ElasticIP:IdleAddress", "0.005", { StartingRange: "1" }),
    ],
    "aws_eip | IP address (if unused) | 0.005 | hours",
  ],
  [
    "AmazonEC2",
    [usage("CPUCredits:t3", "0.05", { "Operating System": "Linux" })],
    "ec2/cpu-credits | t3 Linux | 0.05 | vCPU-hours",
  ],
  [
    "AmazonRDS",
    [
      usage("Multi-AZUsage:db.m5.large", "0.342", {
        "Product Family": "Database Instance",
        "Instance Type": "db.m5.large",
        "Database Engine": "MySQL",
        "License Model": "No license required",
      }),
    ],
    "rds/mysql/multi-az | db.m5.large | 0.342 | hours",
  ],
  [
    "AmazonRDS",
    [
      usage("InstanceUsage:db.m5.large", "0.977", {
        "Product Family": "Database Instance",
        "Instance Type": "db.m5.large",
        "Database Engine": "SQL Server",
        "Database Edition": "Standard",
        "License Model": "License included",
      }),
    ],
    "rds/sql-server/standard/license-included/single-az | db.m5.large | 0.977 | hours",
  ],
  [
    "AmazonRDS",
    [usage("RDS:Multi-AZ-GP3-Storage", "0.23", { "Database Engine": "PostgreSQL" })],
    "rds/storage | gp3 multi-az | 0.23 | GB",
  ],
  [
    "AmazonRDS",
    [usage("Aurora:ServerlessV2Usage", "0.12", { "Database Engine": "Aurora MySQL" })],
    "aws_rds_cluster_instance | Aurora serverless v2 | 0.12 | ACU-hours",
  ],
  [
    "AmazonElastiCache",
    [
      usage("NodeUsage:cache.t3.micro", "0.017", {
        "Product Family": "Cache Instance",
        "Cache Engine": "Redis",
      }),
    ],
    "elasticache/redis | cache.t3.micro | 0.017 | hours",
  ],
  [
    "AmazonDynamoDB",
    [
      usage("ReadCapacityUnit-Hrs", "0", { EndingRange: "18600" }),
      usage("ReadCapacityUnit-Hrs", "0.00013", { StartingRange: "18600" }),
    ],
    "aws_dynamodb_table | Read capacity unit (RCU) | 0.0949 | RCU",
  ],
  [
    "AmazonDynamoDB",
    [usage("WriteRequestUnits", "0.000000625")],
    "aws_dynamodb_table | Write request unit (WRU) | 6.25e-7 | WRU",
  ],
  [
    "AmazonS3",
    [
      usage("TimedStorage-ByteHrs", "0.023"),
      usage("TimedStorage-ByteHrs", "0.022", { StartingRange: "51200" }),
    ],
    "aws_s3_bucket | Standard / Storage | 0.023 | GB",
  ],
  [
    "AmazonS3",
    [usage("Requests-SIA-Tier1", "0.00001")],
    "aws_s3_bucket | Standard - infrequent access / PUT, COPY, POST, LIST requests | 0.01 | 1k requests",
  ],
  [
    "AWSLambda",
    [usage("Lambda-GB-Second", "0.000015", { Group: "AWS-Lambda-Duration", StartingRange: "6000000000" })],
    "aws_lambda_function | Duration (next 9B) | 0.000015 | GB-seconds",
  ],
  [
    "AWSLambda",
    [usage("Request", "0.0000002", { Group: "AWS-Lambda-Requests" })],
    "aws_lambda_function | Requests | 0.2 | 1M requests",
  ],
  [
    "AmazonECS",
    [usage("USE1-Fargate-vCPU-Hours:perCPU", "0.04048")],
    "aws_ecs_service | Per vCPU per hour | 29.5504 | CPU",
  ],
  [
    "AmazonEKS",
    [usage("USE1-AmazonEKS-Hours:perCluster", "0.1")],
    "aws_eks_cluster | EKS cluster | 0.1 | hours",
  ],
  [
    "AWSELB",
    [usage("LCUUsage", "0.008", { "Product Family": "Load Balancer-Application" })],
    "aws_lb | Load balancer capacity units [application] | 5.84 | LCU",
  ],
  [
    "AWSQueueService",
    [
      usage("Requests-FIFO-RBP", "0.0000005", {
        "Product Family": "API Request",
        "Queue Type": "FIFO (first-in, first-out)",
      }),
    ],
    "aws_sqs_queue | Requests [fifo] | 0.5 | 1M requests",
  ],
  [
    "AmazonSNS",
    [
      usage("Requests-Tier1", "0", { EndingRange: "1000000" }),
      usage("Requests-Tier1", "0.0000005", { StartingRange: "1000000" }),
    ],
    "aws_sns_topic | API requests (over 1M) | 0.5 | 1M requests",
  ],
  ["awskms", [usage("us-east-1-KMS-Keys", "1")], "aws_kms_key | Customer master key | 1 | months"],
  [
    "AmazonCloudWatch",
    [usage("CW:AlarmMonitorUsage", "0.1")],
    "aws_cloudwatch_metric_alarm | Standard resolution | 0.1 | alarm metrics",
  ],
  [
    "AmazonCloudWatch",
    [usage("USE1-DataProcessing-Bytes", "0.5")],
    "aws_cloudwatch_log_group | Data ingested | 0.5 | GB",
  ],
];

describe("the names of a price list's rows", () => {
  it.each(cases)("%s: %#", async (service, rows, expected) => {
    expect(await pricesOf(service, rows)).toContain(expected);
  });

  it.each(cases)("are asked for by a mapping, and cost about as much: %s %#", async (service, rows) => {
    const { prices } = await answerOf(service, rows);
    for (const { table, key, region, usd } of prices) {
      const known = catalogue.price(table, key, region);
      // The catalogue has these in other regions, or not yet.
      const elsewhere = catalogue.regions.some((each) => catalogue.price(table, key, each) !== undefined);
      expect([key, elsewhere]).toEqual([key, true]);
      if (known) expect([key, Math.abs(known.usd / usd - 1) < 0.25]).toEqual([key, true]);
    }
  });

  it("every list that is read has a case here", () => {
    expect([...new Set(cases.map(([service]) => service))].sort()).toEqual(Object.keys(offerNames).sort());
  });

  it.each<readonly [string, string, OfferCells]>([
    [
      "software that is paid with it",
      "AmazonEC2",
      machineRow("m5.large", "1", { "Pre Installed S/W": "SQL Web" }),
    ],
    [
      "a licence of one's own",
      "AmazonEC2",
      machineRow("m5.large", "1", { "License Model": "Bring your own license" }),
    ],
    ["a host", "AmazonEC2", machineRow("m5.large", "1", { Tenancy: "Host" })],
    ["a block of capacity", "AmazonEC2", machineRow("m5.large", "1", { MarketOption: "CapacityBlock" })],
    ["a name that is none", "AmazonEC2", machineRow("__proto__", "1")],
    ["a name with more in it", "AmazonEC2", machineRow("m5.large | x", "1")],
    ["an object's own words", "AmazonS3", usage("constructor", "1")],
    [
      "extended support",
      "AmazonRDS",
      usage("ExtendedSupport:Yr1-Yr2:MySQL5.7", "0.1", { "Database Engine": "MySQL" }),
    ],
    ["a table's other class", "AmazonDynamoDB", usage("IA-WriteCapacityUnit-Hrs", "0.0008")],
  ])("are none for %s", async (_, service, row) => {
    const { prices, notMapped } = await answerOf(service, [row]);
    expect([prices, notMapped]).toEqual([[], 1]);
  });

  it("know the region's letters in front of a usage type", async () => {
    const row = usage("EUC1-EBS:VolumeUsage.gp2", "0.119", { "Region Code": "eu-central-1" });
    const { prices } = await answerOf("AmazonEC2", [row], "eu-central-1");
    expect(prices).toMatchObject([{ key: "Storage (general purpose SSD, gp2)", region: "eu-central-1" }]);
  });
});
