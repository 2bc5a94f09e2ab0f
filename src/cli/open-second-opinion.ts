import type { Environment } from "../core/environment.ts";
import type { Redactor } from "../core/redact.ts";
import type { World } from "../core/world.ts";
import type { RunContext } from "../pipeline/context.ts";
import type { Invocation } from "./define.ts";

/** Whoever has a key to Infracost wants its estimate beside faber's; without one it is not even looked for. */
const keyVariable = "INFRACOST_API_KEY";

export function opinionTools({ env }: Pick<World, "env">): readonly string[] {
  return env[keyVariable] ? ["infracost"] : [];
}

/** Infracost's estimate of a plan, where its program and a key to it are there. */
export async function secondOpinionOf(
  { world, signal }: Invocation,
  parts: {
    readonly environment: Environment;
    readonly toolEnv: Readonly<Record<string, string>>;
    readonly redactor: Redactor;
    readonly scratchDir: string;
  },
): Promise<Pick<RunContext, "secondOpinion">> {
  const key = world.env[keyVariable];
  const program = parts.environment.toolPaths["infracost"];
  if (!key || program === undefined) return {};
  parts.redactor.learn(key);
  const { openInfracost } = await import("../../handlers/cost/infracost.ts");
  const { toolEnv: env, scratchDir } = parts;
  return { secondOpinion: openInfracost({ program, env, scratchDir, signal }) };
}
