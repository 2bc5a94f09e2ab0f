import type { CommandDefinition } from "../define.ts";
import { environmentOptions } from "../options.ts";

export const runsCommands: readonly CommandDefinition[] = [
  {
    name: "runs list",
    summary: "past runs, newest first: what they did and how they ended",
    options: environmentOptions,
    examples: ["faber runs list --env=test"],
    load: async () => (await import("../actions/runs.ts")).list,
  },
  {
    name: "runs show",
    summary: "the story of one run; the newest when none is named",
    options: environmentOptions,
    positional: { name: "[run]", summary: "ID from `faber runs list`, or the end of one" },
    examples: ["faber runs show --env=test", "faber runs show 7f3a9c --env=test --json"],
    load: async () => (await import("../actions/runs.ts")).show,
  },
];
