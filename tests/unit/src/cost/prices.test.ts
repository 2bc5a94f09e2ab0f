import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../../src/cost/load-catalogue.ts";
import { pricesIn, readCatalogue } from "../../../../src/cost/prices.ts";

const document = {
  version: 1,
  made: "2026-01-02",
  tables: [
    {
      table: "ec2/linux",
      region: "us-east-1",
      unit: "hours",
      as_of: "2025-01-01",
      prices: { "t3.nano": 0.5 },
    },
  ],
  prices: [
    ["aws_eip", "Address", "us-east-1", 0.005, "hours", "somewhere", "2024-01-01"],
    ["ec2/linux", "t3.micro", "us-east-1", 0.7, "hours", "somewhere", "2024-02-01"],
  ],
};

describe("a price catalogue", () => {
  test("answers with the price and its date, from its tables and its single rows", () => {
    const prices = pricesIn(readCatalogue(document, "c.json"), "us-east-1");
    expect(prices.of("ec2/linux", "t3.nano")).toEqual({ usd: 0.5, unit: "hours", as_of: "2025-01-01" });
    expect(prices.of("ec2/linux", "t3.micro")).toMatchObject({ usd: 0.7, as_of: "2024-02-01" });
    expect(prices.today).toBe("2026-01-02");
  });

  test("says what is missing, and takes no other region's price", () => {
    const prices = pricesIn(readCatalogue(document, "c.json"), "us-east-1").in("eu-west-1");
    expect(prices.of("ec2/linux", "t3.nano")).toEqual({
      missing: "no price for t3.nano (ec2/linux) in eu-west-1",
    });
    expect(prices.of("ec2/linux", "toString")).toHaveProperty("missing");
  });

  test("of a newer version is refused, with what to do", () => {
    const read = () => readCatalogue({ ...document, version: 2 }, "c.json");
    expect(read).toThrow(
      expect.objectContaining({
        code: "price-catalogue-version",
        hints: [expect.stringContaining("update faber")],
      }),
    );
  });

  test.each([
    [{ ...document, tables: [{ table: "x" }] }],
    [{ ...document, prices: [["a", "b", "c", "1"]] }],
    [{ ...document, prices: [["a", "b", "c", -1]] }],
  ])("with an entry that is no price is refused: %#", (broken) => {
    expect(() => readCatalogue(broken, "c.json")).toThrow(
      expect.objectContaining({ code: "price-catalogue-malformed" }),
    );
  });

  test("comes with faber, each price with a date", () => {
    const catalogue = loadCatalogue();
    expect(catalogue.size).toBeGreaterThan(12_000);
    expect(catalogue.regions).toEqual(
      expect.arrayContaining(["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"]),
    );
    expect(catalogue.price("ec2/linux", "t3.medium", "us-east-1")).toEqual({
      usd: 0.0416,
      unit: "hours",
      as_of: "2026-07-20",
    });
  });
});
