import { FaberError } from "../../src/core/error.ts";
import type { FoundTool, Tool } from "./contract.ts";
import { compareVersions } from "./version.ts";

/** What was found, when it is there and new enough; throws FaberError `tool-missing` or `tool-too-old`. */
export function assertVersion(found: FoundTool | undefined, tool: Tool): FoundTool {
  if (found === undefined) {
    throw new FaberError({
      code: "tool-missing",
      exit: "wrong-usage",
      message: `${tool.name} is not installed: ${tool.purpose}`,
      hints: ["let faber fetch it: faber doctor --install", tool.howToGet],
    });
  }
  if (isTooOld(found, tool)) {
    throw new FaberError({
      code: "tool-too-old",
      exit: "wrong-usage",
      message: `${tool.name} ${found.version} at ${found.path} is too old: at least ${tool.atLeast} is needed`,
      hints: [
        found.origin === "configured"
          ? "configure a newer one, or remove the setting to let faber look for itself"
          : "let faber fetch a newer one beside it: faber doctor --install",
        tool.howToGet,
      ],
    });
  }
  return found;
}

export function isTooOld(found: FoundTool, tool: Tool): boolean {
  return tool.atLeast !== undefined && compareVersions(found.version, tool.atLeast) < 0;
}
