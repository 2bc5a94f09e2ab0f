import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import { secretsInEnvironment, soundsSecret } from "../core/environment-secrets.ts";
import type { JsonValue } from "../core/json.ts";
import { createRedactor, type Redactor } from "../core/redact.ts";
import type { World } from "../core/world.ts";
import type { Invocation } from "./define.ts";

/** The one redactor of this process. It knows the secrets of the surroundings before anything is said. */
export function openRedactor({ env }: Pick<World, "env">): Redactor {
  const redactor = createRedactor();
  for (const secret of secretsInEnvironment(env)) redactor.learn(secret);
  return redactor;
}

/** Secrets that stand in faber.yaml: by the names of variables, backend settings and headers. */
export function learnSettings(
  redactor: Redactor,
  { variables, backend, health }: Pick<Environment, "variables" | "backend" | "health">,
): void {
  const headers = health.flatMap((check) =>
    check.how.kind === "http" ? Object.entries(check.how.headers) : [],
  );
  const settings: readonly (readonly [string, JsonValue])[] = [
    ...Object.entries(variables),
    ...Object.entries(backend),
    ...headers,
  ];
  for (const [name, value] of settings)
    if (soundsSecret(name)) for (const text of textsIn(value)) redactor.learn(text);
}

/** The secrets of the project around, for a command that looks at texts and opens no run; none where there is none. */
export async function learnProject(invocation: Invocation): Promise<void> {
  const [{ readKnownSettings, inputsIn }, { sensitiveInputs }] = await Promise.all([
    import("./known-settings.ts"),
    import("../../handlers/iac/terraform/sensitive-inputs.ts"),
  ]);
  const { redactor, world } = invocation;
  try {
    const known = await readKnownSettings(invocation);
    for (const secret of secretTexts(known.document)) redactor.learn(secret);
    for (const inputs of inputsIn(known))
      for (const secret of await sensitiveInputs(known.root, inputs, world.env)) redactor.learn(secret);
  } catch (error) {
    if (!(error instanceof FaberError)) throw error; // Settings that are wrong are said by whoever needs them.
  }
}

/** Whatever stands in the settings under a name that says that it is secret. */
function secretTexts(value: JsonValue): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]: [string, JsonValue]) =>
    soundsSecret(name) ? textsIn(item) : secretTexts(item),
  );
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((item: JsonValue) => textsIn(item))
    : [];
}
