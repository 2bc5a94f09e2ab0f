import type { Environment } from "../core/environment.ts";
import { withoutUndefined } from "../core/without-undefined.ts";
import type { Resolved } from "./resolve.ts";

/** The settings in force without their origins; `projectDir` is absolute. */
export function environmentOf(resolved: Resolved, projectDir: string): Environment {
  const { guarded, gate } = resolved;
  const { entry } = guarded;
  return {
    name: resolved.name.value,
    project: resolved.project.value,
    projectDir,
    configured: guarded.config !== undefined,
    dir: resolved.dir.value,
    hosting: resolved.target.hosting.value,
    backend: entry.backend ?? {},
    varFiles: resolved.varFiles,
    variables: entry.variables ?? {},
    protected: resolved.isProtected.value,
    fix: resolved.fix.value,
    gate: { maxCritical: gate.maxCritical.value, maxHigh: gate.maxHigh.value },
    policy: resolved.policy,
    guards: resolved.guards,
    health: resolved.health,
    healthPolicy: resolved.healthPolicy,
    stateDir: resolved.stateDir.value,
    reportsDir: resolved.reportsDir.value,
    toolPaths: Object.fromEntries([...resolved.tools].map(([tool, path]) => [tool, path.value])),
    ...ofTarget(resolved),
    ...ofProject(resolved),
  };
}

function ofTarget({ target, guarded }: Resolved) {
  return withoutUndefined({
    endpoint: target.endpoint?.value,
    region: target.region?.value,
    account: target.account?.value,
    profile: target.profile?.value,
    grantorProfile: guarded.entry.grantor?.profile,
    grantorHours: guarded.entry.grantor?.hours,
    workspace: target.workspace?.value,
    emptyBuckets: guarded.entry.destroy?.empty_buckets === true ? (true as const) : undefined,
  });
}

const defaultAgentSeconds = 60;

function ofProject({ guarded, iac, stack, providerMirror }: Resolved) {
  const file = guarded.config?.value;
  return withoutUndefined({
    subsystem: file?.subsystem,
    organization: file?.organization,
    iac: iac?.value,
    stack: stack?.value,
    providerMirror: providerMirror?.value,
    agent: file?.debugger?.agent && {
      command: file.debugger.agent.command,
      timeoutMs: (file.debugger.agent.timeout ?? defaultAgentSeconds) * 1_000,
    },
  });
}
