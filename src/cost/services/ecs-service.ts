import { stringAt, type JsonObject } from "../../core/json.ts";
import type { Component, CostMapping, CostResource, Prices, Pricing, ResourceUsage } from "../contract.ts";
import { fixed, free, hoursPerMonth, multiplied, priced, times, unknown } from "../component.ts";
import { numberIn } from "../values.ts";
import { scaledCapacity } from "./autoscaling-target.ts";

const table = "aws_ecs_service";
/** GB of storage that every Fargate task has without extra cost. */
const freeStorage = 20;

/** Services that run on Fargate; on instances the instances are charged. */
export const ecsService: CostMapping = {
  types: ["aws_ecs_service"],
  price(resource, prices, usage): Pricing {
    const launch = launchTypeOf(resource);
    if (launch !== "FARGATE") return free("runs on instances, which are charged by themselves");
    const task = taskOf(resource);
    if (!task) return unknown("its task definition is not in the plan");
    if (systemOf(task) === "windows")
      return unknown("the licence fee of Windows on Fargate is not in the price catalogue");
    const count = resource.number("desired_count") ?? 0;
    const most = mostTasks(resource, usage) ?? count;
    return priced(multiplied(taskComponents(task, prices), count, most));
  },
};

/** What one task costs. */
function taskComponents(task: CostResource, prices: Prices): readonly Component[] {
  const memory = sizeOf(task.text("memory") ?? task.number("memory"));
  const processors = sizeOf(task.text("cpu") ?? task.number("cpu"));
  const arm = systemOf(task) === "arm";
  const gb = arm
    ? times(prices.of(table, "Fargate memory (Linux/ARM)"), hoursPerMonth)
    : prices.of(table, "Per GB per hour");
  const cpu = arm
    ? times(prices.of(table, "Fargate vCPU (Linux/ARM)"), hoursPerMonth)
    : prices.of(table, "Per vCPU per hour");
  const components: Component[] = [
    fixed({ name: "Per GB per hour", unit: "GB", quantity: memory, price: gb }),
    fixed({ name: "Per vCPU per hour", unit: "CPU", quantity: processors, price: cpu }),
  ];
  const storage = (task.number("ephemeral_storage.size_in_gib") ?? 0) - freeStorage;
  if (storage > 0) {
    const price = times(prices.of(table, "Fargate ephemeral storage above 20 GB"), hoursPerMonth);
    components.push(fixed({ name: "Ephemeral storage", unit: "GB", quantity: storage, price }));
  }
  return components;
}

/** What autoscaling may make of the desired count. */
function mostTasks(resource: CostResource, usage: ResourceUsage): number | undefined {
  const cluster = resource.text("cluster")?.split("/").at(-1) ?? "default";
  const id = `service/${cluster}/${resource.text("name") ?? ""}`;
  return scaledCapacity(resource, "ecs:service:DesiredCount", { id, usage })?.most;
}

/** The service's own task definition, or the one of its task sets. */
function taskOf(resource: CostResource): CostResource | undefined {
  const type = "aws_ecs_task_definition";
  const sets = resource
    .referencedBy("aws_ecs_task_set", "service")
    .flatMap((set) => set.references("task_definition", type));
  const family = resource.text("task_definition")?.split(":")[0];
  return (
    sets.at(-1) ??
    resource.references("task_definition", type)[0] ??
    (family === undefined ? undefined : resource.find(type, "family", family)[0])
  );
}

/** Its own launch type, its own strategy, then what the cluster does by default. */
function launchTypeOf(resource: CostResource): string {
  const own = resource.text("launch_type") ?? strategyType(resource.blocks("capacity_provider_strategy"));
  if (own !== undefined) return own;
  const [cluster] = resource.references("cluster", "aws_ecs_cluster");
  if (!cluster) return "EC2";
  const places = [cluster, ...cluster.referencedBy("aws_ecs_cluster_capacity_providers", "cluster_name")];
  return places.some(runsOnFargate) ? "FARGATE" : "EC2";
}

function runsOnFargate(place: CostResource): boolean {
  const strategy = place.blocks("default_capacity_provider_strategy");
  if (strategy.length > 0) return strategyType(strategy) === "FARGATE";
  const providers = place.value("capacity_providers");
  return Array.isArray(providers) && providers.includes("FARGATE");
}

function strategyType(strategy: readonly JsonObject[]): string | undefined {
  const used = strategy.filter(
    (each) => (numberIn(each["base"]) ?? 0) > 0 || (numberIn(each["weight"]) ?? 0) > 0,
  );
  if (used.length === 0) return undefined;
  return used.some((each) => (stringAt(each["capacity_provider"]) ?? "").toUpperCase().startsWith("FARGATE"))
    ? "FARGATE"
    : "EC2";
}

function systemOf(task: CostResource): "linux" | "arm" | "windows" {
  if (task.text("runtime_platform.operating_system_family")?.startsWith("WINDOWS") === true) return "windows";
  return task.text("runtime_platform.cpu_architecture") === "ARM64" ? "arm" : "linux";
}

/** In GB or processors: `2048`, `2 GB`, `1 vCPU`; without a unit it is in thousand-and-twenty-fourths. */
function sizeOf(written: string | number | undefined): number | undefined {
  if (written === undefined) return undefined;
  const text = String(written).replaceAll(" ", "");
  const unit = /^([\d.]+)(vcpu|gb)$/i.exec(text)?.[1];
  const size = unit === undefined ? Number(text) / 1024 : Number(unit);
  return Number.isFinite(size) ? size : undefined;
}
