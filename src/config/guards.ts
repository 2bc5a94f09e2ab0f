import { FaberError } from "../core/error.ts";
import type { LoadedConfig } from "./load.ts";
import { byDefault, describeOrigin, inFile, type Sourced } from "./origin.ts";
import { overridden, rawOverride, type Surroundings } from "./overrides.ts";
import { isAlwaysProtected } from "./protection.ts";
import * as leaf from "./leaves.ts";
import { z } from "zod";
import type { EnvironmentConfig } from "./schema.ts";

/** What the guards look at; flags and variables may make them stricter, never weaker. */
export interface Guarded {
  readonly name: string;
  readonly entry: EnvironmentConfig;
  readonly config: LoadedConfig | undefined;
  readonly from: Surroundings;
}

export function protection({ name, entry, config, from }: Guarded): Sourced<boolean> {
  const byName = isAlwaysProtected(name) ? byDefault(true, `${name} always is`) : undefined;
  const own =
    byName ?? inFile(config, ["environments", name, "protected"], entry.protected) ?? byDefault(false);
  const asked = overridden("protected", from, z.enum(["true", "false"]));
  if (asked === undefined || String(own.value) === asked.value) return own;
  if (asked.value === "true") return { value: true, origin: asked.origin };
  throw weaker(
    `${describeOrigin(asked.origin)}=false cannot lift the protection of ${name} (${describeOrigin(own.origin)})`,
  );
}

/** The account that is pinned; one that is given for the run can pin, not replace. */
export function pinnedAccount({ name, entry, config, from }: Guarded): Sourced<string> | undefined {
  const pinned = inFile(config, ["environments", name, "account"], entry.account);
  const asked = overridden("account", from, leaf.account);
  if (pinned === undefined || asked === undefined || asked.value === pinned.value) return pinned ?? asked;
  throw new FaberError({
    code: "account-pinned",
    exit: "wrong-usage",
    message: `${describeOrigin(asked.origin)} is ${asked.value}, but ${name} is pinned to account ${pinned.value} (${describeOrigin(pinned.origin)})`,
    hints: [`change the account of ${name} in ${config?.label ?? "faber.yaml"} if it has really moved`],
  });
}

export function fixMode(
  { name, entry, config, from }: Guarded,
  isProtected: boolean,
): Sourced<"ask" | "auto" | "never"> {
  const fix =
    overridden("fix", from, leaf.fixMode) ??
    inFile(config, ["environments", name, "fix"], entry.fix) ??
    byDefault("ask" as const);
  if (!isProtected || fix.value !== "auto") return fix;
  if (fix.origin.kind === "file") return byDefault("ask", "protected");
  throw weaker(`${describeOrigin(fix.origin)}: nothing is fixed unasked in ${name}, which is protected`);
}

/** A protected environment runs where its file says: a verdict from elsewhere would say nothing about it. */
export function refuseOtherHosting(hosting: Sourced<string>, guarded: Guarded): void {
  if (guarded.config === undefined || rawOverride("hosting", guarded.from) === undefined) return;
  const own = guarded.entry.hosting ?? "aws";
  if (hosting.value === own) return;
  throw weaker(
    `${describeOrigin(hosting.origin)} is ${hosting.value}, but ${guarded.name} is protected and runs on ${own}`,
  );
}

export interface ResolvedGate {
  readonly maxCritical: Sourced<number>;
  readonly maxHigh: Sourced<number>;
}

/** The limits of an environment. The file's general ones hold where nothing is protected. */
export function gateLimits({ name, entry, config }: Guarded, isProtected: boolean): ResolvedGate {
  const limit = (key: "max_critical" | "max_high", usual: number): Sourced<number> => {
    const own = inFile(config, ["environments", name, "gate", key], entry.gate?.[key]);
    // The file's own slip is refused when it is read; this is for protection that the run adds.
    if (isProtected) return own?.value === 0 ? own : byDefault(0, "protected");
    return own ?? inFile(config, ["gate", key], config?.value.gate?.[key]) ?? byDefault(usual);
  };
  return { maxCritical: limit("max_critical", 0), maxHigh: limit("max_high", 2) };
}

function weaker(message: string): FaberError {
  return new FaberError({
    code: "guard-cannot-be-weakened",
    exit: "wrong-usage",
    message,
    hints: ["leave it out: flags and variables can make an environment stricter, never less strict"],
  });
}
