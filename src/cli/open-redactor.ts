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
  const [{ loadSettings }, { sensitiveInputs }] = await Promise.all([
    import("./settings.ts"),
    import("../../handlers/iac/terraform/sensitive-inputs.ts"),
  ]);
  const { redactor, world } = invocation;
  try {
    const { environment } = await loadSettings({ ...invocation, anyEnvironment: true });
    learnSettings(redactor, environment);
    const secrets = await sensitiveInputs(environment.dir, environment, world.env);
    for (const secret of secrets) redactor.learn(secret);
  } catch (error) {
    if (!(error instanceof FaberError)) throw error; // Settings that are wrong are said by whoever needs them.
  }
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((item: JsonValue) => textsIn(item))
    : [];
}
