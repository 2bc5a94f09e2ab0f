import { FaberError } from "../../src/core/error.ts";
import { didYouMean } from "../../src/core/similar.ts";
import { checkov } from "./checkov.ts";
import type { FoundTool, Tool, ToolSurroundings } from "./contract.ts";
import { extraTools } from "./extra-tools.ts";
import { ministack } from "./ministack.ts";
import { opentofu } from "./opentofu.ts";
import { terraform } from "./terraform.ts";
import { tfsec } from "./tfsec.ts";

/** The tools that faber counts on, in the order in which they are shown and fetched; `extraTools` come beside them. */
export const tools: readonly Tool[] = [terraform, opentofu, checkov, tfsec, ministack];

export function toolNamed(name: string): Tool {
  const known = [...tools, ...extraTools];
  const tool = known.find((candidate) => candidate.name === name);
  if (tool) return tool;
  const names = known.map((candidate) => candidate.name);
  const near = didYouMean(name, names);
  throw new FaberError({
    code: "unknown-tool",
    exit: "wrong-usage",
    message: `there is no tool "${name}" (${names.join(", ")})`,
    hints: near === undefined ? [] : [`did you mean ${near}?`],
  });
}

/** Where a tool is and its version, fast enough for every run; undefined when it is nowhere. */
export async function findTool(name: string, surroundings: ToolSurroundings): Promise<FoundTool | undefined> {
  return toolNamed(name).find(surroundings);
}
