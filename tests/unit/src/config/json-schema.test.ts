import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configJsonSchema } from "../../../../src/config/json-schema.ts";
import { isObject } from "../../../../src/core/json.ts";

test("the schema that ships is the one the code says (npx tsx scripts/gen-schemas.ts)", () => {
  const file = new URL("../../../../src/config/assets/faber.schema.json", import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(configJsonSchema());
});

test("every key is described and no object takes unknown ones", () => {
  let described = 0;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (!isObject(node)) return;
    if (isObject(node["properties"])) {
      expect(node["additionalProperties"]).toBe(false);
      for (const [key, value] of Object.entries(node["properties"])) {
        expect(isObject(value) && value["description"], key).toMatch(/^\S.+\.$/);
        described += 1;
      }
    }
    for (const value of Object.values(node)) visit(value);
  };
  visit(JSON.parse(configJsonSchema()));
  expect(described).toBeGreaterThan(40);
});
