import { iamPrefixes, otherActions } from "../../src/permissions/sdk-names.ts";

/** An action, and for API Gateway the path that it is about. */
export interface UsedAction {
  readonly action: string;
  readonly path?: string;
}

/** What IAM checks for a recorded line; throws for a service without a prefix. */
export function actionsOfLine(line: string): readonly UsedAction[] {
  const [, call = "", method, path] = /^(.+?)(?: ([A-Z]+) (\/\S*))?$/.exec(line) ?? [];
  const dot = call.indexOf(".");
  const prefix = iamPrefixes[call.slice(0, dot)];
  if (prefix === undefined) throw new Error(`no IAM prefix for the service of: ${line}`);
  if (method !== undefined && path !== undefined) return [{ action: `apigateway:${method}`, path }];
  return (otherActions[call] ?? [`${prefix}:${call.slice(dot + 1)}`]).map((action) => ({ action }));
}
