import type { JsonObject, JsonValue } from "../core/json.ts";
import { byDefault, inFile, type Origin, type Setting, type Sourced } from "./origin.ts";
import type { Path } from "./problem.ts";
import type { Resolved } from "./resolve.ts";
import { policySettings } from "./tighten.ts";

/** The table behind `faber config show`: each setting under the key that faber.yaml has for it. */
export function settingsOf(resolved: Resolved): readonly Setting[] {
  const { target } = resolved;
  return [
    row("environment", resolved.name),
    row("project", resolved.project),
    ...ofFile(resolved, ["subsystem"], ["organization"]),
    row("iac", resolved.iac, { kind: "default", why: "found by looking" }),
    row("dir", resolved.dir),
    ...(resolved.stack === undefined ? [] : [row("stack", resolved.stack)]),
    row("hosting", target.hosting),
    ...(target.endpoint === undefined ? [] : [row("endpoint", target.endpoint)]),
    row("region", target.region, leftToTerraform),
    row("account", target.account, { kind: "default", why: "not pinned" }),
    row("profile", target.profile, { kind: "default", why: "the credential chain" }),
    ...ofEnvironment(resolved, ["grantor", "profile"]),
    ...ofEnvironment(resolved, ["grantor", "hours"]),
    row("workspace", target.workspace, leftToTerraform),
    ...ofEach(resolved, "backend"),
    ...varFileRows(resolved),
    ...ofEach(resolved, "variables"),
    row("protected", resolved.isProtected),
    row("fix", resolved.fix),
    ...ofEnvironment(
      resolved,
      ["destroy", "empty_buckets"],
      ["budget", "monthly_usd"],
      ["budget", "increase_usd"],
      ["budget", "unknown"],
      ["health"],
      ["health_policy"],
    ),
    row("gate.max_critical", resolved.gate.maxCritical),
    row("gate.max_high", resolved.gate.maxHigh),
    ...ofFile(
      resolved,
      ["tags"],
      ["naming"],
      ["practices", "severity"],
      ["deletions"],
      ["cost", "usage"],
      ["cost", "prices"],
    ),
    ...ofFile(
      resolved,
      ["waivers"],
      ["drift", "ignore"],
      ["baseline"],
      ["tests"],
      ["integration"],
      ["hooks"],
      ["issue_log", "url"],
    ),
    row("state.dir", resolved.stateDir),
    row("reports.dir", resolved.reportsDir),
    ...(resolved.providerMirror === undefined ? [] : [row("provider_mirror", resolved.providerMirror)]),
    ...[...resolved.tools].map(([tool, path]) => row(`tools.${tool}`, path)),
    ...ofFile(resolved, ["optional_tests"], ["required_tests"], ["approvals"]),
    ...policySettings(resolved.basePolicies),
  ];
}

const leftToTerraform: Origin = { kind: "terraform" };

function row(
  key: string,
  sourced: Sourced<JsonValue> | undefined,
  otherwise: Origin = { kind: "default" },
): Setting {
  return sourced === undefined
    ? { key, origin: otherwise }
    : { key, value: sourced.value, origin: sourced.origin };
}

/** Settings of the whole file that have no default and no flag: shown when they are there. */
function ofFile({ guarded: { config } }: Resolved, ...paths: readonly Path[]): readonly Setting[] {
  return paths.flatMap((path) => present(path, inFile(config, path, valueIn(config?.value, path))));
}

function ofEnvironment(
  { guarded: { name, entry, config } }: Resolved,
  ...paths: readonly Path[]
): readonly Setting[] {
  return paths.flatMap((path) =>
    present(path, inFile(config, ["environments", name, ...path], valueIn(entry, path))),
  );
}

/** One row for each entry of a map of an environment. */
function ofEach(
  { guarded: { name, entry, config } }: Resolved,
  key: "backend" | "variables",
): readonly Setting[] {
  const values: JsonObject = entry[key] ?? {};
  return Object.entries(values).flatMap(([inner, value]) =>
    present([key, inner], inFile(config, ["environments", name, key, inner], value)),
  );
}

function varFileRows({ guarded: { name, config }, varFiles }: Resolved): readonly Setting[] {
  if (varFiles.length === 0) return [];
  return [
    row("var_files", inFile(config, ["environments", name, "var_files"], varFiles) ?? byDefault(varFiles)),
  ];
}

function present(path: Path, sourced: Sourced<JsonValue> | undefined): readonly Setting[] {
  return sourced === undefined ? [] : [row(path.join("."), sourced)];
}

function valueIn(value: object | undefined, path: Path): JsonValue | undefined {
  let current: unknown = value;
  for (const step of path) current = isMap(current) ? current[step] : undefined;
  return current as JsonValue | undefined;
}

function isMap(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === "object" && value !== null;
}
