import type { CommandDefinition } from "../define.ts";
import { environmentOptions, flag, initUpgrade, text } from "../options.ts";

export const permissionsCommands: readonly CommandDefinition[] = [
  {
    name: "permissions list",
    summary: "what was granted to the deploy identity, until when and why, and what of it is in force",
    options: environmentOptions,
    examples: ["faber permissions list --env=test"],
    load: async () => (await import("../actions/permissions.ts")).list,
  },
  {
    name: "permissions preflight",
    summary: "what this plan takes, and what of it the deploy identity may not do (exit 8)",
    options: [...environmentOptions, initUpgrade, flag("destroy", "for a destroy")],
    examples: ["faber permissions preflight --env=test", "faber permissions preflight --env=test --json"],
    load: async () => (await import("../actions/permissions-preflight.ts")).preflight,
  },
  {
    name: "permissions grant",
    summary: "grant what preflight finds missing, after a yes",
    options: [
      ...environmentOptions,
      initUpgrade,
      { ...text("from", "SOURCE", "where the list comes from"), choices: ["preflight"], variable: false },
      { name: "yes", summary: "grant without asking; never in a protected environment", variable: false },
    ],
    examples: ["faber permissions grant --from=preflight --env=test"],
    load: async () => (await import("../actions/permissions-grant.ts")).grantMissing,
  },
  {
    name: "permissions revoke",
    summary: "take grants away, and prove that they are gone",
    options: [
      ...environmentOptions,
      { name: "all", summary: "every grant of this project in this environment", variable: false },
      { name: "expired", summary: "those that have ended", variable: false },
    ],
    positional: { name: "[grants...]", summary: "IDs of grants, as list shows them" },
    examples: [
      "faber permissions revoke g1f0c2a9b7e --env=test",
      "faber permissions revoke --all --env=test",
    ],
    load: async () => (await import("../actions/permissions.ts")).revoke,
  },
  {
    name: "permissions export",
    summary: "the policies that faber wrote, to take over by hand",
    options: [
      ...environmentOptions,
      { ...text("format", "FORMAT", "json (default) or terraform"), choices: ["json", "terraform"] },
    ],
    examples: ["faber permissions export --format=terraform --env=test"],
    load: async () => (await import("../actions/permissions.ts")).exportPolicies,
  },
];
