import { expect, test } from "vitest";
import { tiered } from "../../../../src/cost/tiers.ts";

const price = (usd: number) => ({ usd, unit: "GB", as_of: "2026-01-01" });
const tiers = [
  { label: "first 10GB", upTo: 10, price: price(3) },
  { label: "next 40GB", upTo: 50, price: price(2) },
  { label: "over 50GB", price: price(1) },
];
const split = (quantity: number | undefined) =>
  tiered({ name: "Data", unit: "GB", quantity, tiers }).map(
    ({ name, monthly_quantity: q, monthly_cost: c }) => [name, q, c],
  );

test("a quantity is divided among the tiers it reaches", () => {
  expect(split(60)).toEqual([
    ["Data (first 10GB)", 10, 30],
    ["Data (next 40GB)", 40, 80],
    ["Data (over 50GB)", 10, 10],
  ]);
});

test("a bound belongs to the tier that ends there", () => {
  expect(split(10)).toEqual([["Data (first 10GB)", 10, 30]]);
  expect(split(0)).toEqual([["Data (first 10GB)", 0, 0]]);
});

test("without a quantity the first tier's price is told, and no cost", () => {
  expect(split(undefined)).toEqual([["Data (first 10GB)", null, null]]);
});
