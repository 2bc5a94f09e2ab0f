import type { CostMapping, CostResource, Pricing } from "../contract.ts";
import { firstPrice, fixed, hoursPerMonth, multiplied, priced, unknown } from "../component.ts";
import { machineComponents, systemOf, type Machine } from "./ec2-machine.ts";
import { priceTemplate, sharingOf } from "./ec2-group.ts";

const defaultType = "t3.medium";
const defaultDisk = 20;

/** Managed node groups. */
export const eksNodeGroup: CostMapping = {
  types: ["aws_eks_node_group"],
  price(resource, prices, usage): Pricing {
    const count = usage.number("instances") ?? resource.number("scaling_config.desired_size") ?? 0;
    const most = resource.number("scaling_config.max_size") ?? count;
    const own = resource.text("instance_types.0");
    const [template] = resource.references("launch_template", "aws_launch_template");
    if (template) {
      const type = own ?? template.text("instance_type") ?? defaultType;
      const sharing = { ...sharingOf(template, count), most };
      return priceTemplate(template, type, { sharing, prices, usage });
    }
    if (resource.blocks("launch_template").length > 0)
      return unknown("its launch template is not in the plan");
    const size = resource.number("disk_size") ?? defaultDisk;
    const machine: Machine = {
      type: own ?? defaultType,
      tenancy: "shared",
      system: systemOf(usage, systemOfImage(resource)),
      spot: resource.text("capacity_type") === "SPOT",
      ebsOptimized: false,
      monitoring: false,
      credits: undefined,
      volumes: [{ part: "", volume: { type: "gp2", size } }],
    };
    return priced(multiplied(machineComponents(machine, prices, usage), count, most));
  },
};

/**
 * The last day of standard support; afterwards a cluster costs six times as much.
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
const standardSupportEnds: Readonly<Record<string, string>> = {
  "1.23": "2023-10-11",
  "1.24": "2024-01-31",
  "1.25": "2024-05-01",
  "1.26": "2024-06-11",
  "1.27": "2024-07-24",
  "1.28": "2024-11-26",
  "1.29": "2025-03-23",
  "1.30": "2025-07-23",
  "1.31": "2025-11-26",
  "1.32": "2026-03-23",
  "1.33": "2026-07-29",
  "1.34": "2026-12-02",
  "1.35": "2027-03-27",
};

/** Control planes. */
export const eksCluster: CostMapping = {
  types: ["aws_eks_cluster"],
  price(resource, prices): Pricing {
    const ends = standardSupportEnds[resource.text("version") ?? ""];
    const name = ends !== undefined && ends < prices.today ? "EKS cluster (extended support)" : "EKS cluster";
    const price = prices.of("aws_eks_cluster", name);
    return priced([fixed({ name, unit: "hours", quantity: hoursPerMonth, price })]);
  },
};

/** One pod of the smallest size for each profile; what pods really ask for is not in a plan. */
export const eksFargateProfile: CostMapping = {
  types: ["aws_eks_fargate_profile"],
  price(_resource, prices): Pricing {
    const memory = firstPrice(
      prices.of("aws_eks_fargate_profile", "Per GB per hour"),
      prices.of("aws_ecs_service", "Per GB per hour"),
    );
    const processor = firstPrice(
      prices.of("aws_eks_fargate_profile", "Per vCPU per hour"),
      prices.of("aws_ecs_service", "Per vCPU per hour"),
    );
    return priced([
      fixed({ name: "Per GB per hour", unit: "GB", quantity: 1, price: memory }),
      fixed({ name: "Per vCPU per hour", unit: "CPU", quantity: 1, price: processor }),
    ]);
  },
};

function systemOfImage(resource: CostResource): string {
  return resource.text("ami_type")?.startsWith("WINDOWS") === true ? "windows" : "linux";
}
