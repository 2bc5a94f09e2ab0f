import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The journal of a run that is over, as events with the time that they are given or a usual one. */
export function writeJournal(stateDir: string, runId: string, events: readonly object[]): void {
  const dir = join(stateDir, "runs", runId);
  mkdirSync(dir, { recursive: true });
  const lines = events.map((event) => JSON.stringify({ at: "2026-11-21T09:00:00.000Z", ...event }));
  writeFileSync(join(dir, "journal.ndjson"), `${lines.join("\n")}\n`);
}

export function started(runId: string, command = "deploy"): object {
  const run = { run_id: runId, command, project: "shop", environment: "test" };
  return { type: "run.started", run: { ...run, started_at: "2026-11-21T09:00:00.000Z" } };
}

export function known(account = "111122223333", region = "us-east-1"): object {
  return { type: "identity.known", identity: { account, region } };
}

/** A plan for SSM parameters: address by its key, action by its value. */
export function planned(actions: Readonly<Record<string, string>>): object {
  const changes = Object.entries(actions).map(([key, action]) => ({
    address: `aws_ssm_parameter.${key}`,
    mode: "managed",
    type: "aws_ssm_parameter",
    action,
    attributes: [{ path: "name", [action === "delete" ? "before" : "after"]: `/shop/test/${key}` }],
  }));
  return { type: "plan.shown", plan: { digest: "d", changes } };
}

export const intended = { type: "apply.intended", total: 1, digest: "d", kind: "deploy" } as const;

export function ended(code: number, reason = "as it was"): object {
  const exit = { code, name: code === 0 ? "done" : "deploy-failed", reason };
  return { type: "run.ended", report: { exit, overall_status: code === 0 ? "PASS" : "FAIL" } };
}

export function failedWith(code: number, reason: string): object {
  return { type: "run.failed", exit: { code, name: "wrong-usage", reason } };
}

export function resource(step: "started" | "ended" | "failed", key: string, action = "create"): object {
  return { type: `resource.${step}`, address: `aws_ssm_parameter.${key}`, action, elapsed_s: 0 };
}

export function toldError(key: string, summary: string): object {
  const diagnostics = [{ severity: "error", summary, detail: "", address: `aws_ssm_parameter.${key}` }];
  return { type: "stage.ended", result: { stage: "deploy", status: "FAIL", diagnostics } };
}
