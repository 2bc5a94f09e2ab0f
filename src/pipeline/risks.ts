import type { Environment } from "../core/environment.ts";
import type { Plan } from "../core/plan.ts";

/** What somebody should think about before saying yes, one line each. */
export function describeRisks(plan: Plan, environment: Environment): readonly string[] {
  const lost = plan.changes.filter((change) => change.action === "delete" || change.action === "replace");
  const risks: string[] = [];
  if (lost.length > 0) {
    risks.push(
      `${lost.length} ${lost.length === 1 ? "resource is" : "resources are"} destroyed: what ${lost.length === 1 ? "it holds" : "they hold"} may be lost`,
    );
  }
  const forgotten = plan.changes.filter((change) => change.action === "forget").length;
  if (forgotten > 0) risks.push(`${forgotten} leave the state and go on existing unmanaged`);
  if (environment.protected) risks.push(`${environment.name} is protected`);
  return risks;
}
