import { canonicalJson } from "../core/json.ts";
import type { ConfigFile } from "./schema.ts";

/** The other environments whose workspace, backend and stack are the same, so that they write one state. */
export function sharesStateWith(environment: string, config: ConfigFile): readonly string[] {
  const own = stateOf(environment, config);
  const names = Object.keys(config.environments);
  return names.filter((name) => name !== environment && stateOf(name, config) === own);
}

function stateOf(name: string, config: ConfigFile): string {
  const entry = config.environments[name] ?? {};
  return canonicalJson({
    workspace: entry.workspace ?? "default",
    backend: entry.backend ?? {},
    stack: entry.stack ?? config.stack ?? null,
  });
}
