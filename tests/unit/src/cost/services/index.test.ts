import { expect, test } from "vitest";
import { services } from "../../../../../src/cost/services/index.ts";

test("no resource type is mapped twice: one of the two would never be asked", () => {
  const types = services.flatMap((mapping) => mapping.types);
  expect(types.filter((type, at) => types.indexOf(type) !== at)).toEqual([]);
});
