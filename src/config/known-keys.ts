import { z } from "zod";
import type { KnownKeys } from "./explain.ts";
import type { Path } from "./problem.ts";

/** Reads the valid keys of every place out of the schema, so that there is no second list to keep. */
export function knownKeys(schema: z.ZodType): KnownKeys {
  const top = keysOf(schema);
  const ofEnvironment = keysAt(schema, ["environments", "any"]);
  return {
    at: (path) => keysAt(schema, path),
    elsewhere: (path, key) => {
      if (path.length === 0 && ofEnvironment.includes(key) && !top.includes(key))
        return "it belongs under an environment";
      const inEnvironment = path[0] === "environments" && path.length === 2;
      if (inEnvironment && top.includes(key) && key !== "environments")
        return "it belongs at the top of the file";
      return undefined;
    },
  };
}

function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let current: unknown = schema;
  for (const step of path) current = stepInto(unwrap(current), step);
  return keysOf(current);
}

function stepInto(schema: unknown, step: string | number): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[step];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodUnion)
    return schema.options.map((option) => stepInto(option, step)).find((inner) => inner !== undefined);
  return undefined;
}

function keysOf(schema: unknown): readonly string[] {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let current = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodNullable) current = current.unwrap();
  return current;
}
