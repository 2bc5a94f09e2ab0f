import type { CommandDefinition } from "../define.ts";
import { environmentOptions, initUpgrade, reportFiles } from "../options.ts";

export const validate: CommandDefinition = {
  name: "validate",
  summary: "check form and meaning of the files; needs no cloud access",
  options: [...environmentOptions, initUpgrade, reportFiles],
  examples: ["faber validate --env=test"],
  load: async () => (await import("../actions/validate.ts")).validate,
};
