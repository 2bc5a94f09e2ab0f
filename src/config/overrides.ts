import type { z } from "zod";
import { FaberError } from "../core/error.ts";
import { whatIsWrong } from "./explain.ts";
import type { Sourced } from "./origin.ts";

/** Settings that one run can change: the flag and the variable of each. */
const overrides = {
  env: { flag: "--env", variable: "FABER_ENV" },
  iac: { flag: "--iac", variable: "FABER_IAC" },
  dir: { flag: "--dir", variable: "FABER_DIR" },
  stack: { flag: "--stack", variable: "FABER_STACK" },
  hosting: { flag: "--hosting", variable: "FABER_HOSTING" },
  endpoint: { flag: "--endpoint", variable: "FABER_ENDPOINT" },
  region: { flag: "--region", variable: "FABER_REGION" },
  account: { flag: "--account", variable: "FABER_ACCOUNT" },
  profile: { flag: "--profile", variable: "FABER_PROFILE" },
  workspace: { flag: "--workspace", variable: "FABER_WORKSPACE" },
  providerMirror: { flag: "--provider-mirror", variable: "FABER_PROVIDER_MIRROR" },
  stateDir: { flag: "--state-dir", variable: "FABER_STATE_DIR" },
  reportsDir: { flag: "--reports-dir", variable: "FABER_REPORTS_DIR" },
  fix: { flag: "--fix", variable: "FABER_FIX" },
  protected: { flag: "--protected", variable: "FABER_PROTECTED" },
} as const;

export type OverrideName = keyof typeof overrides;

/** Values of flags, keyed as commander keys them; what was not given is absent. */
export type Flags = { readonly [name in OverrideName]?: string | undefined };

export interface Surroundings {
  readonly flags: Flags;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The value of a flag, else of its variable (an empty one counts as none); throws when it is not a valid one. */
export function overridden<T>(
  name: OverrideName,
  from: Surroundings,
  schema: z.ZodType<T>,
): Sourced<T> | undefined {
  const given = rawOverride(name, from);
  if (given === undefined) return undefined;
  const result = schema.safeParse(given.value);
  if (result.success) return { value: result.data, origin: given.origin };
  const issue = result.error.issues[0];
  const why = issue === undefined ? "is not valid" : whatIsWrong(issue, given.value);
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `${given.origin.name ?? name} ${why}`,
  });
}

export function rawOverride(name: OverrideName, { flags, env }: Surroundings): Sourced<string> | undefined {
  const { flag, variable } = overrides[name];
  const given = flags[name];
  if (given !== undefined) return { value: given, origin: { kind: "flag", name: flag } };
  return fromVariable(variable, env);
}

export function fromVariable(name: string, env: Surroundings["env"]): Sourced<string> | undefined {
  const value = env[name];
  if (value === undefined || value === "") return undefined;
  return { value, origin: { kind: "variable", name } };
}
