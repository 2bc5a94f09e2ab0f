import { exitOf } from "../../core/exit.ts";
import type { EnvironmentStatus } from "../../core/registry.ts";
import { runPipeline } from "../../pipeline/run-pipeline.ts";
import { initStage } from "../../pipeline/stages/init.ts";
import { registeredEnvironments, statusOf } from "../../workdir/registry.ts";
import { concludeRun } from "../conclude.ts";
import { flagOption, textOption, type CommandBody, type CommandEnd, type Invocation } from "../define.ts";
import { refreshRegistry } from "../keep-registry.ts";
import { mutedFor } from "../open-host.ts";
import { withRun } from "../open-run.ts";
import { environmentNames, loadSettings } from "../settings.ts";
import { readOnlyWishes } from "../wishes.ts";

export const status: CommandBody = async (invocation) => {
  const { world, options } = invocation;
  const named = textOption(options, "env") ?? (world.env["FABER_ENV"] || undefined);
  if (named === undefined) return overview(invocation);
  if (flagOption(options, "offline")) {
    const { environment } = await loadSettings(invocation);
    return show(
      invocation,
      await statusOf(environment, environment.name),
      exitOf("done", "as last written down"),
    );
  }
  return fresh(invocation);
};

/** Every environment of the project, by what was last written down: nobody is asked. */
async function overview(invocation: Invocation): Promise<CommandEnd> {
  const { environment } = await loadSettings({ ...invocation, anyEnvironment: true });
  const configured = await environmentNames(invocation);
  const registered = await registeredEnvironments(environment.stateDir);
  const names = [...new Set([...(configured.length === 0 ? [environment.name] : configured), ...registered])];
  const all = await Promise.all(names.map((name) => statusOf(environment, name)));
  const { statusOverview } = await import("../../ui/status-view.ts");
  return {
    exit: exitOf("done", `${all.length} environments`),
    document: { project: environment.project, environments: all.map(documentOf) },
    text: statusOverview(all, await lookOf(invocation)).join("\n"),
  };
}

/** Reads the state first, and writes down what it has. */
function fresh(invocation: Invocation): Promise<CommandEnd> {
  const request = {
    wishes: readOnlyWishes(invocation, "deploy"),
    exclusive: false,
    cloud: true,
    muted: mutedFor(invocation.options),
  };
  return withRun(invocation, request, async (opened) => {
    const end = await runPipeline(opened.context, [initStage]);
    const read = end.report.exit.code === 0 ? await refreshRegistry(opened.context) : undefined;
    const concluded = await concludeRun(invocation, opened, end);
    if (concluded.exit.code !== 0) return concluded;
    const { environment, host } = opened.context;
    if (read === undefined) {
      const text = "the state cannot be read: this is what was last written down";
      host.emit({ type: "notice", level: "warning", code: "state-unread", text });
    }
    const known = await statusOf(environment, environment.name);
    const told = read === undefined ? known : { ...known, registry: read };
    return show(invocation, told, exitOf("done", read === undefined ? "the state cannot be read" : "read"));
  });
}

async function show(
  invocation: Invocation,
  told: EnvironmentStatus,
  exit: CommandEnd["exit"],
): Promise<CommandEnd> {
  const { statusLines } = await import("../../ui/status-view.ts");
  return { exit, document: documentOf(told), text: statusLines(told, await lookOf(invocation)).join("\n") };
}

async function lookOf({ world, options }: Invocation) {
  const { createStyle } = await import("../../ui/style.ts");
  const style = createStyle({
    env: world.env,
    stream: world.stdout,
    noColor: flagOption(options, "noColor"),
  });
  return { style, width: world.stdout.columns ?? 80, all: flagOption(options, "verbose") };
}

/** Keys that are always there; null is unknown. */
function documentOf({ environment, registry, verdict, monthly_cost_usd: cost }: EnvironmentStatus) {
  const { last_run: run, last_good: good, ...rest } = registry ?? {};
  return {
    ...rest,
    environment,
    last_run: run ?? null,
    last_good: good ?? null,
    last_verdict: verdict ?? null,
    monthly_cost_usd: cost ?? null,
    known: registry !== undefined,
  };
}
