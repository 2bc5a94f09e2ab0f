import { access, constants, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { FaberError } from "../../src/core/error.ts";
import { isTooOld } from "./assert-version.ts";
import type { Tool, ToolSurroundings } from "./contract.ts";
import type { DoctorInput, DoctorReport, Problem, ToolRow } from "./doctor-report.ts";
import { environmentProblems } from "./doctor-environment.ts";
import { extraTools } from "./extra-tools.ts";
import { findProviderMirrors, type ProviderMirror } from "./provider-mirrors.ts";
import { tools } from "./registry.ts";
import { homeOf } from "./tool-dir.ts";

/** Looks at everything faber needs from its surroundings; what is wrong is in the answer, nothing is thrown for it. */
export async function examine(surroundings: ToolSurroundings, input: DoctorInput): Promise<DoctorReport> {
  const [rows, extraRows, mirrors, problems, toolDir] = await Promise.all([
    Promise.all(tools.map(async (tool) => examineTool(tool, surroundings))),
    Promise.all(extraTools.map(async (tool) => examineTool(tool, surroundings))),
    examineMirrors(surroundings, input),
    environmentProblems(surroundings, input),
    examineToolDir(surroundings.toolDir),
  ]);
  const all = [
    ...rows.flatMap((row) => toolProblem(row, rows)),
    // One that is not there is no problem: nobody asked for it.
    ...extraRows.filter(({ state }) => state === "broken").flatMap((row) => toolProblem(row, rows)),
    ...mirrors.problems,
    ...problems,
    ...toolDir.problems,
  ];
  return {
    ready: !all.some((problem) => problem.level === "error"),
    canDeploy: rows.some((row) => row.required && isServed(row, rows)),
    nodeVersion: input.nodeVersion,
    toolDir: { path: surroundings.toolDir, writable: toolDir.problems.length === 0 },
    tools: [...rows, ...extraRows],
    mirrors: mirrors.found,
    problems: all,
  };
}

export async function examineTool(tool: Tool, surroundings: ToolSurroundings): Promise<ToolRow> {
  const { name, purpose, required, howToGet } = tool;
  const about = {
    name,
    purpose,
    required,
    howToGet,
    alternatives: tool.alternatives ?? [],
    ...(tool.atLeast === undefined ? {} : { atLeast: tool.atLeast }),
  };
  try {
    const found = await tool.find(surroundings);
    if (found === undefined) return { ...about, state: "missing" };
    return { ...about, ...found, state: isTooOld(found, tool) ? "too-old" : "found" };
  } catch (error) {
    if (!(error instanceof FaberError) || error.exitName === "interrupted") throw error;
    return { ...about, state: "broken", why: error.message };
  }
}

/** Whether the tool, or another one that does the same, is there and new enough. */
export function isServed(row: ToolRow, rows: readonly ToolRow[]): boolean {
  return rows.some(
    ({ name, state }) => state === "found" && (name === row.name || row.alternatives.includes(name)),
  );
}

function toolProblem(row: ToolRow, rows: readonly ToolRow[]): readonly Problem[] {
  if (row.state === "found" || (row.state === "missing" && isServed(row, rows))) return [];
  // Of several that do the same, the required one speaks for all.
  if (row.state === "missing" && row.alternatives.length > 0 && !row.required) return [];
  const level = row.required && !isServed(row, rows) ? "error" : "warning";
  const hints = [
    ...(row.state === "broken" ? [] : ["let faber fetch it: faber doctor --install"]),
    row.howToGet,
  ];
  return [{ level, code: `tool-${row.state}`, text: toolText(row), hints }];
}

function toolText(row: ToolRow): string {
  if (row.state === "broken") return row.why ?? `${row.name} does not run`;
  if (row.state === "too-old")
    return `${row.name} ${row.version} at ${row.path} is too old: at least ${row.atLeast} is needed`;
  return (
    [row.name, ...(row.required ? row.alternatives : [])].join(" or ") + ` is not installed: ${row.purpose}`
  );
}

async function examineMirrors(
  { env, platform, arch }: ToolSurroundings,
  { providerMirror, root }: DoctorInput,
): Promise<{ readonly found: readonly ProviderMirror[]; readonly problems: readonly Problem[] }> {
  const search = { env, home: homeOf(env), platform, arch, ...(root === undefined ? {} : { root }) };
  try {
    return {
      found: await findProviderMirrors({
        ...search,
        ...(providerMirror === undefined ? {} : { configured: providerMirror }),
      }),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    const problem: Problem = { level: "error", code: error.code, text: error.message, hints: error.hints };
    return { found: await findProviderMirrors(search), problems: [problem] };
  }
}

/** Whether installs could be written: a folder that is not there yet counts as its nearest existing parent does. */
async function examineToolDir(toolDir: string): Promise<{ readonly problems: readonly Problem[] }> {
  let folder = toolDir;
  while (dirname(folder) !== folder && !(await stat(folder).catch(() => undefined))) folder = dirname(folder);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return { problems: [] };
  } catch {
    const text = `faber's tool folder ${toolDir} cannot be written`;
    return {
      problems: [
        {
          level: "warning",
          code: "tool-dir-read-only",
          text,
          hints: ["name another one with FABER_TOOLS_DIR"],
        },
      ],
    };
  }
}
