import type { RunContext } from "./context.ts";
import { FaberError } from "../core/error.ts";

/** Puts a copy of the state aside before things are destroyed; throws FaberError when that cannot be done. */
export async function backUpState({ iac, host, environment, clock }: RunContext): Promise<void> {
  if (iac.mending === undefined) return;
  const kept = await iac.mending.state.backUp(clock.now());
  if (kept.ok) {
    host.emit({ type: "state.backed-up", file: kept.value.file, serial: kept.value.serial });
    return;
  }
  const [first] = kept.diagnostics;
  throw new FaberError({
    code: "state-not-backed-up",
    exit: "cleanup-incomplete",
    message: `the state could not be copied, so nothing is destroyed: ${first?.summary ?? "no reason was given"}`,
    ...(first === undefined || first.detail === "" ? {} : { why: first.detail }),
    hints: [`look whether the state can be read: faber preview --env=${environment.name}`],
  });
}
