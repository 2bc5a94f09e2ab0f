import type { CommandDefinition } from "../define.ts";
import { environmentOptions, flag, initUpgrade } from "../options.ts";

export const drift: CommandDefinition = {
  name: "drift",
  summary: "what was changed since the last deploy, and by whom; changes nothing",
  options: [
    ...environmentOptions,
    initUpgrade,
    flag("detailed-exitcode", "exit 2 when there is drift"),
    flag("no-cause", "do not ask the cloud who it was"),
  ],
  examples: ["faber drift --env=prod", "faber drift --env=prod --detailed-exitcode --json"],
  load: async () => (await import("../actions/drift.ts")).drift,
};
