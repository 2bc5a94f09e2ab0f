import {
  arrayAt,
  isObject,
  objectAt,
  parseObject,
  type JsonObject,
  type JsonValue,
} from "../../../src/core/json.ts";

/** A statement of a policy, with its lists always as lists. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly principals: readonly Principal[];
  /** `NotPrincipal`: everybody else is meant. */
  readonly excepted: boolean;
  readonly conditions: readonly Condition[];
}

interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`. */
  readonly kind: string;
  readonly name: string;
}

export interface Condition {
  /** E.g. `StringEquals`, `ForAnyValue:StringLike`. */
  readonly operator: string;
  /** Lower case: the keys are not case-sensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Reads a policy, as JSON text or percent-encoded as IAM gives it; nothing when there is none that can be read.
 * Format: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(text: string | undefined): readonly Statement[] | undefined {
  if (text === undefined) return undefined;
  const document = parseObject(text.startsWith("%7B") ? decodeURIComponent(text) : text);
  if (document === undefined) return undefined;
  const statements = document["Statement"];
  return (isObject(statements) ? [statements] : arrayAt(statements).filter(isObject)).map(readStatement);
}

function readStatement(statement: JsonObject): Statement {
  const excepted = statement["NotPrincipal"] !== undefined;
  return {
    allows: statement["Effect"] === "Allow",
    actions: textsOf(statement["Action"]),
    notActions: textsOf(statement["NotAction"]),
    resources: textsOf(statement["Resource"]),
    principals: principalsOf(statement[excepted ? "NotPrincipal" : "Principal"]),
    excepted,
    conditions: Object.entries(objectAt(statement["Condition"])).flatMap(([operator, tests]) =>
      Object.entries(objectAt(tests)).map(([key, values]) => ({
        operator,
        key: key.toLowerCase(),
        values: textsOf(values),
      })),
    ),
  };
}

/** Conditions may hold numbers and booleans without quotes. */
function textsOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === "boolean" || typeof value === "number") return [String(value)];
  if (typeof value === "string") return [value];
  return arrayAt(value).flatMap(textsOf);
}

function principalsOf(value: JsonValue | undefined): readonly Principal[] {
  if (typeof value === "string") return [{ kind: "AWS", name: value }];
  return Object.entries(objectAt(value)).flatMap(([kind, names]) =>
    textsOf(names).map((name) => ({ kind, name })),
  );
}

/** Whether a statement speaks of every caller there is. */
export function meansAnybody({ principals, excepted }: Statement): boolean {
  if (excepted) return true;
  return principals.some(({ kind, name }) => name === "*" && kind !== "Service");
}
