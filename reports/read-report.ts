import { isObject, type JsonObject } from "../src/core/json.ts";
import type { RunReport, TestReport } from "../src/core/report.ts";
import type { z } from "zod";
import { fromSeed } from "./from-seed.ts";
import { runReportSchema, testReportSchema } from "./schema.ts";

export type ReadReport =
  | { readonly kind: "test"; readonly report: TestReport }
  | { readonly kind: "run"; readonly report: RunReport }
  /** What is wrong, each with its path: `tests[2].status: …`. */
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

/** One slip often brings others with it; the first ones tell. */
const shownProblems = 5;

/** Holds a document to the schema that it names. What the schema does not know stays in it. */
export function readReport(value: unknown): ReadReport {
  if (!isObject(value)) return invalid(["it is no JSON object"]);
  const document = fromSeed(value);
  const version = document["schema_version"];
  if (version === "faber.test-report/1") {
    return isValid(testReportSchema, document)
      ? { kind: "test", report: document }
      : invalid(problemsIn(testReportSchema, document));
  }
  if (version === "faber.run/1") {
    return isValid(runReportSchema, document)
      ? { kind: "run", report: document }
      : invalid(problemsIn(runReportSchema, document));
  }
  const said =
    version === undefined ? "it has no schema_version" : `schema_version ${JSON.stringify(version)}`;
  return invalid([`${said}: faber.test-report/1 and faber.run/1 can be read`]);
}

function isValid<T extends object>(schema: z.ZodType<T>, value: object): value is T {
  return schema.safeParse(value).success;
}

function problemsIn(schema: z.ZodType, value: JsonObject): readonly string[] {
  const result = schema.safeParse(value);
  return (result.error?.issues ?? []).map(({ path, message }) => {
    const place = path
      .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
      .join("")
      .replace(/^\./, "");
    const said = message.endsWith("received undefined") ? "is missing" : message;
    return place === "" ? said : `${place}: ${said}`;
  });
}

function invalid(problems: readonly string[]): ReadReport {
  const more = problems.length - shownProblems;
  return {
    kind: "invalid",
    problems: [...problems.slice(0, shownProblems), ...(more > 0 ? [`and ${more} more`] : [])],
  };
}
