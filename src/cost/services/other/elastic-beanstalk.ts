import type { JsonObject } from "../../../core/json.ts";
import { hoursPerMonth, multiplied, priced, under, unknown } from "../../component.ts";
import type { Component, CostMapping, CostResource, Prices, Pricing, ResourceUsage } from "../../contract.ts";
import { numberIn } from "../../values.ts";
import { machineComponents, type Machine } from "../ec2-machine.ts";
import { dbInstance } from "../rds-instance.ts";
import { metered, present } from "./lines.ts";
import { loadBalancerLines } from "./lb.ts";
import { logLines } from "./log-group.ts";
import { partOf, usageUnder } from "./part-of.ts";

/** `setting` blocks by name; the namespace only groups them. */
type Settings = ReadonlyMap<string, string>;

interface Asked {
  readonly prices: Prices;
  readonly usage: ResourceUsage;
}

/** The machines, database, logs and load balancer that an environment makes by its settings. */
export const elasticBeanstalk: CostMapping = {
  types: ["aws_elastic_beanstalk_environment"],
  price(resource, prices, usage): Pricing {
    const settings = settingsOf(resource);
    const type = settings.get("InstanceTypes")?.split(",")[0]?.trim() ?? settings.get("InstanceType");
    if (type === undefined) return unknown("its instance type is not among its settings");
    const asked = { prices, usage };
    const database = databaseOf(resource, settings, asked);
    if (database?.kind === "unknown") return database;
    const logs =
      settings.get("StreamLogs") === "true"
        ? logLines("STANDARD", prices, usageUnder(usage, "cloudwatch"))
        : [];
    return priced([
      ...under("aws_launch_configuration", machines(type, settings, asked)),
      ...under("aws_db_instance", database?.kind === "priced" ? database.components : []),
      ...under("aws_cloudwatch_log_group", logs),
      ...balancer(settings, asked),
    ]);
  },
};

function settingsOf(resource: CostResource): Settings {
  return new Map(
    resource
      .blocks("setting")
      .flatMap(({ name, value }) =>
        typeof name === "string" && typeof value === "string" ? [[name, value] as const] : [],
      ),
  );
}

/** As many as the group has at least. */
function machines(type: string, settings: Settings, { prices, usage }: Asked): readonly Component[] {
  const iops = numberIn(settings.get("RootVolumeIOPS"));
  const volume = {
    type: settings.get("RootVolumeType") ?? "gp2",
    size: numberIn(settings.get("RootVolumeSize")) ?? 8,
    iops,
    throughput: numberIn(settings.get("RootVolumeThroughput")),
  };
  const machine: Machine = {
    type,
    tenancy: "shared",
    system: "linux",
    spot: settings.get("EnableSpot") === "true",
    ebsOptimized: false,
    monitoring: false,
    credits: "standard",
    volumes: [{ part: "aws_ebs_volume", volume }],
  };
  const count = numberIn(settings.get("MinSize")) ?? 1;
  return multiplied(machineComponents(machine, prices, usageUnder(usage, "ec2")), count);
}

function databaseOf(
  resource: CostResource,
  settings: Settings,
  { prices, usage }: Asked,
): Pricing | undefined {
  const instanceClass = settings.get("DBInstanceClass");
  if (instanceClass === undefined) return undefined;
  const values: JsonObject = {
    instance_class: instanceClass,
    engine: settings.get("DBEngine") ?? "mysql",
    engine_version: settings.get("DBEngineVersion") ?? null,
    multi_az: settings.get("MultiAZDatabase") === "true",
    allocated_storage: numberIn(settings.get("DBAllocatedStorage")) ?? null,
  };
  return dbInstance.price(partOf(resource, "aws_db_instance", values), prices, usageUnder(usage, "db"));
}

/** Without a `LoadBalancerType` a network load balancer is listed, as Infracost does. */
function balancer(settings: Settings, { prices, usage }: Asked): readonly Component[] {
  if (settings.get("EnvironmentType") === "SingleInstance") return [];
  const kind = settings.get("LoadBalancerType") ?? "network";
  if (kind !== "classic")
    return under("aws_loadbalancer", loadBalancerLines(kind, prices, usageUnder(usage, "lb")));
  const bill = { table: "aws_elb", prices, usage: usageUnder(usage, "elb") };
  return under("aws_elb", [
    present(bill, { name: "Classic load balancer", unit: "hours", quantity: hoursPerMonth }),
    metered(bill, { name: "Data processed", unit: "GB", path: "monthly_data_processed_gb" }),
  ]);
}
