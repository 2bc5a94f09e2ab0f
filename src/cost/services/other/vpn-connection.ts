import { hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, present } from "./lines.ts";

const quantity = hoursPerMonth;

export const vpnConnection: CostMapping = {
  types: ["aws_vpn_connection"],
  price(resource, prices, usage) {
    const bill = { table: "aws_vpn_connection", prices, usage };
    const tunnel = present(bill, { name: "VPN connection", unit: "hours", quantity });
    if (!resource.isConfigured("transit_gateway_id") && !resource.text("transit_gateway_id"))
      return priced([tunnel]);
    return priced([
      tunnel,
      present(bill, { name: "Transit gateway attachment", unit: "hours", quantity }),
      metered(bill, { name: "Data processed", unit: "GB", path: "monthly_data_processed_gb" }),
    ]);
  },
};
