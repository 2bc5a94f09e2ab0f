import { expect, it } from "vitest";
import { costOf, estimateOf, linesOf } from "../../../../../helpers/cost-plan.ts";

it("App Runner keeps the memory of one instance ready", () => {
  const service = (memory: string) => ({
    type: "aws_apprunner_service",
    values: { instance_configuration: [{ memory }] },
  });
  expect(costOf(service("4 GB"))?.monthly_cost_usd).toBeCloseTo(20.44);
  expect(costOf(service("1024"))?.monthly_cost_usd).toBeCloseTo(5.11);
  expect(costOf({ type: "aws_apprunner_service", values: {} })?.monthly_cost_usd).toBeCloseTo(10.22);
  expect(costOf(service("much"))?.monthly_cost_usd).toBeNull();
});

it("user pools cost by user after ten thousand, in the tier that has a price", () => {
  const pool = (user_pool_tier: string) => ({ type: "aws_cognito_user_pool", values: { user_pool_tier } });
  const usage = { monthly_active_users: 20_000 };
  expect(costOf(pool("ESSENTIALS"), { usage })?.monthly_cost_usd).toBeCloseTo(150);
  expect(costOf(pool("PLUS"), { usage })?.monthly_cost_usd).toBeNull();
});

it("pipelines of the second kind have no monthly price", () => {
  const pipeline = (pipeline_type: string) => ({ type: "aws_codepipeline", values: { pipeline_type } });
  expect(costOf(pipeline("V1"))?.monthly_cost_usd).toBe(1);
  expect(linesOf(costOf(pipeline("V2")))).toEqual(["Action execution: ? minutes × ?"]);
});

it("an endpoint of SageMaker is what its configuration asks for", () => {
  const configuration = {
    type: "aws_sagemaker_endpoint_configuration",
    name: "c",
    values: { production_variants: [{ instance_type: "ml.t2.medium", initial_instance_count: 2 }] },
  };
  const references = [
    "aws_sagemaker_endpoint_configuration.c.name",
    "aws_sagemaker_endpoint_configuration.c",
  ];
  const endpoint = { type: "aws_sagemaker_endpoint", expressions: { endpoint_config_name: { references } } };
  expect(costOf(endpoint, { beside: [configuration] })?.monthly_cost_usd).toBeCloseTo(94.9);
  expect(estimateOf([{ type: "aws_sagemaker_endpoint" }]).unknown).toHaveLength(1);
});

it("what costs by use and has no price is listed, and unknown once it is used", () => {
  const schedule = { type: "aws_scheduler_schedule" };
  expect(estimateOf([schedule]).unknown).toHaveLength(0);
  expect(linesOf(costOf(schedule))).toEqual(["Invocations: ? 1M invocations × ?"]);
  const used = estimateOf([schedule], {
    usage: { "aws_scheduler_schedule.a": { monthly_invocations: 5e6 } },
  });
  expect(used.unknown).toHaveLength(1);
});

const environment = (settings: Readonly<Record<string, string>>) => ({
  type: "aws_elastic_beanstalk_environment",
  values: {
    setting: Object.entries(settings).map(([name, value]) => ({ namespace: "aws:any", name, value })),
  },
});

it("an environment of Elastic Beanstalk is the machines, disks and balancer that its settings make", () => {
  const cost = costOf(
    environment({ InstanceTypes: "t3.small,t3.large", MinSize: "2", LoadBalancerType: "classic" }),
  );
  expect(linesOf(cost)).toEqual([
    "aws_launch_configuration / Instance usage (Linux/UNIX, on-demand, t3.small): 1460 hours × 0.0208",
    "aws_launch_configuration / aws_ebs_volume / Storage (general purpose SSD, gp2): 16 GB × 0.1",
    "aws_elb / Classic load balancer: 730 hours × 0.025",
    "aws_elb / Data processed: ? GB × 0.008",
  ]);
});

it("an environment's database and logs have usage of their own", () => {
  const settings = {
    InstanceType: "t3.small",
    DBInstanceClass: "db.t3.micro",
    DBEngine: "mysql",
    StreamLogs: "true",
  };
  const usage = { cloudwatch: { storage_gb: 100 }, db: { additional_backup_storage_gb: 10 } };
  const names = linesOf(costOf(environment(settings), { usage }));
  expect(names).toContain("aws_cloudwatch_log_group / Archival Storage: 100 GB × 0.03");
  expect(names).toContain("aws_db_instance / Additional backup storage: 10 GB × 0.095");
});

it("an environment without machines that anybody named is unknown, one of a single machine has no balancer", () => {
  expect(estimateOf([environment({ MinSize: "1" })]).unknown).toHaveLength(1);
  const single = costOf(environment({ InstanceType: "t3.small", EnvironmentType: "SingleInstance" }));
  expect(linesOf(single)).toHaveLength(2);
});

it("traffic is what the usage file says of it", () => {
  const address = "aws_data_transfer.out";
  const usage = {
    [address]: { region: "eu-west-1", monthly_outbound_internet_gb: 20_480, monthly_intra_region_gb: 50 },
  };
  const traffic = estimateOf([{ type: "aws_vpc" }], { usage }).resources.find(
    (each) => each.address === address,
  );
  expect(linesOf(traffic)).toEqual([
    "Intra-region data transfer: 100 GB × 0.01",
    "Outbound data transfer to Internet (first 10TB): 10240 GB × 0.09",
    "Outbound data transfer to Internet (next 40TB): 10240 GB × 0.085",
  ]);
});
