import { join } from "node:path";
import type { IacHandler, IacProject } from "../../handlers/iac/contract.ts";
import type { ToolSurroundings } from "../../handlers/tools/contract.ts";
import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import type { FaberEvent } from "../core/event.ts";
import { processPlace } from "../workdir/process-place.ts";
import { requireOneOf } from "./locate-tools.ts";

/** The handlers that fit an environment: the one that is set, or those that recognise its folder. */
export async function chooseHandlers(
  environment: Environment,
): Promise<readonly [IacHandler, ...IacHandler[]]> {
  const { iacHandlers } = await import("../../handlers/iac/registry.ts");
  const fitting: IacHandler[] = [];
  for (const handler of iacHandlers) {
    const fits =
      environment.iac === undefined
        ? await handler.recognises(environment.dir)
        : handler.name === environment.iac;
    if (fits) fitting.push(handler);
  }
  const [first, ...rest] = fitting;
  if (first) return [first, ...rest];
  throw new FaberError({
    code: "no-root",
    exit: "wrong-usage",
    message: `there is nothing to deploy in ${environment.dir}: no Terraform files and no cdktf.json`,
    hints: ["go to the folder that holds them, or name it: --chdir=DIR, or dir: in faber.yaml"],
  });
}

export interface OpenIacInput {
  readonly environment: Environment;
  readonly handlers: readonly [IacHandler, ...IacHandler[]];
  readonly surroundings: ToolSurroundings;
  readonly processEnv: Readonly<Record<string, string>>;
  readonly scratchDir: string;
  readonly upgrade: boolean;
  readonly signal: AbortSignal;
  readonly emit: (event: FaberEvent) => void;
}

/** Opens the project with the first handler whose program is there. */
export async function openIac(input: OpenIacInput): Promise<IacProject> {
  const { environment, handlers, surroundings, processEnv, scratchDir, signal, emit } = input;
  const tool = await requireOneOf(surroundings, [...new Set(handlers.flatMap((handler) => handler.tools))]);
  const handler = handlers.find((candidate) => candidate.tools.includes(tool.name)) ?? handlers[0];
  return handler.open({
    environment,
    tool: {
      name: tool.name,
      command: tool.name === "opentofu" ? "tofu" : tool.name,
      version: tool.version,
      path: tool.path,
    },
    processEnv,
    scratchDir,
    cliConfig: await cliConfigOf(input, tool.name === "opentofu" ? "opentofu" : "terraform"),
    upgrade: input.upgrade,
    signal,
    say: (text) => emit({ type: "stage.progress", stage: "validate", text }),
    onProcess: (command, pid) => emit({ type: "tool.started", command, pid, host: processPlace() }),
  });
}

/** The CLI configuration of this run, and one without the mirrors that were only found by looking. */
async function cliConfigOf(
  { environment, surroundings, scratchDir, emit }: OpenIacInput,
  tool: "terraform" | "opentofu",
): Promise<{ file?: string; fallback?: string }> {
  const [{ findProviderMirrors }, { writeCliConfig }, { homeOf }] = await Promise.all([
    import("../../handlers/tools/provider-mirrors.ts"),
    import("../../handlers/tools/cli-config.ts"),
    import("../../handlers/tools/tool-dir.ts"),
  ]);
  const { env, platform, arch } = surroundings;
  const home = homeOf(env);
  const configured = environment.providerMirror;
  const mirrors = await findProviderMirrors({
    env,
    home,
    platform,
    arch,
    root: environment.dir,
    ...(configured === undefined ? {} : { configured }),
  });
  const chosen = await writeCliConfig({ env, home, mirrors, file: join(scratchDir, "cli.tfrc"), tool });
  for (const notice of chosen.notices) emit({ type: "notice", ...notice });
  const guessed = mirrors.some((mirror) => mirror.origin !== "configured");
  const without = guessed
    ? await writeCliConfig({ env, home, mirrors: [], file: join(scratchDir, "direct.tfrc"), tool })
    : undefined;
  return {
    ...(chosen.file === undefined ? {} : { file: chosen.file }),
    ...(without === undefined ? {} : { fallback: without.file ?? "" }),
  };
}
