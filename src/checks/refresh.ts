import { rm } from "node:fs/promises";
import type { IacProject } from "../../handlers/iac/contract.ts";
import { failed, told, type Told } from "../core/diagnostic.ts";
import type { JsonObject } from "../core/json.ts";

/**
 * A refresh-only plan as Terraform's JSON: what every provider reads now, against what the state records. It is made
 * once, for all that ask, and begins with the first of them. It changes nothing and takes no lock.
 */
export function shareRefresh(
  iac: Pick<IacProject, "plan" | "show" | "planReader">,
  learnSecret: (secret: string) => void,
): () => Promise<Told<JsonObject>> {
  let shared: Promise<Told<JsonObject>> | undefined;
  return () => (shared ??= refresh(iac, learnSecret));
}

async function refresh(
  iac: Pick<IacProject, "plan" | "show" | "planReader">,
  learnSecret: (secret: string) => void,
): Promise<Told<JsonObject>> {
  const planned = await iac.plan({ destroy: false, refreshOnly: true });
  if (!planned.ok) return planned;
  try {
    const shown = await iac.show(planned.value.file);
    if (!shown.ok) return failed([...planned.diagnostics, ...shown.diagnostics]);
    for (const secret of iac.planReader.secrets(shown.value)) learnSecret(secret);
    return told(shown.value, planned.diagnostics);
  } finally {
    // A plan file holds secrets.
    await rm(planned.value.file, { force: true });
  }
}
