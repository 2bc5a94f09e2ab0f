import type { CommandDefinition } from "../define.ts";
import { environmentOptions, flag } from "../options.ts";

export const status: CommandDefinition = {
  name: "status",
  summary: "what exists in an environment; without --env, all environments in short",
  options: [...environmentOptions, flag("offline", "as it was last written down; nobody is asked")],
  examples: ["faber status", "faber status --env=test", "faber status --env=prod --offline --json"],
  load: async () => (await import("../actions/status.ts")).status,
};
