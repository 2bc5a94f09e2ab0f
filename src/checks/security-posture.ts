import type { Check } from "./contract.ts";
import { inspectionCheck } from "./inspection.ts";

/** How open, encrypted and careless with secrets the stack's resources are in the live account, whatever the code says. */
export const securityPosture: Check = inspectionCheck({
  name: "security_posture",
  look: ({ hosting }) => hosting?.posture,
  nothing: "the state holds nothing whose posture is looked at",
});
