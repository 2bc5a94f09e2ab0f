import type { CommandDefinition } from "../define.ts";
import { approvalOptions, environmentOptions, initUpgrade, reportFiles } from "../options.ts";

export const destroy: CommandDefinition = {
  name: "destroy",
  summary: "destroy everything of an environment, and prove that nothing is left",
  options: [...environmentOptions, initUpgrade, reportFiles, ...approvalOptions],
  examples: ["faber destroy --env=test", "faber destroy --env=test --yes"],
  load: async () => (await import("../actions/destroy.ts")).destroy,
};
