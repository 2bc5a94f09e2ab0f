import { FaberError } from "../../src/core/error.ts";
import type { ToolSurroundings } from "./contract.ts";
import type { DoctorInput, Problem } from "./doctor-report.ts";
import { homeOf } from "./tool-dir.ts";
import { readUserCliConfig } from "./user-cli-config.ts";
import { compareVersions } from "./version.ts";

const lowestNode = "20.17.0";

/** What the environment variables and the runtime themselves have wrong. */
export async function environmentProblems(
  { env }: ToolSurroundings,
  { nodeVersion }: DoctorInput,
): Promise<readonly Problem[]> {
  return [
    ...nodeProblem(nodeVersion),
    ...(await cliConfigProblems(env)),
    ...argumentProblems(env),
    ...workspaceProblem(env),
  ];
}

function nodeProblem(version: string): readonly Problem[] {
  if (compareVersions(version, lowestNode) >= 0) return [];
  const text = `Node ${version} is too old: at least ${lowestNode} is needed`;
  return [
    { level: "error", code: "node-too-old", text, hints: ["get a newer one from https://nodejs.org/"] },
  ];
}

async function cliConfigProblems(env: ToolSurroundings["env"]): Promise<readonly Problem[]> {
  try {
    const user = await readUserCliConfig({ env, home: homeOf(env), tool: "terraform" });
    if (user.named === undefined || user.files.length > 0) return [];
    return [missingCliConfig(user.named)];
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    return [{ level: "error", code: error.code, text: error.message, hints: error.hints }];
  }
}

function missingCliConfig(file: string): Problem {
  return {
    level: "error",
    code: "cli-config-missing",
    text:
      `TF_CLI_CONFIG_FILE names ${file}, which does not exist: Terraform only warns of that, ` +
      "and goes on without the mirrors and credentials the file was to name",
    hints: [
      "unset TF_CLI_CONFIG_FILE",
      `or write ${file}`,
      "faber's own runs are not harmed: they get a configuration of their own, with the mirrors that are found",
    ],
  };
}

/** The values are not shown: a `-var` in them may hold a secret. */
function argumentProblems(env: ToolSurroundings["env"]): readonly Problem[] {
  const names = Object.keys(env).filter((name) => /^TF_CLI_ARGS(?:_|$)/.test(name) && env[name] !== "");
  return names.sort().map((name) => ({
    level: "warning",
    code: "cli-args-set",
    text: `${name} is set: faber refuses to run when it could change what is planned, locked or approved`,
    hints: [`unset ${name}`, "variables and var files belong in faber.yaml"],
  }));
}

function workspaceProblem(env: ToolSurroundings["env"]): readonly Problem[] {
  const workspace = env["TF_WORKSPACE"];
  if (workspace === undefined || workspace === "") return [];
  return [
    {
      level: "warning",
      code: "workspace-set",
      text: `TF_WORKSPACE is ${workspace}: faber refuses environments that have another workspace`,
      hints: ["unset TF_WORKSPACE, and give each environment its workspace in faber.yaml"],
    },
  ];
}
