import { hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, present, type Meter } from "./lines.ts";

/** A line that nothing but usage, or the bare existence of its resource, decides. */
export type PlainLine = Meter | { readonly name: string; readonly unit: "hours" | "months" };

/** The price list of what costs the same everywhere. */
export const globalRegion = "us-east-1";

/** A mapping for a type whose arguments do not matter for its price. */
export function plain(
  type: string,
  lines: readonly PlainLine[],
  where: "regional" | "global" = "regional",
): CostMapping {
  return {
    types: [type],
    price(_resource, regional, usage) {
      const prices = where === "global" ? regional.in(globalRegion) : regional;
      const bill = { table: type, prices, usage };
      return priced(
        lines.map((line) =>
          "path" in line ? metered(bill, line) : present(bill, { ...line, quantity: monthly(line.unit) }),
        ),
      );
    },
  };
}

function monthly(unit: string): number {
  return unit === "hours" ? hoursPerMonth : 1;
}
