import type { Check } from "./contract.ts";
import { costEstimation } from "./cost.ts";
import { resourceExistence } from "./resource-existence.ts";
import { securityChecks } from "./security.ts";
import { terraformValidation } from "./terraform-validation.ts";

/** Every test of both phases, in the order of the report. */
export const checks: readonly Check[] = [
  terraformValidation,
  ...securityChecks,
  costEstimation,
  resourceExistence,
];

export { customCheck } from "./custom.ts";
