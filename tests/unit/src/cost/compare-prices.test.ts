import { describe, expect, test } from "vitest";
import { comparePrices } from "../../../../src/cost/compare-prices.ts";
import { ownPricesText } from "../../../../src/cost/own-prices.ts";
import { layered, readCatalogue, type Catalogue } from "../../../../src/cost/prices.ts";
import type { JsonValue } from "../../../../src/core/json.ts";
import type { ListPrice } from "../../../../src/core/list-price.ts";

const row = (key: string, region: string, usd: number): JsonValue => [
  "t",
  key,
  region,
  usd,
  "hours",
  "src",
  "2026-01-01",
];
const catalogueOf = (...prices: readonly JsonValue[]): Catalogue =>
  readCatalogue({ version: 1, made: "2026-01-01", tables: [], prices }, "test");
const offered = (key: string, usd: number, region = "here"): ListPrice => ({
  table: "t",
  key,
  region,
  usd,
  unit: "hours",
  source: "list",
  as_of: "2026-11-18",
});

describe("prices that are offered", () => {
  const catalogue = catalogueOf(row("a", "here", 1), row("b", "there", 1), row("free", "here", 0));

  test.each([
    ["the same", offered("a", 1 + 1e-9), { unchanged: 1, changed: 0, added: 0 }],
    ["a hundred times", offered("a", 100), { unchanged: 0, changed: 1, added: 0 }],
    ["new here", offered("b", 2), { unchanged: 0, changed: 0, added: 1 }],
    ["new everywhere", offered("c", 1e6), { unchanged: 0, changed: 0, added: 1 }],
    ["no longer free", offered("free", 5), { unchanged: 0, changed: 1, added: 0 }],
  ])("are taken: %s", (_, price, counts) => {
    expect(comparePrices(catalogue, [price])).toMatchObject({ ...counts, rows: [price], refused: [] });
  });

  test.each([
    ["negative", offered("a", -1), /-1 is no price/],
    ["not a number", offered("a", Number.NaN), /NaN is no price/],
    ["endless", offered("a", Number.POSITIVE_INFINITY), /Infinity is no price/],
    ["far above", offered("a", 100.1), /100\.1 USD instead of 1 is a change/],
    ["far below", offered("a", 0.009), /by more than a factor of 100/],
    ["nothing at once", offered("a", 0), /0 USD instead of 1/],
    ["far from other regions", offered("b", 1000), /in another region/],
  ])("are refused: %s", (_, price, reason) => {
    const { rows, refused } = comparePrices(catalogue, [price]);
    expect([rows, refused]).toEqual([
      [],
      [{ table: "t", key: price.key, region: "here", reason: expect.stringMatching(reason) }],
    ]);
  });
});

describe("a catalogue of one's own", () => {
  test("keeps what is not told anew, and its tables", () => {
    const table = {
      table: "t",
      region: "here",
      unit: "hours",
      source: "mine",
      as_of: "2026-01-01",
      prices: { z: 9 },
    };
    const before = {
      version: 1,
      made: "2026-01-01",
      sources: { mine: {} },
      tables: [table],
      prices: [row("a", "here", 1), row("b", "here", 2)],
    };
    const text = ownPricesText(before, { made: "2026-11-21", from: "https://a", rows: [offered("b", 3)] });
    const document = JSON.parse(text) as { readonly sources: object };
    const catalogue = readCatalogue(document as JsonValue, "own");
    expect(["a", "b", "z"].map((key) => catalogue.price("t", key, "here")?.usd)).toEqual([1, 3, 9]);
    expect(catalogue.price("t", "b", "here")?.as_of).toBe("2026-11-18");
    expect(document.sources).toEqual({ mine: {}, "aws-price-list": { where: "https://a", kind: "primary" } });
  });

  test("goes before another, price by price", () => {
    const both = layered(
      catalogueOf(row("a", "here", 1)),
      catalogueOf(row("a", "here", 2), row("b", "there", 3)),
    );
    expect([both.price("t", "a", "here")?.usd, both.price("t", "b", "there")?.usd]).toEqual([1, 3]);
    expect([both.regions, both.price("t", "b", "here")]).toEqual([["here", "there"], undefined]);
  });
});
