import {
  driftCounts,
  groupByCause,
  type ChangeTrace,
  type Drift,
  type DriftCause,
  type DriftedResource,
} from "../../core/drift.ts";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import type { Resource } from "../../core/resource.ts";
import type { RunContext } from "../../pipeline/context.ts";
import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { driftStage } from "../../pipeline/stages/drift.ts";
import { initStage } from "../../pipeline/stages/init.ts";
import { readRegistry } from "../../workdir/registry.ts";
import { concludeRun } from "../conclude.ts";
import { flagOption, type CommandBody, type CommandEnd, type Invocation } from "../define.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { readOnlyWishes } from "../wishes.ts";

export const drift: CommandBody = (invocation) => {
  const { options } = invocation;
  const request = {
    wishes: readOnlyWishes(invocation, "deploy"),
    exclusive: false,
    cloud: true,
    muted: mutedFor(options),
  };
  return withRun(invocation, request, async (opened) => {
    const end = await runPipeline(opened.context, [initStage, driftStage]);
    const concluded = await concludeRun(invocation, opened, end);
    const found = end.carried.drift;
    if (found === undefined || concluded.exit.code !== 0) return concluded;
    const causes = flagOption(options, "noCause") ? [] : await causesOf(opened.context, found);
    return conclude(invocation, opened.context, { concluded, found, causes });
  });
};

interface Found {
  readonly concluded: CommandEnd;
  readonly found: Drift;
  readonly causes: readonly DriftCause[];
}

async function conclude(
  { world, options }: Invocation,
  { redactor, environment }: RunContext,
  { concluded, found, causes }: Found,
): Promise<CommandEnd> {
  const counted = found.resources.filter(driftCounts);
  const told = redactor.value({ drift: found, causes });
  const exit =
    flagOption(options, "detailedExitcode") && counted.length > 0
      ? exitOf("changes-present", `${counted.length} of ${found.checked} drifted`)
      : concluded.exit;
  if (concluded.document) return { exit, document: { ...concluded.document, drift: documentOf(told) } };
  const [{ renderDrift }, { createStyle }] = await Promise.all([
    import("../../ui/drift-view.ts"),
    import("../../ui/style.ts"),
  ]);
  const style = createStyle({
    env: world.env,
    stream: world.stdout,
    noColor: flagOption(options, "noColor"),
  });
  const lines = renderDrift(told.drift, {
    width: world.stdout.columns ?? 80,
    style,
    causes: told.causes,
    all: flagOption(options, "verbose"),
    environment: environment.name,
  });
  return { exit, text: lines.join("\n") };
}

function documentOf({
  drift: found,
  causes,
}: {
  readonly drift: Drift;
  readonly causes: readonly DriftCause[];
}) {
  const { resources, ignored, lapsed, checked } = found;
  const counted = resources.filter(driftCounts);
  return {
    checked,
    drifted: counted.length,
    resources: counted,
    unmanaged: resources.filter((resource) => !driftCounts(resource)),
    ignored,
    exceptions_lapsed: lapsed,
    causes,
  };
}

/** Who changed what is not as it was; a cloud that keeps no record, or will not tell, leaves it unknown. */
async function causesOf(context: RunContext, { resources }: Drift): Promise<readonly DriftCause[]> {
  const counted = resources.filter(driftCounts);
  if (counted.length === 0) return [];
  const ask = context.hosting?.whoChanged;
  if (ask === undefined) return groupByCause(counted.map(unknownBecause("no cloud keeps a record of it")));
  const state = await context.iac.resources();
  const known = counted.flatMap(({ address }): readonly Resource[] =>
    state.ok ? state.value.filter((resource) => resource.address === address) : [],
  );
  const { stateDir, name } = context.environment;
  const since = (await readRegistry(stateDir, name))?.last_run?.ended_at;
  try {
    return groupByCause(await ask(known, context.signal, since));
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    return groupByCause(counted.map(unknownBecause(error.message)));
  }
}

function unknownBecause(why: string): (resource: DriftedResource) => ChangeTrace {
  return ({ address }) => ({ address, unknown: why });
}
