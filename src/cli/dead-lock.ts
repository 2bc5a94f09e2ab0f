import { errorsIn } from "../core/diagnostic.ts";
import { lockIn } from "../fixes/unlock.ts";
import type { RunContext } from "../pipeline/context.ts";
import type { Stage, StageOutcome } from "../pipeline/stage.ts";

/** The stage, and once more after a lock on the state was removed that a dead run of this project holds for certain. */
export function pastDeadLock(stage: Stage): Stage {
  return {
    ...stage,
    run: async (context, before) => {
      const outcome = await stage.run(context, before);
      if (!(await unlocked(context, outcome))) return outcome;
      context.planning.forget();
      return stage.run(context, before);
    },
  };
}

async function unlocked({ iac, host }: RunContext, { result }: StageOutcome): Promise<boolean> {
  if (result.exit?.name !== "locked" || iac.mending === undefined) return false;
  const text = errorsIn(result.diagnostics)
    .map(({ summary, detail }) => `${summary}\n${detail}`)
    .join("\n");
  const lock = lockIn(text);
  if (lock === undefined) return false;
  const { locks } = iac.mending;
  const holder = await locks.holder(lock);
  const say = (code: string, said: string): void =>
    host.emit({ type: "notice", level: "warning", code, text: said });
  if (holder.kind === "other") {
    say("lock-kept", `the lock ${lock.id} on the state is left alone: ${holder.why}`);
    return false;
  }
  const removed = await locks.unlock(lock.id);
  if (removed.ok) say("lock-removed", `removed the lock ${lock.id} of run ${holder.runId}, which is dead`);
  return removed.ok;
}
