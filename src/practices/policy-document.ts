import { arrayAt, isObject, objectAt, type JsonObject, type JsonValue } from "../core/json.ts";

/** A statement of an IAM policy, with its lists always as lists. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `*`, or `AWS:arn…`; empty in identity policies. */
  readonly principals: readonly string[];
  readonly conditional: boolean;
}

/**
 * Reads the JSON text of a policy; nothing when it is none or not known yet.
 * Format: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(text: JsonValue | undefined): readonly Statement[] {
  if (typeof text !== "string" || !text.trimStart().startsWith("{")) return [];
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return []; // AWS will say so; it is no matter of practice.
  }
  const statements = objectAt(document)["Statement"];
  return (isObject(statements) ? [statements] : arrayAt(statements).filter(isObject)).map(readStatement);
}

function readStatement(statement: JsonObject): Statement {
  return {
    allows: statement["Effect"] === "Allow",
    actions: textsOf(statement["Action"]),
    resources: textsOf(statement["Resource"]),
    principals: principalsOf(statement["Principal"]),
    conditional: Object.keys(objectAt(statement["Condition"])).length > 0,
  };
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return arrayAt(value).filter((part) => typeof part === "string");
}

function principalsOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return Object.entries(objectAt(value)).flatMap(([kind, names]) =>
    textsOf(names).map((name) => `${kind}:${name}`),
  );
}
