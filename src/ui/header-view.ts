import type { RunInfo } from "../core/event.ts";
import type { Identity } from "../core/identity.ts";
import { safeLine } from "../core/safe-text.ts";
import { joinParts } from "./width.ts";

/** `faber 0.1.0 · orders · test · account … (emulator) · us-east-1 · run 7f3a` */
export function headerLines(run: RunInfo, identity: Identity | undefined, width: number): string[] {
  const where = identity ? identityParts(identity, run) : [run.hosting, run.region];
  const environment = run.protected ? `${run.environment} (protected)` : run.environment;
  const parts = [`faber ${run.version}`, run.project, environment, ...where, `run ${shortRun(run.run_id)}`];
  return joinParts(parts.filter(isText).map(safeLine), width);
}

/** `account 000000000000 (emulator) · us-east-1` */
export function identityParts(identity: Identity, run: RunInfo): readonly string[] {
  return [`account ${identity.account} (${run.hosting})`, identity.region].map(safeLine);
}

/** The part that differs between runs: what follows the time in `TIME-RANDOM`. */
function shortRun(runId: string): string {
  return (runId.split("-").at(-1) ?? runId).slice(0, 12);
}

function isText(part: string | undefined): part is string {
  return part !== undefined && part !== "";
}
