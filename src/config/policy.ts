import { resolve } from "node:path";
import type { Policy } from "../core/policy.ts";
import { withoutUndefined } from "../core/without-undefined.ts";
import { driftExceptions } from "./drift.ts";
import { integrationOf } from "./integration.ts";
import type { LoadedConfig } from "./load.ts";
import { customTests, hooksOf } from "./own-tests.ts";
import type { ConfigFile, EnvironmentConfig } from "./schema.ts";
import { loadUsageFile } from "./usage-file.ts";
import { waiversOf } from "./waivers.ts";

interface Ground {
  /** Absolute folder that the file's relative paths are relative to. */
  readonly folder: string;
  /** Absolute. */
  readonly cwd: string;
}

/** What faber.yaml asks of the infrastructure of one environment. Reads the file of waivers, when one is named. */
export async function policyOf(
  config: LoadedConfig | undefined,
  environment: EnvironmentConfig,
  ground: Ground,
): Promise<Policy> {
  const file: Partial<ConfigFile> = config?.value ?? {};
  const inFolder = (path: string): string => resolve(ground.folder, path);
  const integration = integrationOf(config?.value, ground.folder);
  return {
    tags: tagsOf(file.tags),
    naming: namingOf(file.naming),
    practices: { severity: file.practices?.severity ?? {} },
    deletions: {
      ...withoutUndefined({ max: file.deletions?.max }),
      protectedTypes: file.deletions?.protected_types ?? [],
    },
    cost: await costOf(file.cost, environment.budget, ground),
    waivers: config === undefined ? [] : await waiversOf(config, ground.cwd),
    drift: { ignore: driftExceptions(config) },
    ...(file.baseline === undefined ? {} : { baselineFile: inFolder(file.baseline) }),
    tests: customTests(file.tests ?? [], inFolder),
    ...(integration === undefined ? {} : { integration }),
    hooks: hooksOf(file.hooks ?? {}),
  };
}

function tagsOf(tags: ConfigFile["tags"] = {}): Policy["tags"] {
  const values = Object.entries(tags.values ?? {}).map(
    ([tag, rule]) => [tag, withoutUndefined(rule)] as const,
  );
  return {
    required: tags.required ?? [],
    values: Object.fromEntries(values),
    strict: tags.strict ?? false,
    ignore: tags.ignore ?? [],
  };
}

function namingOf(naming: ConfigFile["naming"] = {}): Policy["naming"] {
  return {
    ...withoutUndefined({ pattern: naming.pattern }),
    types: naming.types ?? {},
    strict: naming.strict ?? false,
    ignore: naming.ignore ?? [],
  };
}

async function costOf(
  cost: ConfigFile["cost"] = {},
  budget: EnvironmentConfig["budget"] = {},
  { folder, cwd }: Ground,
): Promise<Policy["cost"]> {
  const { monthly_usd: monthlyUsd, increase_usd: increaseUsd } = budget;
  const hasBudget = monthlyUsd !== undefined || increaseUsd !== undefined;
  return {
    ...withoutUndefined({
      monthlyUsd,
      increaseUsd,
      usage: cost.usage === undefined ? undefined : await loadUsageFile(resolve(folder, cost.usage), cwd),
      pricesFile: cost.prices === undefined ? undefined : resolve(folder, cost.prices),
    }),
    // Where nobody set a budget, nothing can be above it.
    unknown: budget.unknown ?? (hasBudget ? "warn" : "ignore"),
  };
}
