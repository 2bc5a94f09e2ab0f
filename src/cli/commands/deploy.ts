import type { CommandDefinition } from "../define.ts";
import {
  approvalOptions,
  environmentOptions,
  initUpgrade,
  reportFiles,
  scanOptions,
  setting,
  skipOptions,
} from "../options.ts";

export const deploy: CommandDefinition = {
  name: "deploy",
  summary: "validate, test, preview, approve, apply, verify",
  options: [
    ...environmentOptions,
    initUpgrade,
    reportFiles,
    ...scanOptions,
    ...approvalOptions,
    {
      name: "plan",
      value: "FILE",
      summary: "apply the plan that faber preview --out wrote",
      variable: false,
    },
    {
      name: "allow-empty-state",
      summary: "an empty state is right, although resources were deployed before",
      variable: false,
    },
    ...skipOptions,
    { ...setting("fix", "MODE", "what to do when a stage fails"), choices: ["ask", "auto", "never"] },
  ],
  examples: [
    "faber deploy --env=test",
    "faber deploy --env=test --yes --json",
    "faber deploy --env=prod --approve=DIGEST",
    'faber deploy --env=test --skip-tests=tfsec_security --skip-reason="it cannot read check blocks"',
  ],
  load: async () => (await import("../actions/deploy.ts")).deploy,
};
