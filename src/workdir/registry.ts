import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { exitCodes, exitOf, type ExitName } from "../core/exit.ts";
import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../core/json.ts";
import type { DeployedCommit, EnvironmentStatus, RegisteredResource, Registry } from "../core/registry.ts";
import { withoutUndefined } from "../core/without-undefined.ts";
import { writeFileAtomically } from "./atomic-file.ts";
import { readObject } from "./history.ts";
import { readHistory } from "./test-reports.ts";

const folder = "registry";

/** Absolute path of the page that lies beside the registries. */
export function deployedPage(stateDir: string): string {
  return join(stateDir, folder, "DEPLOYED.md");
}

/** Writes `registry/ENV.json`, whole or not at all and for its owner alone; returns its absolute path. */
export async function writeRegistry(stateDir: string, registry: Registry): Promise<string> {
  const file = join(stateDir, folder, `${registry.environment}.json`);
  await writeFileAtomically(file, `${JSON.stringify(registry, undefined, 2)}\n`);
  return file;
}

/** The registry of an environment; nothing when there is none, or none that can be read. */
export async function readRegistry(stateDir: string, environment: string): Promise<Registry | undefined> {
  const value = await readObject(join(stateDir, folder, `${environment}.json`));
  return typeof value === "string" ? undefined : registryOf(value, environment);
}

/** Environments that have a registry. */
export async function registeredEnvironments(stateDir: string): Promise<readonly string[]> {
  const names = await readdir(join(stateDir, folder)).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
}

/** What is known of an environment without asking anybody: its registry, and what its reports say. */
export async function statusOf(
  { stateDir, reportsDir }: { readonly stateDir: string; readonly reportsDir: string },
  environment: string,
): Promise<EnvironmentStatus> {
  const [registry, history] = await Promise.all([
    readRegistry(stateDir, environment),
    readHistory(reportsDir, environment),
  ]);
  const last = history.findLast(({ phase }) => phase === "post-deployment");
  const cost = history.findLast((entry) => entry.monthly_cost_usd !== undefined)?.monthly_cost_usd;
  return {
    environment,
    ...(registry === undefined ? {} : { registry }),
    ...(last === undefined
      ? {}
      : {
          verdict: {
            status: last.overall_status,
            at: last.timestamp,
            phase: last.phase,
            report: last.report,
          },
        }),
    ...(cost === undefined ? {} : { monthly_cost_usd: cost }),
  };
}

function registryOf(value: JsonObject, environment: string): Registry | undefined {
  if (value["schema_version"] !== "faber.registry/1") return undefined;
  const text = (key: string): string => stringAt(value[key]) ?? "?";
  const endpoints = Object.entries(objectAt(value["endpoints"])).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return {
    schema_version: "faber.registry/1",
    project: text("project"),
    environment,
    hosting: text("hosting"),
    ...withoutUndefined({ account: stringAt(value["account"]), region: stringAt(value["region"]) }),
    workspace: text("workspace"),
    read_at: text("read_at"),
    resources: arrayAt(value["resources"]).filter(isObject).map(resourceOf),
    endpoints: Object.fromEntries(endpoints),
    ...lastRunOf(value["last_run"]),
    ...lastGoodOf(value["last_good"]),
  };
}

function resourceOf(value: JsonObject): RegisteredResource {
  return {
    address: stringAt(value["address"]) ?? "?",
    type: stringAt(value["type"]) ?? "?",
    ...(value["tainted"] === true ? { tainted: true as const } : {}),
    ...withoutUndefined({
      id: stringAt(value["id"]),
      arn: stringAt(value["arn"]),
      console: stringAt(value["console"]),
    }),
  };
}

function lastRunOf(value: JsonValue | undefined): Pick<Registry, "last_run"> {
  if (!isObject(value)) return {};
  const exit = objectAt(value["exit"]);
  const name = exitNames.find((candidate) => candidate === exit["name"]);
  const status = statuses.find((candidate) => candidate === value["status"]);
  if (name === undefined || status === undefined) return {};
  const text = (key: string): string => stringAt(value[key]) ?? "?";
  const source = commitOf(value["source"]);
  return {
    last_run: {
      run_id: text("run_id"),
      command: text("command"),
      status,
      ended_at: text("ended_at"),
      exit: exitOf(name, stringAt(exit["reason"]) ?? ""),
      ...(source === undefined ? {} : { source }),
    },
  };
}

const exitNames = Object.keys(exitCodes) as readonly ExitName[];
const statuses = ["PASS", "WARN", "FAIL", "ERROR", "SKIPPED"] as const;

function lastGoodOf(value: JsonValue | undefined): Pick<Registry, "last_good"> {
  if (!isObject(value)) return {};
  const source = commitOf(value["source"]);
  return {
    last_good: {
      run_id: stringAt(value["run_id"]) ?? "?",
      ended_at: stringAt(value["ended_at"]) ?? "?",
      ...(source === undefined ? {} : { source }),
    },
  };
}

function commitOf(value: JsonValue | undefined): DeployedCommit | undefined {
  const commit = stringAt(objectAt(value)["commit"]);
  // It becomes a part of a command that a person copies.
  if (commit === undefined || !/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
  return {
    commit,
    root: stringAt(objectAt(value)["root"]) ?? "",
    dirty: objectAt(value)["dirty"] !== false,
  };
}
