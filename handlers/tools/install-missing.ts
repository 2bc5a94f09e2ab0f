import { FaberError } from "../../src/core/error.ts";
import type { FoundTool, Tool, ToolSurroundings } from "./contract.ts";
import { examineTool, isServed } from "./doctor.ts";
import type { ToolRow } from "./doctor-report.ts";
import { tools as allTools } from "./registry.ts";

export type InstallRow =
  | { readonly name: string; readonly outcome: "installed"; readonly found: FoundTool }
  | {
      readonly name: string;
      readonly outcome: "failed";
      readonly why: string;
      readonly hints: readonly string[];
    };

/**
 * Fetches, one after another, what is missing or too old and what nothing else stands in for. A failure is a row,
 * not an exception; an interruption ends the whole. Tools that are there make no row.
 */
export async function installMissing(
  surroundings: ToolSurroundings,
  say: (text: string) => void,
  tools: readonly Tool[] = allTools,
): Promise<readonly InstallRow[]> {
  const states = new Map<string, ToolRow>();
  for (const tool of tools) states.set(tool.name, await examineTool(tool, surroundings));
  const outcomes: InstallRow[] = [];
  for (const tool of tools) {
    const state = states.get(tool.name);
    if (state === undefined || isServed(state, [...states.values()])) continue;
    const outcome =
      state.state === "broken" || state.origin === "configured"
        ? leftAlone(state)
        : await install(tool, surroundings, say);
    outcomes.push(outcome);
    if (outcome.outcome === "installed")
      states.set(tool.name, { ...state, ...outcome.found, state: "found" });
  }
  return outcomes;
}

async function install(
  tool: Tool,
  surroundings: ToolSurroundings,
  say: (text: string) => void,
): Promise<InstallRow> {
  try {
    return { name: tool.name, outcome: "installed", found: await tool.install(surroundings, say) };
  } catch (error) {
    if (surroundings.signal.aborted) {
      throw new FaberError({
        code: "interrupted",
        exit: "interrupted",
        message: `interrupted while fetching ${tool.name}`,
        cause: error,
      });
    }
    if (!(error instanceof FaberError)) throw error;
    return { name: tool.name, outcome: "failed", why: error.message, hints: error.hints };
  }
}

/** What the settings name comes first whatever is fetched: only the settings can mend it. */
function leftAlone(row: ToolRow): InstallRow {
  const why =
    row.why ?? `the configured ${row.name} ${row.version} is too old: at least ${row.atLeast} is needed`;
  return {
    name: row.name,
    outcome: "failed",
    why,
    hints: ["correct or remove its path in the settings", row.howToGet],
  };
}
