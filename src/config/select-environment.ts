import { FaberError } from "../core/error.ts";
import * as leaf from "./leaves.ts";
import type { LoadedConfig } from "./load.ts";
import type { Sourced } from "./origin.ts";
import { overridden, rawOverride, type Surroundings } from "./overrides.ts";
import { isAlwaysProtected } from "./protection.ts";
import { quoted } from "./problem.ts";
import type { EnvironmentConfig } from "./schema.ts";
import { suggest } from "./suggest.ts";

export interface Selected {
  readonly name: Sourced<string>;
  readonly entry: EnvironmentConfig;
}

/** The environment of a run: the one that is asked for, or the only one there is. */
export function selectEnvironment(config: LoadedConfig | undefined, from: Surroundings): Selected {
  if (config === undefined) return withoutFile(from);
  const environments = config.value.environments;
  const names = Object.keys(environments);
  const asked = rawOverride("env", from);
  const [only] = names;
  if (asked === undefined && names.length === 1 && only !== undefined) {
    const origin = { kind: "default", why: "the only environment" } as const;
    return { name: { value: only, origin }, entry: environments[only] ?? {} };
  }
  if (asked === undefined) throw missing(config, names);
  if (!Object.hasOwn(environments, asked.value)) throw unknown(asked.value, config, names);
  return { name: asked, entry: environments[asked.value] ?? {} };
}

function withoutFile(from: Surroundings): Selected {
  const name = overridden("env", from, leaf.environmentName);
  if (name !== undefined) return { name, entry: {} };
  throw new FaberError({
    code: "env-missing",
    exit: "wrong-usage",
    message: "no environment is named, and there is no faber.yaml that has one",
    hints: ["name one: --env=test", "or write a faber.yaml: faber init"],
  });
}

function missing(config: LoadedConfig, names: readonly string[]): FaberError {
  return new FaberError({
    code: "env-missing",
    exit: "wrong-usage",
    message: `no environment is named, and ${config.label} has ${names.length} (${names.join(", ")})`,
    // The example must not be the one that does most harm.
    hints: [`name one: --env=${names.find((name) => !isAlwaysProtected(name)) ?? names[0] ?? "NAME"}`],
  });
}

function unknown(name: string, config: LoadedConfig, names: readonly string[]): FaberError {
  const near = suggest(name, names);
  return new FaberError({
    code: "unknown-environment",
    exit: "wrong-usage",
    message: `there is no environment ${quoted(name)} in ${config.label} (${names.join(", ")})`,
    hints: [
      near === undefined
        ? `add it under environments in ${config.label}, or name one that is there`
        : `did you mean --env=${near}?`,
    ],
  });
}
