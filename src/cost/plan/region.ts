import { objectAt, stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import { referencesIn, type ModuleConfig, type Modules } from "./configuration.ts";
import type { Instance } from "./instances.ts";

const regionPattern = /^[a-z]{2,3}(-[a-z]+)+-\d+$/;

/** Tells the region of an instance; undefined when nothing in the plan says it. */
export type RegionOf = (instance: Instance) => string | undefined;

/**
 * From what is surest to what is not: the resource's own `region` and ARN, its provider's configuration, its
 * availability zone; for the default provider the region the caller knows of.
 */
export function regionReader(plan: JsonObject, modules: Modules, fallback: string | undefined): RegionOf {
  const configuration = objectAt(plan["configuration"]);
  const providers = objectAt(configuration["provider_config"]);
  const known = new Map<string, string | undefined>();
  const ofProvider = (key: string): string | undefined => {
    if (!known.has(key)) known.set(key, providerRegion(key, { plan, providers, modules }));
    return known.get(key);
  };
  return ({ values, modulePath, type, name }) => {
    const config = modules.get(modulePath)?.resources.get(`${type}.${name}`);
    // What is deleted has no configuration any more; most likely it was the default provider's.
    const key = stringAt(config?.["provider_config_key"]) ?? "aws";
    const told =
      plausible(stringAt(values["region"])) ??
      plausible(stringAt(values["arn"])?.split(":")[3]) ??
      ofProvider(key) ??
      plausible(stringAt(values["availability_zone"])?.replace(/[a-z]$/, ""));
    return told ?? (isDefaultProvider(key, providers) ? plausible(fallback) : undefined);
  };
}

/**
 * An alias is there because it is elsewhere. Where the root neither configures nor requires a provider, that of its
 * modules has an entry for each of them, `module.a:aws`, though it is the one of the environment.
 */
function isDefaultProvider(key: string, providers: JsonObject): boolean {
  const own = objectAt(objectAt(providers[key])["expressions"])["region"];
  return key === "aws" || (key.endsWith(":aws") && own === undefined);
}

interface Sources {
  readonly plan: JsonObject;
  readonly providers: JsonObject;
  readonly modules: Modules;
}

/** A provider's `region`: a constant, or a variable of the module it is configured in. */
function providerRegion(key: string, sources: Sources): string | undefined {
  // A module's provider that is configured outside of it is written `module.a:aws`.
  const provider = objectAt(sources.providers[key] ?? sources.providers[key.slice(key.lastIndexOf(":") + 1)]);
  const expression = objectAt(objectAt(provider["expressions"])["region"]);
  const path = (stringAt(provider["module_address"]) ?? "").replaceAll("module.", "");
  return plausible(stringAt(constantOf(expression, sources.modules.get(path), sources.plan)));
}

/** What an expression is worth when it is a constant or nothing but a variable. */
function constantOf(
  expression: JsonObject,
  module: ModuleConfig | undefined,
  plan: JsonObject,
): JsonValue | undefined {
  if (expression["constant_value"] !== undefined) return expression["constant_value"];
  const name = referencesIn(expression)
    .find((each) => each.startsWith("var."))
    ?.split(".")[1];
  if (name === undefined || !module) return undefined;
  const standard = objectAt(module.variables[name])["default"];
  if (!module.parent) return objectAt(objectAt(plan["variables"])[name])["value"] ?? standard;
  const given = objectAt(module.call["expressions"])[name];
  return given === undefined ? standard : constantOf(objectAt(given), module.parent, plan);
}

function plausible(region: string | undefined): string | undefined {
  return region !== undefined && regionPattern.test(region) ? region : undefined;
}
