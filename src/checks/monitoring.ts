import type { Check } from "./contract.ts";
import { inspectionCheck } from "./inspection.ts";

/**
 * Whether somebody hears of it when one of the stack's resources is in trouble. Figures beside those of every
 * inspection: `alarms` of the account, `dashboards` and `traced` functions of the stack, which are not required.
 */
export const monitoringVerification: Check = inspectionCheck({
  name: "monitoring_verification",
  look: ({ hosting }) => hosting?.monitoring,
  nothing: "the state holds nothing that alarms or logs are expected of",
});
