import type { JsonValue } from "../core/json.ts";
import type { LoadedConfig } from "./load.ts";
import type { Path } from "./problem.ts";

/** Where a setting comes from. `terraform`: nothing sets it, Terraform and its providers decide. */
export interface Origin {
  readonly kind: "flag" | "variable" | "file" | "policy" | "default" | "terraform";
  /** `--region`, `FABER_REGION`. */
  readonly name?: string;
  /** `faber.yaml:9:5`. */
  readonly at?: string;
  /** Why it is so, where a rule and not a person decides. */
  readonly why?: string;
}

export interface Sourced<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** One line of `faber config show`; no value means that nothing sets it. */
export interface Setting {
  /** As in faber.yaml, dotted: `budget.monthly_usd`. */
  readonly key: string;
  readonly value?: JsonValue;
  readonly origin: Origin;
}

/** A value of the file, if it is there. */
export function inFile<T>(
  config: LoadedConfig | undefined,
  path: Path,
  value: T | undefined,
): Sourced<T> | undefined {
  if (config === undefined || value === undefined) return undefined;
  return { value, origin: { kind: "file", at: config.at(path) } };
}

export function byDefault<T>(value: T, why?: string): Sourced<T> {
  return { value, origin: { kind: "default", ...(why === undefined ? {} : { why }) } };
}

export function map<T, U>(sourced: Sourced<T>, change: (value: T) => U): Sourced<U> {
  return { value: change(sourced.value), origin: sourced.origin };
}

/** `--region`, `FABER_REGION`, `faber.yaml:9:5`, `policy /etc/faber/policy.yaml:2:3`, `default`. */
export function describeOrigin({ kind, name, at, why }: Origin): string {
  const place = name ?? (kind === "policy" ? `policy ${at ?? ""}` : (at ?? kind));
  return why === undefined ? place : `${place} (${why})`;
}
