import { setTimeout as wait } from "node:timers/promises";
import { ownTags, regionsOf, straysAmong } from "../checks/strays.ts";
import { messageOf } from "../core/error.ts";
import type { Resource } from "../core/resource.ts";
import type { RunContext } from "./context.ts";

/** What a search of the account by this stack's own tags says after a destroy. */
export interface Leftovers {
  /** ARNs of what still carries the tags. */
  readonly found: readonly string[];
  /** For the headline: `nothing carries its tags`, or why nobody can say so. */
  readonly said: string;
  /** Whether the search answered in full. */
  readonly sure: boolean;
}

/** Seconds before each further look: a search may still list what was just deleted. */
const looks = [0, 2, 6, 15] as const;

/** Independent of state and plan: asks for everything that carries the tags that all of the stack carried. */
export async function lookForLeftovers(
  { environment, hosting, signal }: RunContext,
  doomed: readonly Resource[],
): Promise<Leftovers | undefined> {
  if (hosting?.tagged === undefined || doomed.length === 0) return undefined;
  const tags = ownTags(doomed, environment);
  if (tags === undefined)
    return {
      found: [],
      said: "not searched by tags: Project and Environment were not on all of it",
      sure: true,
    };
  let found: readonly string[] = [];
  // Until somebody was asked, nobody has answered.
  let unavailable: readonly string[] = ["it was broken off"];
  for (const pause of looks) {
    await wait(pause * 1_000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    const inventory = await hosting.tagged(tags, signal, regionsOf(doomed));
    unavailable = inventory.unavailable;
    found = straysAmong(inventory.resources, []).map(({ arn }) => arn);
    if (found.length === 0) break;
  }
  const [why] = unavailable;
  return why === undefined
    ? { found, said: "nothing carries its tags", sure: true }
    : { found, said: `the search by tags is incomplete: ${why}`, sure: false };
}

/** What services made for the stack and leave behind: told, and removed where that was asked for. */
export async function dealWithOrphans(
  { hosting, host, signal, wishes }: RunContext,
  doomed: readonly Resource[],
): Promise<void> {
  const orphans = (await hosting?.reaper?.orphansOf(doomed, signal)) ?? [];
  for (const { text, of, arn, remove } of orphans) {
    if (wishes.removeOrphans !== true) {
      const advice = `${text} was made for ${of} by its service and stays; to remove such: --remove-orphans`;
      host.emit({ type: "notice", level: "warning", code: "orphan-left", text: advice });
      continue;
    }
    host.emit({ type: "removal", step: "intended", arn, text: `made by a service for ${of}` });
    const why = await remove().then(
      () => undefined,
      (error: unknown) => messageOf(error),
    );
    host.emit({ type: "removal", step: why === undefined ? "done" : "failed", arn, text: why ?? "removed" });
    const said = why === undefined ? `${text} removed` : `${text} could not be removed: ${why}`;
    host.emit({ type: "notice", level: why === undefined ? "info" : "warning", code: "orphan", text: said });
  }
}
