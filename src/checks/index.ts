import { bestPractices } from "./best-practices.ts";
import type { Check } from "./contract.ts";
import { costEstimation } from "./cost.ts";
import { healthChecks } from "./health-checks.ts";
import { integrationTests } from "./integration-tests.ts";
import { monitoringVerification } from "./monitoring.ts";
import { naming } from "./naming.ts";
import { resourceConfiguration } from "./resource-configuration.ts";
import { resourceExistence } from "./resource-existence.ts";
import { securityChecks } from "./security.ts";
import { securityPosture } from "./security-posture.ts";
import { tagging } from "./tagging.ts";
import { terraformValidation } from "./terraform-validation.ts";

/** Every test of both phases, in the order of the report. */
export const checks: readonly Check[] = [
  terraformValidation,
  ...securityChecks,
  costEstimation,
  naming,
  tagging,
  bestPractices,
  resourceExistence,
  resourceConfiguration,
  securityPosture,
  healthChecks,
  integrationTests,
  monitoringVerification,
];

export { customCheck } from "./custom.ts";
