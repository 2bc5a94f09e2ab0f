import { byUsage, hoursPerMonth, priced } from "../../component.ts";
import type { Component, CostMapping } from "../../contract.ts";
import { present, type Bill } from "./lines.ts";

const regionName = /^[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\d$/;

/** A port by the hour, and what leaves AWS through it by the region it comes from. */
export const dxConnection: CostMapping = {
  types: ["aws_dx_connection"],
  price(resource, prices, usage) {
    const bill = { table: "aws_dx_connection", prices, usage };
    const kind = usage.text("dx_connection_type") ?? "dedicated";
    const key = `DX connection [${kind}, ${resource.text("bandwidth") ?? "unknown bandwidth"}]`;
    const port = present(bill, { name: "DX connection", unit: "hours", quantity: hoursPerMonth, key });
    return priced([port, ...transfers(bill, resource.text("location") ?? "unknown location")]);
  },
};

function transfers(bill: Bill, location: string): readonly Component[] {
  const { prices, usage, table } = bill;
  const total = usage.number("monthly_outbound_region_to_dx_location_gb");
  const byRegion = usage.object("monthly_outbound_from_region_to_dx_connection_location");
  const amounts = byRegion
    ? Object.entries(byRegion)
    : total === undefined
      ? []
      : [[prices.region, total] as const];
  return amounts.flatMap(([written, amount]) => {
    const from = written.replaceAll("_", "-");
    if (typeof amount !== "number" || !regionName.test(from)) return [];
    const name = `Outbound data transfer (from ${from}, to ${location})`;
    return [byUsage({ name, unit: "GB", quantity: amount, price: prices.of(table, name) })];
  });
}
