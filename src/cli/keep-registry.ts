import { FaberError } from "../core/error.ts";
import type { DeployedCommit, Registry } from "../core/registry.ts";
import { makeRegistry } from "../pipeline/make-registry.ts";
import type { RunContext } from "../pipeline/context.ts";
import type { PipelineEnd } from "../pipeline/run-pipeline.ts";
import { writeFileAtomically } from "../workdir/atomic-file.ts";
import {
  deployedPage,
  readRegistry,
  registeredEnvironments,
  statusOf,
  writeRegistry,
} from "../workdir/registry.ts";

/** Writes down what exists after a deploy, a destroy or a reap, if one was begun. */
export async function keepRegistry(
  context: RunContext,
  { report }: PipelineEnd,
  source: DeployedCommit | undefined,
): Promise<void> {
  if (!report.stages.some(({ stage }) => stage === "deploy")) return;
  await refreshRegistry(context, { report, ...(source === undefined ? {} : { source }) });
}

/**
 * Reads the state anew and writes the registry and the page beside it; returns it, or nothing where the state cannot
 * be read. What cannot be written is said, and changes no exit: the state is still where it was.
 */
export async function refreshRegistry(
  context: RunContext,
  justDone?: Parameters<typeof makeRegistry>[2],
): Promise<Registry | undefined> {
  const { stateDir, name } = context.environment;
  const registry = await makeRegistry(context, await readRegistry(stateDir, name), justDone);
  if (registry === undefined) return undefined;
  try {
    await writeRegistry(stateDir, registry);
    await writePage(context.environment);
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    const text = `no registry: ${error.message}`;
    context.host.emit({ type: "notice", level: "warning", code: error.code, text });
  }
  return registry;
}

async function writePage(environment: RunContext["environment"]): Promise<void> {
  const { renderDeployed } = await import("../../reports/markdown/deployed.ts");
  const names = (await registeredEnvironments(environment.stateDir)).toSorted();
  const all = await Promise.all(names.map((name) => statusOf(environment, name)));
  await writeFileAtomically(deployedPage(environment.stateDir), renderDeployed(all));
}
