import type { Diagnosis } from "../core/diagnosis.ts";
import { arrayAt, canonicalJson, isObject, objectAt, stringAt, type JsonObject } from "../core/json.ts";
import { referencesIn, withoutIndexes } from "../permissions/references.ts";
import type { FixSituation, Workshop } from "./contract.ts";

/** Whether something was missed that may only not be everywhere yet. */
export function missesSomething({ code, message, resource_address }: Diagnosis): boolean {
  return resource_address !== undefined && missing.test(`${code ?? ""} ${message}`);
}

const missing = /NotFound|NoSuch|does ?n[o']t exist|(?:could not|cannot|can't) be found|\bnot found\b/i;

/**
 * Resources that the failed one is made of, that this run itself has made, and that their services say are there: who
 * misses one of them has asked too early. Nothing where any of that is not certain.
 */
export async function justMade(
  { iac, hosting, plan }: Pick<Workshop, "iac" | "hosting" | "plan">,
  { diagnosis, signal }: Pick<FixSituation, "diagnosis" | "signal">,
): Promise<readonly string[]> {
  const document = (await plan?.())?.document;
  const state = await iac.resources();
  if (!document || !hosting || !state.ok) return [];
  const needed = new Set(Object.values(referencesIn(document, diagnosis.resource_address ?? "")).flat());
  const created = new Set(createdIn(document));
  const made = state.value.filter(
    ({ address, tainted }) => created.has(address) && !tainted && needed.has(withoutIndexes(address)),
  );
  if (made.length === 0) return [];
  const answers = await hosting.exists(made, signal);
  return answers.every(({ answer }) => answer === "found") ? made.map(({ address }) => address) : [];
}

function createdIn(document: JsonObject): readonly string[] {
  return arrayAt(document["resource_changes"])
    .filter(isObject)
    .filter((entry) => canonicalJson(objectAt(entry["change"])["actions"] ?? null) === `["create"]`)
    .flatMap((entry) => stringAt(entry["address"]) ?? []);
}
