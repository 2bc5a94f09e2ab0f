import { expect, it } from "vitest";
import { pricedTypes } from "../../../../../../src/cost/engine.ts";
import { plainNetwork } from "../../../../../../src/cost/services/other/plain-network.ts";
import { plainOperations } from "../../../../../../src/cost/services/other/plain-operations.ts";
import { plainServerless } from "../../../../../../src/cost/services/other/plain-serverless.ts";
import { plainStorage } from "../../../../../../src/cost/services/other/plain-storage.ts";
import { loadCatalogue } from "../../../../../../src/cost/load-catalogue.ts";
import { costOf, linesOf } from "../../../../../helpers/cost-plan.ts";

const types = [...plainNetwork, ...plainOperations, ...plainServerless, ...plainStorage].flatMap(
  (mapping) => mapping.types,
);
const { regions } = loadCatalogue();

it.each(types)("every line of %s has a price in some region", (type) => {
  const best = regions.map(
    (region) => linesOf(costOf({ type }, { region })).filter((line) => line.endsWith("× ?")).length,
  );
  expect(Math.min(...best)).toBe(0);
});

it("no type is priced twice", () => {
  const all = pricedTypes();
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual(expect.arrayContaining(types));
});
