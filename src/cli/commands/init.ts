import type { CommandDefinition } from "../define.ts";
import { flag } from "../options.ts";

export const init: CommandDefinition = {
  name: "init",
  summary: "write a faber.yaml from what is found here",
  options: [flag("yes", "take what it proposes")],
  examples: ["faber init", "faber init --yes"],
  load: async () => (await import("../actions/init.ts")).init,
};
