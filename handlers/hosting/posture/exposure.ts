import { matchesPattern } from "../../../src/core/address-pattern.ts";
import { narrows, sparesOnlyKnown } from "./narrowing.ts";
import { meansAnybody, type Condition, type Statement } from "./policy.ts";

/** The statements by which anybody at all is let in: a wildcard that no condition and no Deny narrows. */
export function openStatements(statements: readonly Statement[]): readonly Statement[] {
  const denials = statements.filter((statement) => !statement.allows && meansAnybody(statement));
  return statements.filter(
    (statement) =>
      statement.allows &&
      meansAnybody(statement) &&
      !statement.conditions.some(narrows) &&
      !denials.some((denial) => shuts(denial, statement)),
  );
}

/** Whether a Deny takes back all that an Allow gives to strangers. */
function shuts(denial: Statement, allowed: Statement): boolean {
  // With NotPrincipal somebody is spared whom nothing is known of.
  if (denial.excepted && denial.principals.some(({ name }) => name === "*")) return false;
  return (
    // A `?` in a pattern is taken for itself: then the Deny covers less, and no door is called shut that is open.
    denial.conditions.every((condition) => sparesOnlyKnown(condition) || sparesServices(condition)) &&
    allowed.actions.length > 0 &&
    allowed.actions.every((action) => coversAction(denial, action)) &&
    allowed.resources.every((resource) =>
      denial.resources.some((pattern) => matchesPattern(pattern, resource)),
    )
  );
}

/** The usual company of a network perimeter: AWS's own services are not meant by the Deny. */
function sparesServices({ operator, key, values }: Condition): boolean {
  return (
    /^Bool(?:IfExists)?$/.test(operator) &&
    (key === "aws:principalisawsservice" || key === "aws:viaawsservice") &&
    values.every((value) => value.toLowerCase() === "false")
  );
}

function coversAction({ actions, notActions }: Statement, action: string): boolean {
  if (notActions.length > 0) return !notActions.some((pattern) => overlaps(pattern, action));
  return actions.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()));
}

function overlaps(a: string, b: string): boolean {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return matchesPattern(left, right) || matchesPattern(right, left);
}

/** What strangers may do, for a message: `sqs:SendMessage, sqs:ReceiveMessage and 3 more`. */
export function actionsOf(statements: readonly Statement[]): string {
  const all = [
    ...new Set(
      statements.flatMap(({ actions, notActions }) =>
        notActions.length > 0 ? [`all but ${notActions.join(", ")}`] : actions,
      ),
    ),
  ];
  const shown = all.slice(0, 3).join(", ");
  return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown;
}
