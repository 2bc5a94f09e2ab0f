import { byUsage, fixed } from "../../component.ts";
import type { Component, Prices, ResourceUsage } from "../../contract.ts";
import { tiered } from "../../tiers.ts";

/** Where the lines of one resource take their prices and their usage from. */
export interface Bill {
  readonly table: string;
  readonly prices: Prices;
  readonly usage: ResourceUsage;
}

/** What is counted while it is used. */
export interface Meter {
  readonly name: string;
  readonly unit: string;
  /** Where the usage file has its quantity. */
  readonly path: string;
  /** How many of the usage file's units make one `unit`; 1 unless given. */
  readonly per?: number;
  /** Its key in the price table, where that is not its name. */
  readonly key?: string;
}

/** What is paid for being there. */
export interface Fixture {
  readonly name: string;
  readonly unit: string;
  /** A month's; undefined: known only after apply. */
  readonly quantity: number | undefined;
  readonly key?: string;
}

/** A step's label in names and keys, and where it ends in the line's unit. */
export type Step = readonly [label: string, upTo?: number];

export interface Stairs {
  readonly name: string;
  readonly unit: string;
  readonly quantity: number | undefined;
  readonly steps: readonly Step[];
  /** What comes before ` (label)` in the price table's keys, where that is not the name. */
  readonly key?: string;
}

/** The usage file's figure in units of `per`. */
export function usedOf(usage: ResourceUsage, path: string, per = 1): number | undefined {
  const amount = usage.number(path);
  return amount === undefined ? undefined : amount / per;
}

export function metered(
  { table, prices, usage }: Bill,
  { name, unit, path, per = 1, key = name }: Meter,
): Component {
  return byUsage({ name, unit, quantity: usedOf(usage, path, per), price: prices.of(table, key) });
}

export function present({ table, prices }: Bill, { name, unit, quantity, key = name }: Fixture): Component {
  return fixed({ name, unit, quantity, price: prices.of(table, key) });
}

export function inSteps(
  { table, prices }: Bill,
  { name, unit, quantity, steps, key = name }: Stairs,
): readonly Component[] {
  const tiers = steps.map(([label, upTo]) => ({
    label,
    price: prices.of(table, `${key} (${label})`),
    ...(upTo !== undefined && { upTo }),
  }));
  return tiered({ name, unit, quantity, tiers });
}
