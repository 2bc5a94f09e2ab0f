import type { CommandDefinition } from "../define.ts";
import { environmentOptions, initUpgrade, setting, text } from "../options.ts";

export const costCommands: readonly CommandDefinition[] = [
  {
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
  },
  {
    name: "cost refresh-prices",
    summary: "read today's prices from AWS's public price lists",
    options: [
      setting("env", "NAME", "the environment whose region is meant"),
      setting("state-dir", "DIR", "instead of .faber beside faber.yaml"),
      // What prices are read decides what a budget lets through: it has no variable.
      {
        ...text("from", "URL", "base address of the lists, such as a mirror; https, or this machine"),
        variable: false,
      },
      { ...text("region", "REGION", "whose prices; may be repeated"), repeatable: true },
      { ...text("service", "CODE", "list to read, such as AmazonEC2; may be repeated"), repeatable: true },
      {
        ...text("out", "FILE", "catalogue to write, instead of prices.json in the state folder"),
        variable: false,
      },
      text("timeout", "SECONDS", "for one list, from the request to its last byte (default 900)"),
    ],
    examples: [
      "faber cost refresh-prices --region=eu-west-1",
      "faber cost refresh-prices --region=eu-west-1 --service=AmazonEC2 --service=AmazonRDS",
      "faber cost refresh-prices --from=https://mirror.example/aws --region=us-east-1",
    ],
    load: async () => (await import("../actions/cost-refresh.ts")).costRefresh,
  },
];
