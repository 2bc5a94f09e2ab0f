import { byUsage, priced, under } from "../../component.ts";
import type { Component, CostMapping } from "../../contract.ts";
import { globalRegion } from "./plain.ts";

const table = "aws_globalaccelerator_endpoint_group";
const areas: Readonly<Record<string, string>> = {
  us: "US, Mexico, Canada",
  europe: "Europe",
  south_africa: "South Africa, Kenya",
  south_america: "South America",
  south_korea: "South Korea",
  middle_east: "Middle East",
  australia: "Australia, New Zealand",
  asia_pacific: "Asia Pacific",
  india: "India, Indonesia, Philippines, Thailand",
};
const directions = {
  monthly_inbound_data_transfer_gb: "Inbound",
  monthly_outbound_data_transfer_gb: "Outbound",
};

/** The premium for data that takes AWS's network: only the direction with more traffic is billed. */
export const globalAcceleratorEndpoints: CostMapping = {
  types: [table],
  price(_resource, regional, usage) {
    const prices = regional.in(globalRegion);
    const sums = Object.entries(directions).map(([path, word]) => {
      const amounts = Object.entries(usage.object(path) ?? {});
      const total = amounts.reduce((sum, [, amount]) => sum + (typeof amount === "number" ? amount : 0), 0);
      return { word, amounts, total };
    });
    const [inbound, outbound] = sums;
    const dominant = inbound && outbound && outbound.total > inbound.total ? outbound : inbound;
    const lines = (dominant?.amounts ?? []).flatMap(([area, amount]): readonly Component[] => {
      const title = areas[area];
      if (title === undefined || typeof amount !== "number") return [];
      const name = `${dominant?.word ?? ""} DT-premium fee`;
      return under(title, [
        byUsage({ name, unit: "GB", quantity: amount, price: prices.of(table, `${title} / ${name}`) }),
      ]);
    });
    return priced(lines);
  },
};
