import { priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, type Meter } from "./lines.ts";

const meter = (name: string, path: string): Meter => ({ name, unit: "100k events", path, per: 100_000 });
const management = meter("Management events (additional copies)", "monthly_additional_management_events");
const data = meter("Data events", "monthly_data_events");
const insight = meter("Insight events", "monthly_insight_events");

/** Events of the kinds that a trail records. The first copy of management events is free. */
export const cloudtrail: CostMapping = {
  types: ["aws_cloudtrail"],
  price(resource, prices, usage) {
    const bill = { table: "aws_cloudtrail", prices, usage };
    const withManagement = resource.flag("include_global_service_events") !== false;
    const withInsight = resource.blocks("insight_selector").length > 0;
    const meters = [...(withManagement ? [management] : []), data, ...(withInsight ? [insight] : [])];
    return priced(meters.map((each) => metered(bill, each)));
  },
};
