import type { Environment } from "../core/environment.ts";
import type { Host } from "../core/host.ts";
import { applyStillRuns, brokenOffRun, type PastRun } from "../workdir/past-runs.ts";
import { flagOption, type Invocation } from "./define.ts";
import { openHost } from "./open-host.ts";
import { loadSettings } from "./settings.ts";
import { isAttended } from "./surroundings.ts";

/** A run that was killed in the middle of its apply is the first thing to know about the next one. */
export async function tellOfBrokenOffRun(environment: Environment, host: Host): Promise<void> {
  const run = await brokenOffRun(environment);
  if (!run) return;
  host.emit({
    type: "notice",
    level: "warning",
    code: "run-broke-off",
    text: `${whatBrokeOff(run)}; the story: faber runs show ${run.runId.slice(-6)} --env=${environment.name}`,
  });
}

function whatBrokeOff(run: PastRun): string {
  const uncertain = run.uncertain.length === 0 ? "" : `; uncertain: ${run.uncertain.join(", ")}`;
  const still = applyStillRuns(run)
    ? `; its Terraform (process ${run.applyPid ?? "?"}) is still at work`
    : "";
  return `run ${run.runId} (${run.command}) broke off during its apply: ${run.changed.length} done, ${run.failed.length} failed${uncertain}${still}`;
}

export type AfterBreakOff = "go-on" | "verify" | "destroy" | "stop";

/** What whoever sits at the terminal wants after a run that broke off; `go-on` where nobody is asked. */
export async function afterBreakOff(invocation: Invocation): Promise<AfterBreakOff> {
  const { world, options } = invocation;
  if (!isAttended(world, options) || flagOption(options, "yes") || options["approve"] !== undefined)
    return "go-on";
  const { environment } = await loadSettings(invocation);
  const run = await brokenOffRun(environment);
  if (!run) return "go-on";
  const host = await openHost(invocation, invocation.redactor, []);
  try {
    const answer = await host.ask({
      id: "after-break-off",
      kind: "choice",
      text: `${whatBrokeOff(run)}. Go on with the deploy (g), verify what there is (v), destroy it (d), or stop (n)?`,
      choices: ["g", "v", "d", "n"],
      defaultChoice: "n",
      unattended: { code: "approval-missing", exit: "not-approved", hints: [] },
    });
    return answers[answer] ?? "stop";
  } finally {
    host.close();
  }
}

const answers: Readonly<Record<string, AfterBreakOff>> = { g: "go-on", v: "verify", d: "destroy" };
