import { describeError, troubleOf } from "../api-error.ts";
import type { Inventory, ReapSearch, TaggedResource } from "../contract.ts";
import { sessionError } from "../credential-error.ts";
import { inParallel } from "../existence/parallel.ts";
import { findTagged } from "../inventory/find-tagged.ts";
import { clientsOf } from "../posture/desk.ts";
import type { ReadingContext } from "../posture/read-posture.ts";
import { identifyTarget, rowOf } from "./targets.ts";

/** Everything that carries one of the sets of tags: by searches, and by name where no search lists a kind. */
export async function findToReap(
  { tags, regions, named }: ReapSearch,
  context: ReadingContext,
): Promise<Inventory> {
  const searches = await Promise.all(tags.map((one) => findTagged(one, regions, context)));
  const byName = await findNamed(named, context);
  const found = [...searches.flatMap(({ resources }) => resources), ...byName.resources];
  const ours = found.filter((one) =>
    tags.some((set) => Object.entries(set).every(([key, value]) => one.tags[key] === value)),
  );
  return {
    resources: [...new Map(ours.map((one) => [one.arn, one])).values()],
    checked: [...new Set([...searches.flatMap(({ checked }) => checked), ...byName.checked])],
    unavailable: [...new Set([...searches.flatMap(({ unavailable }) => unavailable), ...byName.unavailable])],
  };
}

async function findNamed(
  named: ReapSearch["named"],
  { config, label, signal }: ReadingContext,
): Promise<Inventory> {
  const clients = clientsOf(config);
  const resources: TaggedResource[] = [];
  const checked = new Set<string>();
  const unavailable = new Set<string>();
  await inParallel(named, async ({ type, name }) => {
    const row = rowOf(type);
    if (row === undefined || signal.aborted) return;
    checked.add(`${type} by name`);
    try {
      const arn = await row.arnOf(clients, name);
      if (arn !== undefined) resources.push({ arn, tags: await row.tags(clients, identifyTarget(arn)) });
    } catch (error) {
      const why = reasonIn(error, label);
      if (why !== undefined) unavailable.add(`${type} ${name}: ${why}`);
    }
  });
  return { resources, checked: [...checked], unavailable: [...unavailable] };
}

/** Why nobody can say whether it is there; nothing where it is not, or carries no tags. Rethrows what is no answer. */
function reasonIn(error: unknown, label: ReadingContext["label"]): string | undefined {
  const whole = sessionError(error, label);
  if (whole !== undefined) throw whole;
  const trouble = troubleOf(error);
  if (trouble === "bug") throw error;
  return trouble === "not-found" ? undefined : describeError(error);
}
