import { priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, present } from "./lines.ts";

/** One editor at least: who makes a workspace uses it. */
export const grafanaWorkspace: CostMapping = {
  types: ["aws_grafana_workspace"],
  price(_resource, prices, usage) {
    const bill = { table: "aws_grafana_workspace", prices, usage };
    const quantity = usage.number("editors_administrator_licenses") ?? 1;
    return priced([
      present(bill, { name: "Editor/administrator licenses", unit: "users", quantity }),
      metered(bill, { name: "Viewer licenses", unit: "users", path: "viewer_licenses" }),
    ]);
  },
};
