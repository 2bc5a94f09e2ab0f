import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { actionsOfLine } from "../../scripts/record-actions/actions.ts";
import { arrayAt, objectAt, stringAt } from "../../src/core/json.ts";
import { repository } from "./sources.ts";

/**
 * What the provider was seen to ask for when it made and read resources of these types, or did whatever else is named:
 * by its own log, as `scripts/record-actions.ts record` wrote it down, and not by the table that grants are made from.
 */
export async function providerActions(
  types: readonly string[],
  changes: readonly string[] = ["create", "read"],
): Promise<ReadonlySet<string>> {
  const text = await readFile(join(repository, "scripts/record-actions/recorded.json"), "utf8");
  const recorded = objectAt(objectAt(JSON.parse(text))["types"]);
  const lines = types.flatMap((type) =>
    changes.flatMap((change) =>
      arrayAt(objectAt(recorded[type])[change]).flatMap((line) => stringAt(line) ?? []),
    ),
  );
  return new Set(lines.flatMap(actionsOfLine).map(({ action }) => action));
}
