import { free, hoursPerMonth, priced, unknown } from "../../component.ts";
import type { CostMapping, CostResource } from "../../contract.ts";
import { inSteps, metered, present } from "./lines.ts";

const path = "monthly_data_processed_gb";
const petabyte = 1_000_000;

/** Interface endpoints and those of gateway load balancers, by the hour in each subnet. */
export const vpcEndpoint: CostMapping = {
  types: ["aws_vpc_endpoint"],
  price(resource, prices, usage) {
    if (resource.isUnknown("vpc_endpoint_type"))
      return unknown("vpc_endpoint_type is known only after apply");
    const kind = resource.text("vpc_endpoint_type") ?? "Gateway";
    if (kind === "Gateway") return free("a gateway endpoint costs nothing");
    const bill = { table: "aws_vpc_endpoint", prices, usage };
    const subnets = subnetCount(resource, "subnet_ids");
    const quantity = subnets === undefined ? undefined : Math.max(1, subnets) * hoursPerMonth;
    const endpoint = present(bill, { name: `Endpoint (${kind})`, unit: "hours", quantity });
    if (kind === "GatewayLoadBalancer") {
      return priced([metered(bill, { name: "Data processed", unit: "GB", path }), endpoint]);
    }
    const steps = [["first 1PB", petabyte], ["next 4PB", 5 * petabyte], ["over 5PB"]] as const;
    const data = inSteps(bill, { name: "Data processed", unit: "GB", quantity: usage.number(path), steps });
    return priced([...data, endpoint]);
  },
};

/**
 * How many subnets a list names, by the references of the configuration where their ids are not known yet; undefined
 * when neither tells.
 */
export function subnetCount(resource: CostResource, path: string): number | undefined {
  const value = resource.value(path);
  const listed = Array.isArray(value) ? value.length : 0;
  const count = Math.max(listed, resource.references(path, "aws_subnet").length);
  return count === 0 && resource.isConfigured(path) ? undefined : count;
}
