import type { CommandDefinition } from "../define.ts";
import { environmentOptions } from "../options.ts";

export const reportCommands: readonly CommandDefinition[] = [
  {
    name: "report list",
    summary: "past test reports of an environment, newest first",
    options: environmentOptions,
    examples: ["faber report list --env=test"],
    load: async () => (await import("../actions/report.ts")).list,
  },
  {
    name: "report show",
    summary: "one test report; the newest when none is named",
    options: environmentOptions,
    positional: { name: "[report]", summary: "file name from `faber report list`" },
    examples: [
      "faber report show --env=test",
      "faber report show 20261121T093640Z-pre-deployment.json --env=test",
    ],
    load: async () => (await import("../actions/report.ts")).show,
  },
];
