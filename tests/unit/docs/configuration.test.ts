import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { basePolicySchema } from "../../../src/config/base-policy-schema.ts";
import { brokenRules } from "../../../src/config/rules.ts";
import { configSchema } from "../../../src/config/schema.ts";
import { blocksOf, readPages } from "../../helpers/pages.ts";
import { repository } from "../../helpers/sources.ts";

const page = readFileSync(join(repository, "docs/configuration.md"), "utf8");

/** Keys at the top of a JSON Schema. */
function keysOf(schema: z.core.JSONSchema.JSONSchema): readonly string[] {
  return Object.keys(schema.properties ?? {});
}

function jsonSchema(schema: z.ZodType): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(schema, { io: "input" }) as z.core.JSONSchema.JSONSchema;
}

/** What is wrong with a part of faber.yaml; an environment is added where the part has none. */
function wrongIn(text: string): readonly string[] {
  const written: unknown = parse(text);
  if (typeof written !== "object" || written === null) return ["it is no mapping"];
  const whole = { environments: { test: {} }, ...written };
  const read = configSchema().safeParse(whole);
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return brokenRules(read.data).map((rule) => rule.text);
}

describe("docs/configuration.md", () => {
  const [every = "", environment = "", base = ""] = blocksOf(page)
    .filter(({ language }) => language === "yaml")
    .map(({ lines }) => lines.join("\n"));

  test("shows every key of faber.yaml, of an environment and of a base policy", () => {
    const config = jsonSchema(configSchema());
    const shown = (text: string): readonly string[] => Object.keys(parse(text) as Record<string, unknown>);
    expect([...shown(every)].sort()).toEqual([...keysOf(config)].sort());
    const ofEnvironment = (parse(environment) as { environments: { test: object } }).environments.test;
    const map = config.properties?.["environments"] as z.core.JSONSchema.JSONSchema;
    const entry = JSON.stringify(map.additionalProperties);
    const wanted = Object.keys(ofEnvironment);
    expect(wanted.filter((key) => !entry.includes(`"${key}":`))).toEqual([]);
    const { anyOf } = JSON.parse(entry) as { anyOf: readonly { properties?: object }[] };
    expect([...wanted].sort()).toEqual(Object.keys(anyOf[0]?.properties ?? {}).sort());
    expect([...shown(base)].sort()).toEqual([...keysOf(jsonSchema(basePolicySchema))].sort());
  });

  test("shows a base policy that holds to its schema", () => {
    expect(basePolicySchema.safeParse(parse(base)).error?.issues ?? []).toEqual([]);
  });
});

describe("faber.yaml in the documentation", () => {
  const known = new Set(keysOf(jsonSchema(configSchema())));
  const parts = readPages().flatMap(({ path, text }) =>
    blocksOf(text)
      .filter(({ language }) => language === "yaml")
      .map(({ lines }) => [path, lines.join("\n")] as const)
      .filter(([, part]) => {
        const keys = [...part.matchAll(/^(\w+):/gm)].map((match) => match[1] ?? "");
        return keys.length > 0 && keys.every((key) => known.has(key));
      })
      .filter(([, part]) => !/^(?:protected|skip_tests):/m.test(part)),
  );

  test("there is enough of it for the check to mean something", () => {
    expect(parts.length).toBeGreaterThan(10);
  });

  test.each(parts)("of %s is valid", (_path, part) => {
    expect(wrongIn(part)).toEqual([]);
  });

  test("the check finds a key that is not known, and a rule that is broken", () => {
    expect(wrongIn("enviroments: {}")).toHaveLength(1);
    expect(wrongIn("environments: { prod: { fix: auto } }")).toHaveLength(1);
  });
});
