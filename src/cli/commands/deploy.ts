import type { CommandDefinition } from "../define.ts";
import { approvalOptions, environmentOptions, initUpgrade, skipTests, setting } from "../options.ts";

export const deploy: CommandDefinition = {
  name: "deploy",
  summary: "validate, test, preview, approve, apply, verify",
  options: [
    ...environmentOptions,
    initUpgrade,
    ...approvalOptions,
    {
      name: "plan",
      value: "FILE",
      summary: "apply the plan that faber preview --out wrote",
      variable: false,
    },
    skipTests,
    { ...setting("fix", "MODE", "what to do when a stage fails"), choices: ["ask", "auto", "never"] },
  ],
  examples: [
    "faber deploy --env=test",
    "faber deploy --env=test --yes --json",
    "faber deploy --env=prod --approve=DIGEST",
  ],
  load: async () => (await import("../actions/deploy.ts")).deploy,
};
