import { byUsage, priced } from "../../component.ts";
import type { Component, CostMapping } from "../../contract.ts";
import { inSteps, type Step } from "./lines.ts";

const table = "aws_data_transfer";
const terabyte = 1024;
const steps: readonly Step[] = [
  ["first 10TB", 10 * terabyte],
  ["next 40TB", 50 * terabyte],
  ["next 100TB", 150 * terabyte],
  ["over 150TB"],
];
/** Traffic between zones is paid when it leaves one and when it enters the other. */
const bothWays = 2;

/**
 * What leaves a zone or a region. No resource of a plan says it: an entry `aws_data_transfer.NAME` of the usage file
 * does, with its `region`.
 */
export const dataTransfer: CostMapping = {
  types: [table],
  price(resource, regional, usage) {
    const prices = regional.in(usage.text("region") ?? resource.region);
    const bill = { table, prices, usage };
    const line = (name: string, path: string, factor = 1): readonly Component[] => {
      const amount = usage.number(path);
      if (amount === undefined) return [];
      return [byUsage({ name, unit: "GB", quantity: amount * factor, price: prices.of(table, name) })];
    };
    const name = "Outbound data transfer to Internet";
    const internet = usage.number("monthly_outbound_internet_gb");
    return priced([
      ...line("Intra-region data transfer", "monthly_intra_region_gb", bothWays),
      ...(internet === undefined ? [] : inSteps(bill, { name, unit: "GB", quantity: internet, steps })),
      ...line("Outbound data transfer to US East regions", "monthly_outbound_us_east_to_us_east_gb"),
      ...line("Outbound data transfer to other regions", "monthly_outbound_other_regions_gb"),
    ]);
  },
};
