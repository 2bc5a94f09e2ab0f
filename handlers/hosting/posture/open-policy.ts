import type { Severity } from "../../../src/core/finding.ts";
import type { Observation } from "../contract.ts";
import { observe, type Desk } from "./desk.ts";
import { actionsOf, openStatements } from "./exposure.ts";
import { readPolicy, type Statement } from "./policy.ts";

export interface PolicyOf {
  readonly rule: string;
  readonly severity: Severity;
  /** The call that gave it. */
  readonly call: string;
  /** Statements that are judged elsewhere. */
  readonly without?: (statement: Statement) => boolean;
}

const remedy =
  "name the principals, or bind the statement with aws:SourceArn, aws:SourceAccount, aws:PrincipalAccount or aws:PrincipalOrgID";

/** What is wrong with a resource's policy when it lets everybody in; a policy that cannot be read is noted. */
export function judgePolicy(desk: Desk, text: string | undefined, of: PolicyOf): readonly Observation[] {
  if (text === undefined || text === "") return [];
  const statements = readPolicy(text);
  if (statements === undefined) {
    desk.note(of.call, "the policy in the answer cannot be read");
    return [];
  }
  const open = openStatements(statements).filter((statement) => !of.without?.(statement));
  if (open.length === 0) return [];
  const message = `its policy lets anybody ${actionsOf(open)}`;
  return [observe(desk, of.rule, { severity: of.severity, message, remedy })];
}
