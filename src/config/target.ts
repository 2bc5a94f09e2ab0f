import { z } from "zod";
import { FaberError } from "../core/error.ts";
import { ambientEmulator, ambientRegion, emulatorDefaults, isRealAws } from "./aws-surroundings.ts";
import { pinnedAccount, refuseOtherHosting, type Guarded } from "./guards.ts";
import * as leaf from "./leaves.ts";
import type { HandlerNames } from "./names.ts";
import { byDefault, describeOrigin, inFile, type Sourced } from "./origin.ts";
import { overridden } from "./overrides.ts";

/** Which cloud, and whom as: everything that decides where a deploy goes. */
export interface ResolvedTarget {
  readonly hosting: Sourced<string>;
  readonly endpoint: Sourced<string> | undefined;
  readonly region: Sourced<string> | undefined;
  readonly account: Sourced<string> | undefined;
  readonly profile: Sourced<string> | undefined;
  readonly workspace: Sourced<string> | undefined;
}

export function resolveTarget(
  guarded: Guarded,
  isProtected: boolean,
  handlers: HandlerNames,
): ResolvedTarget {
  const { entry, config, from } = guarded;
  const at = ["environments", guarded.name];
  const hosting = hostingOf(guarded, handlers);
  if (isProtected) refuseOtherHosting(hosting, guarded);
  return {
    hosting,
    endpoint: endpointOf(guarded, hosting.value),
    region: regionOf(guarded, hosting.value),
    account: pinnedAccount(guarded),
    profile: overridden("profile", from, leaf.profile) ?? inFile(config, [...at, "profile"], entry.profile),
    workspace:
      overridden("workspace", from, leaf.workspace) ?? inFile(config, [...at, "workspace"], entry.workspace),
  };
}

function hostingOf({ name, entry, config, from }: Guarded, handlers: HandlerNames): Sourced<string> {
  const set =
    overridden("hosting", from, z.enum(handlers.hosting)) ??
    inFile(config, ["environments", name, "hosting"], entry.hosting);
  if (set !== undefined) return set;
  const emulator = config === undefined ? ambientEmulator(from.env) : undefined;
  return emulator === undefined ? byDefault("aws") : { value: "emulator", origin: emulator.origin };
}

/** AWS has its own endpoints: one is used for other hostings alone, and must not lead to AWS. */
function endpointOf({ name, entry, config, from }: Guarded, hosting: string): Sourced<string> | undefined {
  const asked = overridden("endpoint", from, leaf.endpoint);
  if (hosting === "aws") {
    if (asked?.origin.kind !== "flag") return undefined;
    throw contradiction(
      `${describeOrigin(asked.origin)} is of no use with hosting aws`,
      "add --hosting=emulator",
    );
  }
  const path = ["environments", name, "endpoint"];
  const endpoint =
    asked ??
    inFile(config, path, entry.endpoint) ??
    (config === undefined ? ambientEmulator(from.env) : undefined) ??
    (hosting === "emulator" ? byDefault(emulatorDefaults.endpoint) : undefined);
  if (endpoint === undefined || !isRealAws(endpoint.value)) return endpoint;
  const text = `${endpoint.value} is AWS itself, not an emulator`;
  if (endpoint.origin.kind === "file" && config !== undefined) throw config.invalid(path, text);
  throw contradiction(`${describeOrigin(endpoint.origin)}: ${text}`, "use hosting aws for AWS");
}

function regionOf({ name, entry, config, from }: Guarded, hosting: string): Sourced<string> | undefined {
  const ambient = hosting === "aws" || config === undefined ? ambientRegion(from.env) : undefined;
  return (
    overridden("region", from, leaf.region) ??
    inFile(config, ["environments", name, "region"], entry.region) ??
    ambient ??
    (hosting === "emulator" ? byDefault(emulatorDefaults.region) : undefined)
  );
}

function contradiction(message: string, hint: string): FaberError {
  return new FaberError({ code: "settings-contradict", exit: "wrong-usage", message, hints: [hint] });
}
