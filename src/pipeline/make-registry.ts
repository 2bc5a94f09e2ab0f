import { allEnded } from "../core/all-ended.ts";
import type { JsonValue } from "../core/json.ts";
import type { DeployedCommit, RegisteredResource, Registry } from "../core/registry.ts";
import type { RunReport } from "../core/report.ts";
import type { Resource } from "../core/resource.ts";
import type { RunContext } from "./context.ts";
import { endpointsIn } from "./run-report.ts";

/** What has just been done to the environment. */
export interface JustDone {
  readonly report: RunReport;
  /** What it was done from; absent where the root is in no repository. */
  readonly source?: DeployedCommit;
}

/**
 * What exists now, from the state; nothing where that cannot be read. What was known before about runs is kept, unless
 * a run has `justDone` something. Nothing sensitive gets in: no attributes, and no sensitive outputs.
 */
export async function makeRegistry(
  context: RunContext,
  before: Registry | undefined,
  justDone?: JustDone,
): Promise<Registry | undefined> {
  const { run, identity, iac, clock, hosting } = context;
  const [state, output] = await allEnded([iac.resources(), iac.output()]);
  if (!state.ok || !output.ok) return undefined;
  const shown = Object.entries(output.value).flatMap(([name, { sensitive, value }]) =>
    sensitive ? [] : [[name, value ?? null] as const],
  );
  const outputs: Readonly<Record<string, JsonValue>> = Object.fromEntries(shown);
  const readAt = clock.now().toISOString();
  const region = identity?.region ?? run.region;
  return context.redactor.value({
    schema_version: "faber.registry/1",
    project: run.project,
    environment: run.environment,
    hosting: run.hosting,
    ...(identity === undefined ? {} : { account: identity.account }),
    ...(region === undefined ? {} : { region }),
    workspace: iac.workspace,
    read_at: readAt,
    resources: state.value.map((resource) => registered(resource, hosting)),
    endpoints: endpointsIn(outputs, context),
    ...runsOf(before, justDone, readAt),
  });
}

function registered(resource: Resource, hosting: RunContext["hosting"]): RegisteredResource {
  const { address, type, id, arn, tainted } = resource;
  const console = hosting?.consoleLink?.(resource);
  return {
    address,
    type,
    ...(id === undefined ? {} : { id }),
    ...(arn === undefined ? {} : { arn }),
    ...(tainted ? { tainted: true as const } : {}),
    ...(console === undefined ? {} : { console }),
  };
}

function runsOf(
  before: Registry | undefined,
  justDone: JustDone | undefined,
  endedAt: string,
): Pick<Registry, "last_run" | "last_good"> {
  if (justDone === undefined)
    return {
      ...(before?.last_run === undefined ? {} : { last_run: before.last_run }),
      ...(before?.last_good === undefined ? {} : { last_good: before.last_good }),
    };
  const { report, source } = justDone;
  const from = source === undefined ? {} : { source };
  const isGone = report.command === "destroy" && report.exit.code === 0;
  const good = isGood(report) ? { run_id: report.run_id, ended_at: endedAt, ...from } : before?.last_good;
  return {
    last_run: {
      run_id: report.run_id,
      command: report.command,
      status: report.overall_status,
      ended_at: endedAt,
      exit: report.exit,
      ...from,
    },
    // What was taken down on purpose is nothing to go back to.
    ...(good === undefined || isGone ? {} : { last_good: good }),
  };
}

/** Deployed, and found to be as it was meant. */
function isGood({ command, exit, stages }: RunReport): boolean {
  const verified = stages.some(
    ({ stage, status }) => stage === "post-tests" && (status === "PASS" || status === "WARN"),
  );
  return command === "deploy" && exit.code === 0 && verified;
}
