import type { CommandDefinition } from "../define.ts";
import { environmentOptions, initUpgrade, text } from "../options.ts";

export const cost: CommandDefinition = {
  name: "cost",
  summary: "monthly cost by resource and component",
  options: [
    ...environmentOptions,
    initUpgrade,
    text("plan-json", "FILE", "price this plan (terraform show -json) instead of making one; - for stdin"),
    text("usage", "FILE", "usage file in Infracost's format, YAML or JSON"),
  ],
  examples: [
    "faber cost --env=test",
    "faber cost --plan-json=plan.json --usage=infracost-usage.yml --json",
    "faber cost --plan-json=- --json",
  ],
  load: async () => (await import("../actions/cost.ts")).cost,
};
