import type { CommandDefinition } from "../define.ts";
import { approvalOptions, environmentOptions, initUpgrade, reportFiles } from "../options.ts";

export const destroy: CommandDefinition = {
  name: "destroy",
  summary: "destroy everything of an environment, and prove that nothing is left",
  options: [
    ...environmentOptions,
    initUpgrade,
    reportFiles,
    ...approvalOptions,
    {
      name: "remove-orphans",
      summary: "also what services made for it and leave behind, such as a function's log group",
      variable: false,
    },
  ],
  examples: ["faber destroy --env=test", "faber destroy --env=test --yes"],
  load: async () => (await import("../actions/destroy.ts")).destroy,
};
