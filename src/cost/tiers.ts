import type { Component, PriceAnswer } from "./contract.ts";
import { byUsage } from "./component.ts";

/** One step of a price list: `first 10TB` ends at 10,240 GB; the last one has no end. */
export interface Tier {
  readonly label: string;
  /** Upper bound in the component's unit, counted from 0; absent: no bound. */
  readonly upTo?: number;
  readonly price: PriceAnswer;
}

export interface TieredInput {
  readonly name: string;
  readonly unit: string;
  readonly quantity: number | undefined;
  readonly tiers: readonly Tier[];
}

/** A component for each tier that the quantity reaches; without a quantity the first tier alone, without a cost. */
export function tiered({ name, unit, quantity, tiers }: TieredInput): readonly Component[] {
  const components: Component[] = [];
  let from = 0;
  for (const { label, upTo, price } of tiers) {
    const reached = quantity === undefined ? 0 : Math.min(quantity, upTo ?? Infinity) - from;
    if (components.length > 0 && reached <= 0) break;
    components.push(
      byUsage({
        name: `${name} (${label})`,
        unit,
        quantity: quantity === undefined ? undefined : reached,
        price,
      }),
    );
    from = upTo ?? Infinity;
  }
  return components;
}
