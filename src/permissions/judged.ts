import { FaberError } from "../core/error.ts";
import { exitOf, type Exit } from "../core/exit.ts";
import type { PreflightNeed } from "./preflight.ts";

/** A need with what IAM says of it. `unknown`: IAM could not be asked. */
export type JudgedNeed = PreflightNeed & {
  readonly decision: "allowed" | "missing" | "denied" | "unknown";
};

/**
 * What a preflight comes to. `unplanned` is the exit of a planning that made no plan: what is in the state is but a part
 * of what is needed, so that all of it may be there and something be missing all the same.
 */
export function verdictOn(
  judged: readonly JudgedNeed[],
  { reader, unplanned }: { readonly reader: string; readonly unplanned: Exit | undefined },
): { readonly exit: Exit; readonly said: string } {
  const count = (...decisions: readonly JudgedNeed["decision"][]): number =>
    judged.filter(({ decision }) => decisions.includes(decision)).length;
  const [missing, unknown, all] = [count("missing", "denied"), count("unknown"), judged.length];
  const reason =
    missing > 0
      ? `${missing} of ${all} permissions are missing`
      : unknown > 0
        ? `whether ${unknown} of ${all} permissions are there is not known: IAM does not answer ${reader}`
        : `all ${all} permissions that are known to be needed are there`;
  const said = `${unplanned ? "no plan could be made; of what is in the state: " : ""}${reason}`;
  if (missing + unknown > 0) return { exit: exitOf("credentials-or-permissions", reason), said };
  return { exit: unplanned ?? exitOf("done", reason), said };
}

/** What a grant would have to give; where IAM cannot be asked, nothing says that it is there. Throws `grant-refused`. */
export function missingIn(judged: readonly JudgedNeed[]): readonly JudgedNeed[] {
  const [denied, ...others] = judged.filter(({ decision }) => decision === "denied");
  if (denied === undefined)
    return judged.filter(({ decision }) => decision === "missing" || decision === "unknown");
  const more = others.length === 0 ? "" : `, and ${others.length} more,`;
  throw new FaberError({
    code: "grant-refused",
    exit: "not-approved",
    message: `a grant would not help: ${denied.action} on ${denied.resource}${more} is denied explicitly`,
    why: "one denial keeps the deploy from passing, so nothing is granted for the others",
    hints: ["ask whoever wrote the statement with Effect Deny", "see all of it: faber permissions preflight"],
  });
}
