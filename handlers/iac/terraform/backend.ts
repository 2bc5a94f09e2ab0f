import type { Environment } from "../../../src/core/environment.ts";
import type { JsonValue } from "../../../src/core/json.ts";

export function hasBackend(environment: Environment): boolean {
  return Object.keys(environment.backend).length > 0;
}

/** Arguments of `terraform init` for the backend: the environment's settings, or none at all when it is left out. */
export function backendArguments(environment: Environment, backend: boolean): readonly string[] {
  if (!backend) return ["-backend=false"];
  if (!hasBackend(environment)) return [];
  const settings = Object.entries(environment.backend);
  return ["-reconfigure", ...settings.map(([key, value]) => `-backend-config=${key}=${textOf(value)}`)];
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
