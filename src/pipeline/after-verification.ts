import { exitCodes } from "../core/exit.ts";
import { worstFirst } from "../core/finding.ts";
import { blocks } from "../core/gate.ts";
import type { StageResult } from "../core/result.ts";
import type { RunContext } from "./context.ts";
import { describeLastGood, lastGoodOf } from "./last-good.ts";

/** `retry`: the same tests again; `roll-forward`: everything again, with the files as they are now. */
export type AfterVerification = "retry" | "roll-forward" | "leave";

/** Whether there is anything to ask about: the tests ran to their end, and something is not as it should be. */
export function failedVerification({ stage, exit, tests }: StageResult): boolean {
  return stage === "post-tests" && exit?.code === exitCodes["verification-failed"] && tests.length > 0;
}

/**
 * What a person wants to be done about a verification that failed. Looking, and the way to the last good configuration,
 * are told and asked about again. Where nobody is there, the way back is told and nothing is done.
 */
export async function askAfterVerification(
  context: RunContext,
  result: StageResult,
  canDeploy: boolean,
): Promise<AfterVerification> {
  if (!context.wishes.attended) {
    if (canDeploy && (await lastGoodOf(context)) !== undefined) await tellLastGood(context);
    return "leave";
  }
  for (;;) {
    const answer = await context.host.ask({
      id: "after-verification",
      kind: "choice",
      text: canDeploy
        ? "Not as it should be. Look, retry the tests, roll forward (test and plan again), the last good configuration, or leave it?"
        : "Not as it should be. Look, retry the tests, or leave it?",
      choices: canDeploy ? ["l", "r", "f", "g", "n"] : ["l", "r", "n"],
      defaultChoice: "n",
      unattended: { code: "approval-missing", exit: "not-approved", hints: [] },
    });
    if (answer === "r") return "retry";
    if (answer === "f") return "roll-forward";
    if (answer === "l") look(context, result);
    else if (answer === "g") await tellLastGood(context);
    else return "leave";
  }
}

/** Everything that was found to be wrong, with what to do about it. */
function look({ host }: RunContext, { tests }: StageResult): void {
  const say = (text: string): void =>
    host.emit({ type: "notice", level: "info", code: "verification", text });
  for (const test of tests.filter(blocks)) {
    say(`${test.name} ${test.status}${test.reason === undefined ? "" : `: ${test.reason}`}`);
    for (const { severity, address, message, remedy } of test.findings.toSorted(worstFirst)) {
      const where = address === undefined ? "" : `${address}: `;
      say(`${severity.toLowerCase()} ${where}${message}${remedy === undefined ? "" : ` (${remedy})`}`);
    }
  }
}

async function tellLastGood(context: RunContext): Promise<void> {
  for (const text of await describeLastGood(context, await lastGoodOf(context)))
    context.host.emit({ type: "notice", level: "info", code: "last-good", text });
}
