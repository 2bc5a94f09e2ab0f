import type { Problem } from "./problem.ts";

/** What Terraform says while it plans, imports and looks for its files, in its own fixed words. */
export const planningProblems: readonly Problem[] = [
  {
    name: "prevent-destroy",
    category: "config",
    also: "resource",
    phrases: ["instance cannot be destroyed", "lifecycle.prevent_destroy set", "prevent_destroy"],
  },
  {
    name: "plan-stale",
    category: "state",
    phrases: [
      "saved plan is stale",
      "saved plan does not match the given state",
      "plan was created against an older state",
    ],
  },
  {
    name: "already-managed",
    category: "state",
    also: "resource",
    phrases: ["resource already managed by terraform"],
  },
  {
    name: "import-missing-object",
    category: "resource",
    also: "state",
    phrases: [
      "cannot import non-existent remote object",
      "provider detected that no object exists with the given id",
      "cannot import non-existent resources",
      "detected a resource with this id doesn't exist",
    ],
  },
  {
    name: "import-unconfigured",
    category: "config",
    also: "state",
    phrases: [
      "configuration for import target does not exist",
      "resource address … does not exist in the configuration",
    ],
  },
  {
    name: "workspace-missing",
    category: "state",
    also: "config",
    phrases: ["the currently selected workspace", "workspace … doesn't exist"],
  },
  {
    name: "tfvars-unreadable",
    category: "config",
    phrases: ["failed to read variables file", "given variables file … does not exist"],
  },
  {
    name: "no-configuration",
    category: "config",
    phrases: ["no configuration files", "contains no terraform configuration files"],
  },
  {
    name: "hcl-syntax",
    category: "config",
    phrases: [
      "argument or block definition required",
      "unclosed configuration block",
      "missing newline after",
      "invalid block definition",
      "invalid expression",
      "unterminated template",
      "invalid multi-line string",
      "missing key/value separator",
      "unexpected token while parsing",
      "error parsing … at ",
    ],
    keeps: ["headline"],
  },
];
