import type { CommandDefinition } from "../define.ts";
import { environmentOptions, initUpgrade, reportFiles, text } from "../options.ts";

export const test: CommandDefinition = {
  name: "test",
  summary: "run the tests of a phase and write the report",
  options: [
    ...environmentOptions,
    initUpgrade,
    reportFiles,
    {
      ...text("phase", "PHASE", "which tests (default: pre-deployment)"),
      choices: ["pre-deployment", "post-deployment"],
    },
  ],
  examples: ["faber test --env=test", "faber test --env=test --phase=post-deployment --json"],
  load: async () => (await import("../actions/test.ts")).test,
};
