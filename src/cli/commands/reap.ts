import type { CommandDefinition } from "../define.ts";
import { approvalOptions, environmentOptions, initUpgrade, reportFiles } from "../options.ts";

export const reap: CommandDefinition = {
  name: "reap",
  summary: "remove what runs that died have left, and nothing that is not provably theirs",
  options: [
    ...environmentOptions,
    initUpgrade,
    reportFiles,
    ...approvalOptions,
    { name: "run", value: "ID", summary: "only what this run left", variable: false },
  ],
  examples: ["faber reap --env=test", "faber reap --env=test --run=7f3a9c --yes"],
  load: async () => (await import("../actions/reap.ts")).reap,
};
