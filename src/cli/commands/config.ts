import type { CommandDefinition } from "../define.ts";
import { environmentOptions, flag } from "../options.ts";

export const configShow: CommandDefinition = {
  name: "config show",
  summary: "the settings in force",
  options: [...environmentOptions, flag("origin", "and where each comes from")],
  examples: ["faber config show --env=test --origin"],
  load: async () => (await import("../actions/config-show.ts")).configShow,
};
