import { join } from "node:path";
import { z } from "zod";
import type { ApprovalGuards, Environment } from "../core/environment.ts";
import type { Policy } from "../core/policy.ts";
import { resolveTarget, type ResolvedTarget } from "./target.ts";
import { fixMode, gateLimits, protection, type Guarded, type ResolvedGate } from "./guards.ts";
import * as leaf from "./leaves.ts";
import type { LoadedConfig } from "./load.ts";
import type { BasePolicy } from "./base-policy.ts";
import { builtInHandlers, type HandlerNames } from "./names.ts";
import { byDefault, inFile, type Setting, type Sourced } from "./origin.ts";
import { overridden, type Surroundings } from "./overrides.ts";
import { mustBeFolder, pathSetting, toolPaths, varFilePaths, type PathSource } from "./paths.ts";
import type { HealthCheck, HealthPolicy } from "../core/health.ts";
import { healthOf, healthPolicyOf } from "./health.ts";
import { policyOf } from "./policy.ts";
import { environmentOf } from "./environment-of.ts";
import { projectNameOf } from "./project-name.ts";
import { selectEnvironment } from "./select-environment.ts";
import { settingsOf } from "./settings.ts";
import {
  approvalGuards,
  protectedByBase,
  tightenFix,
  tightenGate,
  tightenPolicy,
  tightenTests,
} from "./tighten.ts";

export interface ResolveInput extends Surroundings {
  /** Absent when there is no faber.yaml. */
  readonly config?: LoadedConfig | undefined;
  /** Absolute, `--chdir` applied. */
  readonly cwd: string;
  readonly handlers?: HandlerNames;
  /** Policies from outside the repository: they make stricter what faber.yaml says. */
  readonly basePolicies?: readonly BasePolicy[];
}

export interface ResolvedSettings {
  readonly environment: Environment;
  /** Every setting in force and where it comes from, in the order of the file's documentation. */
  readonly settings: readonly Setting[];
  /** Tests that do not block when their tool is missing or breaks. */
  readonly optionalTests: readonly string[];
  /** Tests that block when they could not run. */
  readonly requiredTests: readonly string[];
  /** A postgres:// address or the absolute path of a file. */
  readonly issueLog: string;
}

/** Values with their origins, before they become an Environment. */
export interface Resolved {
  readonly guarded: Guarded;
  readonly name: Sourced<string>;
  readonly project: Sourced<string>;
  readonly iac: Sourced<string> | undefined;
  readonly stack: Sourced<string> | undefined;
  readonly dir: Sourced<string>;
  readonly target: ResolvedTarget;
  readonly isProtected: Sourced<boolean>;
  readonly fix: Sourced<Environment["fix"]>;
  readonly gate: ResolvedGate;
  readonly stateDir: Sourced<string>;
  readonly reportsDir: Sourced<string>;
  readonly providerMirror: Sourced<string> | undefined;
  readonly tools: ReadonlyMap<string, Sourced<string>>;
  readonly varFiles: readonly string[];
  readonly policy: Policy;
  readonly guards: ApprovalGuards;
  readonly basePolicies: readonly BasePolicy[];
  readonly health: readonly HealthCheck[];
  readonly healthPolicy: HealthPolicy;
}

/**
 * All settings of one environment: flag, then variable, then faber.yaml, then default. Throws FaberError for an
 * unknown or missing environment, a value that is not valid, a path that is not there, a guard that would get weaker.
 */
export async function resolveEnvironment(input: ResolveInput): Promise<ResolvedSettings> {
  const resolved = await resolveAll(input, input.basePolicies ?? []);
  const { config, cwd } = input;
  const base = config?.folder ?? cwd;
  const tests = tightenTests(
    { optional: config?.value.optional_tests ?? [], required: config?.value.required_tests ?? [] },
    resolved.basePolicies,
  );
  const url = config?.value.issue_log?.url ?? join(resolved.stateDir.value, "issue-log.db");
  return {
    environment: environmentOf(resolved, base),
    settings: settingsOf(resolved),
    optionalTests: tests.optional,
    requiredTests: tests.required,
    issueLog: /^[a-z][a-z0-9+.-]+:\/\//i.test(url) ? url : absolute(base, url),
  };
}

async function resolveAll(input: ResolveInput, basePolicies: readonly BasePolicy[]): Promise<Resolved> {
  const { config, cwd, handlers = builtInHandlers } = input;
  const from: Surroundings = { flags: input.flags, env: input.env };
  const { name, entry } = selectEnvironment(config, from);
  const guarded: Guarded = { name: name.value, entry, config, from };
  const source: PathSource = { config, from, cwd };
  const base = config?.folder ?? cwd;
  const iac = overridden("iac", from, z.enum(handlers.iac)) ?? inFile(config, ["iac"], config?.value.iac);
  const isProtected = protectedByBase(protection(guarded), guarded, basePolicies);
  const dir =
    pathSetting(source, { override: "dir", path: ["dir"], value: config?.value.dir }) ?? byDefault(base);
  await mustBeFolder(dir, config, ["dir"]);
  const healthPolicy = healthPolicyOf(config?.value, entry);
  const providerMirror = pathSetting(source, {
    override: "providerMirror",
    path: ["provider_mirror"],
    value: config?.value.provider_mirror,
  });
  await mustBeFolder(providerMirror, config, ["provider_mirror"]);
  return {
    guarded,
    name,
    project: inFile(config, ["project"], config?.value.project) ?? byDefault(projectNameOf(base)),
    iac,
    stack: stackOf(guarded),
    dir,
    target: resolveTarget(guarded, isProtected.value, handlers),
    isProtected,
    fix: tightenFix(fixMode(guarded, isProtected.value), basePolicies),
    gate: tightenGate(gateLimits(guarded, isProtected.value), basePolicies),
    ...ownFolders(source, base),
    providerMirror,
    tools: toolPaths(source, iac?.value),
    varFiles: await varFilePaths(config, name.value, dir.value),
    policy: tightenPolicy(await policyOf(config, entry, { folder: base, cwd }), basePolicies),
    guards: approvalGuards(config, basePolicies),
    basePolicies,
    health: healthOf(config, name.value, healthPolicy),
    healthPolicy,
  };
}

function stackOf({ name, entry, config, from }: Guarded): Sourced<string> | undefined {
  return (
    overridden("stack", from, leaf.label) ??
    inFile(config, ["environments", name, "stack"], entry.stack) ??
    inFile(config, ["stack"], config?.value.stack)
  );
}

function ownFolders(
  source: PathSource,
  base: string,
): { stateDir: Sourced<string>; reportsDir: Sourced<string> } {
  const { state, reports } = source.config?.value ?? {};
  const stateDir =
    pathSetting(source, { override: "stateDir", path: ["state", "dir"], value: state?.dir }) ??
    byDefault(join(base, ".faber"));
  const reportsDir =
    pathSetting(source, { override: "reportsDir", path: ["reports", "dir"], value: reports?.dir }) ??
    byDefault(join(stateDir.value, "test-reports"));
  return { stateDir, reportsDir };
}

function absolute(base: string, path: string): string {
  return path.startsWith("/") ? path : join(base, path);
}
