import type { Category, Failure } from "../../src/core/failure.ts";
import type { Automation, Solution } from "../../src/core/issue.ts";
import type { JsonValue } from "../../src/core/json.ts";
import { fillStep, fillText, missingIn } from "./fill.ts";
import type { KnowledgeMatch } from "./match.ts";
import { parametersOf } from "./parameters.ts";
import type { KnowledgeSolution } from "./schema.ts";

/** A curated solution for one failure, with what a ranking needs to know about it. */
export interface CuratedSolution {
  readonly solution: Solution;
  /** Pseudo-counts that stand for experience until the log has some; fewer successes where another entry fits better. */
  readonly prior: { readonly successes: number; readonly tries: number };
  readonly specificity: number;
  readonly entryId: string;
  /** Under which its entry is filed, the main one first. */
  readonly categories: readonly Category[];
  /** Page that it was written from. */
  readonly source: string;
}

/**
 * The solutions of a match, filled with the failure's own values; `surroundings` adds values that the failure does not
 * hold, such as `environment` or `region`. IDs are `ENTRY/SOLUTION` and do not depend on the values.
 */
export function solutionsFrom(
  match: KnowledgeMatch,
  failure: Failure,
  surroundings: Readonly<Record<string, string>> = {},
): readonly CuratedSolution[] {
  const { entry, specificity, standing } = match;
  const parameters = { ...surroundings, ...parametersOf(failure), ...match.parameters };
  const rootCause = fillText(entry.root_cause, parameters);
  return entry.solutions.map((each) => ({
    solution: {
      id: `${entry.id}/${each.id}`,
      description: fillText(each.description, parameters),
      kind: each.kind,
      steps: each.steps.map((step) => fillStep(step, parameters)),
      automation: automationOf(each.automation, parameters),
      impact: each.impact,
      rootCause,
      origin: "knowledge",
    },
    prior: { ...each.prior, successes: each.prior.successes * standing },
    specificity,
    entryId: entry.id,
    categories: [entry.category, ...(entry.also ?? [])],
    source: entry.source,
  }));
}

function automationOf(
  automation: KnowledgeSolution["automation"],
  parameters: Readonly<Record<string, string>>,
): Automation {
  if (!automation) return { automated: false, parameters: {} };
  const { handler, operation } = automation;
  const isMissing = (value: string | number | boolean): boolean =>
    typeof value === "string" && missingIn(value, parameters).length > 0;
  const values = Object.entries(automation.parameters).filter(
    ([name, value]) => !(isFoundOut(handler, name) && isMissing(value)),
  );
  if (values.some(([, value]) => isMissing(value))) return { automated: false, parameters: {} };
  const filled = values.map(([name, value]): [string, JsonValue] => [
    name,
    typeof value === "string" ? fillText(value, parameters) : value,
  ]);
  return {
    automated: true,
    handler,
    ...(operation === undefined ? {} : { operation }),
    parameters: Object.fromEntries(filled),
  };
}

/** What a message need not say: a grant takes the resource from the plan. */
function isFoundOut(handler: string, parameter: string): boolean {
  return handler === "grant" && parameter === "resource";
}
