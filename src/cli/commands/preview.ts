import type { CommandDefinition } from "../define.ts";
import { environmentOptions, flag, initUpgrade, reportFiles, text } from "../options.ts";

export const preview: CommandDefinition = {
  name: "preview",
  aliases: ["plan"],
  summary: "what would change, and the digest that approves it",
  options: [
    ...environmentOptions,
    initUpgrade,
    reportFiles,
    text("out", "FILE", "keep the plan for faber deploy --plan=FILE (it holds secrets)"),
    flag("destroy", "preview a destroy"),
    flag("detailed-exitcode", "exit 2 when something would change"),
  ],
  examples: ["faber preview --env=test", "faber preview --env=prod --out=prod.plan --json"],
  load: async () => (await import("../actions/preview.ts")).preview,
};
