import { FaberError } from "../core/error.ts";
import type { ExitName } from "../core/exit.ts";
import type { HookPoint } from "../core/policy.ts";
import type { JsonValue } from "../core/json.ts";
import type { Plan } from "../core/plan.ts";
import type { RunContext } from "./context.ts";
import type { Stage } from "./stage.ts";

/** What the hooks of one point are told beside the run itself. */
interface Told {
  readonly plan?: Plan;
  readonly outputs?: Readonly<Record<string, JsonValue>>;
  readonly outcome?: string;
}

type HookContext = Pick<RunContext, "environment" | "commands" | "host" | "clock" | "signal">;

/** Runs the hooks of a point in their order; throws `hook-failed` when one that stops the run fails. */
export async function runHooks(context: HookContext, point: HookPoint, told: Told): Promise<void> {
  for (const hook of context.environment.policy.hooks[point] ?? []) {
    const started = context.clock.monotonic();
    const outcome = await context.commands.hook(point, hook, { ...told, signal: context.signal });
    context.host.emit({
      type: "hook.ended",
      point,
      command: hook.command,
      ok: outcome.ok,
      on_failure: hook.onFailure,
      ended: outcome.ended,
      output: outcome.output,
      duration_ms: Math.round(context.clock.monotonic() - started),
    });
    if (outcome.ok || hook.onFailure !== "stop") continue;
    throw new FaberError({
      code: "hook-failed",
      exit: exits[point],
      message: `hook ${point} failed: ${hook.command.join(" ")}: ${outcome.ended}`,
      ...(outcome.output === "" ? {} : { why: outcome.output }),
      hints: ["mend it, or say on_failure: warn for it in faber.yaml"],
    });
  }
}

/** Before anything was done, a hook blocks like a test; afterwards it says that what was done is not in order. */
const exits: Readonly<Record<HookPoint, ExitName>> = {
  pre_plan: "test-failed",
  post_plan: "test-failed",
  pre_deploy: "test-failed",
  post_deploy: "verification-failed",
  pre_destroy: "test-failed",
  post_destroy: "cleanup-incomplete",
};

/** The stage with the hooks of its kind around it: before it begins to change anything, and after it, however it ended. */
export function hooked(stage: Stage): Stage {
  return {
    ...stage,
    run: async (context, before) => {
      const { kind } = context.wishes;
      if (!before.approved) return stage.run(context, before);
      await runHooks(context, `pre_${kind}`, { plan: before.approved });
      const ended = await stage.run(context, before);
      const { carried, result } = ended;
      try {
        await runHooks(context, `post_${kind}`, {
          plan: before.approved,
          outcome: result.status,
          ...(carried.outputs === undefined ? {} : { outputs: carried.outputs }),
        });
        return ended;
      } catch (error) {
        if (!(error instanceof FaberError)) throw error;
        // What was done is done and must be told; the stage's own failure says more than the hook's.
        const diagnostic = { severity: "error", summary: error.message, detail: error.why ?? "" } as const;
        const diagnostics = [...result.diagnostics, diagnostic];
        return {
          carried,
          result:
            result.exit === undefined
              ? { ...result, status: "FAIL", headline: error.message, diagnostics, exit: error.exit }
              : { ...result, diagnostics },
        };
      }
    },
  };
}
