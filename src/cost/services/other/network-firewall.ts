import { hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, present } from "./lines.ts";

/** An endpoint in each subnet that it protects. */
export const networkFirewall: CostMapping = {
  types: ["aws_networkfirewall_firewall"],
  price(resource, prices, usage) {
    const bill = { table: "aws_networkfirewall_firewall", prices, usage };
    const endpoints = resource.blocks("subnet_mapping").length;
    const quantity = endpoints === 0 ? undefined : endpoints * hoursPerMonth;
    return priced([
      present(bill, { name: "Network Firewall Endpoint", unit: "hours", quantity }),
      metered(bill, { name: "Data Processed", unit: "GB", path: "monthly_data_processed_gb" }),
    ]);
  },
};
