import type { CommandDefinition } from "../define.ts";
import { environmentOptions, initUpgrade, reportFiles, scanOptions, text } from "../options.ts";

export const test: CommandDefinition = {
  name: "test",
  summary: "run the tests of a phase and write the report",
  options: [
    ...environmentOptions,
    initUpgrade,
    reportFiles,
    ...scanOptions,
    {
      name: "update-baseline",
      summary: "accept what is found now: write it to the baseline, and count only what is new from then on",
      variable: false,
    },
    { name: "yes", summary: "in CI: --update-baseline is meant", variable: false },
    {
      ...text("phase", "PHASE", "which tests (default: pre-deployment)"),
      choices: ["pre-deployment", "post-deployment"],
    },
  ],
  examples: [
    "faber test --env=test",
    "faber test --env=test --update-baseline",
    "faber test --env=test --phase=post-deployment --json",
  ],
  load: async () => (await import("../actions/test.ts")).test,
};
