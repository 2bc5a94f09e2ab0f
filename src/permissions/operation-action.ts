import { iamPrefixes, otherActions } from "./sdk-names.ts";

/** Services whose actions are methods on a path: their operations' names say nothing to IAM. */
const byMethod: ReadonlySet<string> = new Set(["API Gateway", "ApiGatewayV2"]);

/** The action that the operation in an SDK's error asks for, where the error itself names none: a fair guess. */
export function actionOfOperation(message: string): string | undefined {
  const [, service = "", operation = ""] =
    /\boperation error ([A-Za-z][\w ]{1,50}): ([A-Z]\w{2,80})/.exec(message) ?? [];
  const prefix = iamPrefixes[service];
  if (prefix === undefined || byMethod.has(service)) return undefined;
  return otherActions[`${service}.${operation}`]?.[0] ?? `${prefix}:${operation}`;
}
