import { resolve } from "node:path";
import type { CustomTest, Hook, Policy, Waiver } from "../core/policy.ts";
import { isFile } from "./find.ts";
import { integrationOf } from "./integration.ts";
import type { LoadedConfig } from "./load.ts";
import type { Path } from "./problem.ts";
import { documentBytes, readDocument } from "./read-document.ts";
import { loadUsageFile } from "./usage-file.ts";
import { waiversFile } from "./policy-schema.ts";
import type { ConfigFile, EnvironmentConfig } from "./schema.ts";

const defaultTestSeconds = 300;
const defaultHookSeconds = 60;

/** What faber.yaml asks of the infrastructure of one environment. Reads the file of waivers, when one is named. */
export async function policyOf(
  config: LoadedConfig | undefined,
  { budget }: EnvironmentConfig,
  { folder, cwd }: { readonly folder: string; readonly cwd: string },
): Promise<Policy> {
  const file = config?.value;
  const inFolder = (path: string): string => resolve(folder, path);
  const integration = integrationOf(file, folder);
  return {
    tags: {
      required: file?.tags?.required ?? [],
      values: withoutUndefined(file?.tags?.values ?? {}),
      strict: file?.tags?.strict ?? false,
      ignore: file?.tags?.ignore ?? [],
    },
    naming: {
      ...(file?.naming?.pattern === undefined ? {} : { pattern: file.naming.pattern }),
      types: file?.naming?.types ?? {},
      strict: file?.naming?.strict ?? false,
      ignore: file?.naming?.ignore ?? [],
    },
    practices: { severity: file?.practices?.severity ?? {} },
    deletions: {
      ...(file?.deletions?.max === undefined ? {} : { max: file.deletions.max }),
      protectedTypes: file?.deletions?.protected_types ?? [],
    },
    cost: {
      ...(budget?.monthly_usd === undefined ? {} : { monthlyUsd: budget.monthly_usd }),
      ...(budget?.increase_usd === undefined ? {} : { increaseUsd: budget.increase_usd }),
      ...(file?.cost?.usage === undefined
        ? {}
        : { usage: await loadUsageFile(inFolder(file.cost.usage), cwd) }),
      ...(file?.cost?.prices === undefined ? {} : { pricesFile: inFolder(file.cost.prices) }),
      // Where nobody set a budget, nothing can be above it.
      unknown: budget?.unknown ?? (hasBudget(budget) ? "warn" : "ignore"),
    },
    waivers: config === undefined ? [] : await waiversOf(config, cwd),
    ...(file?.baseline === undefined ? {} : { baselineFile: inFolder(file.baseline) }),
    tests: (file?.tests ?? []).map((test) => customTest(test, inFolder)),
    ...(integration === undefined ? {} : { integration }),
    hooks: hooksOf(file?.hooks ?? {}),
  };
}

function hasBudget(budget: EnvironmentConfig["budget"]): boolean {
  return budget?.monthly_usd !== undefined || budget?.increase_usd !== undefined;
}

async function waiversOf(config: LoadedConfig, cwd: string): Promise<readonly Waiver[]> {
  const written = config.value.waivers ?? [];
  if (typeof written !== "string")
    return written.map((waiver, index) => placed(waiver, config.at(["waivers", index])));
  const file = resolve(config.folder, written);
  if (!(await isFile(file))) throw config.invalid(["waivers"], `there is no file of waivers ${file}`);
  const document = readDocument(await documentBytes(file), {
    file,
    cwd,
    schema: waiversFile,
    leastContent: "waivers: []",
  });
  return document.value.waivers.map((waiver, index) => placed(waiver, document.at(["waivers", index])));
}

type WrittenWaiver = Exclude<NonNullable<ConfigFile["waivers"]>, string>[number];

function placed({ address, expires, ...rest }: WrittenWaiver, source: string): Waiver {
  return {
    ...rest,
    ...(address === undefined ? {} : { address }),
    ...(expires === undefined ? {} : { expires }),
    source,
  };
}

type WrittenTest = NonNullable<ConfigFile["tests"]>[number];

function customTest(test: WrittenTest, inFolder: (path: string) => string): CustomTest {
  return {
    name: test.name,
    phase: test.phase ?? "pre-deployment",
    how: howOf(test, inFolder),
    severity: test.severity ?? "CRITICAL",
    timeoutMs: (test.timeout ?? defaultTestSeconds) * 1_000,
    requirement: test.required === undefined ? "expected" : test.required ? "required" : "optional",
  };
}

function howOf(test: WrittenTest, inFolder: (path: string) => string): CustomTest["how"] {
  if (test.policy !== undefined) return { kind: "policy", folder: inFolder(test.policy) };
  if (test.terraform_test !== undefined)
    return { kind: "terraform-test", folder: inFolder(test.terraform_test) };
  return {
    kind: "command",
    // The rules of the file make sure that one of the three is there.
    command: test.command ?? [],
    format: test.format ?? "exit-code",
    ...(test.report === undefined ? {} : { report: inFolder(test.report) }),
  };
}

/** Tests that name no way to run, or several, or a name that is taken; paths are in faber.yaml. */
export function brokenTests(
  config: ConfigFile,
  builtIn: readonly string[],
): readonly { readonly path: Path; readonly text: string }[] {
  const seen = new Set<string>(builtIn);
  return (config.tests ?? []).flatMap((test, index) => {
    const ways = [test.command, test.policy, test.terraform_test].filter((way) => way !== undefined).length;
    const taken = seen.has(test.name);
    seen.add(test.name);
    return [
      ...(ways === 1
        ? []
        : [
            {
              path: ["tests", index],
              text: `tests[${index}] must have exactly one of command, policy and terraform_test`,
            },
          ]),
      ...(taken
        ? [
            {
              path: ["tests", index, "name"],
              text: `tests[${index}].name: "${test.name}" is the name of another test`,
            },
          ]
        : []),
    ];
  });
}

function hooksOf(hooks: NonNullable<ConfigFile["hooks"]>): Policy["hooks"] {
  return Object.fromEntries(
    Object.entries(hooks).map(([point, list]) => [
      point,
      (list ?? []).map((hook): Hook => {
        return {
          command: hook.command,
          timeoutMs: (hook.timeout ?? defaultHookSeconds) * 1_000,
          onFailure: hook.on_failure ?? "stop",
        };
      }),
    ]),
  );
}

function withoutUndefined(
  values: NonNullable<NonNullable<ConfigFile["tags"]>["values"]>,
): Policy["tags"]["values"] {
  return Object.fromEntries(
    Object.entries(values).map(([tag, { allowed, pattern }]) => [
      tag,
      { ...(allowed === undefined ? {} : { allowed }), ...(pattern === undefined ? {} : { pattern }) },
    ]),
  );
}
