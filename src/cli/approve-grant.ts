import type { View } from "../../handlers/hosting/permissions/contract.ts";
import { FaberError } from "../core/error.ts";
import { diffOf } from "../permissions/diff.ts";
import type { Proposal } from "../permissions/proposal.ts";
import type { RunContext } from "../pipeline/context.ts";
import { yesCounts } from "../pipeline/stages/approve.ts";
import { flagOption, type Invocation } from "./define.ts";
import { isAttended } from "./surroundings.ts";

/** Somebody says yes to a grant: at the prompt, or by `--yes` where that approves anything; throws without one. */
export async function approveGrant(
  { world, options }: Pick<Invocation, "world" | "options">,
  { host, environment }: Pick<RunContext, "host" | "environment">,
  {
    proposal,
    standing,
  }: {
    readonly proposal: Pick<Proposal, "statements" | "doubts">;
    readonly standing: Pick<View, "own" | "deployer">;
  },
): Promise<void> {
  const isEnough = yesCounts(environment);
  if (isEnough && flagOption(options, "yes")) return;
  const before = standing.own.flatMap(({ statements }) => statements);
  for (const text of [
    ...diffOf(before, proposal.statements),
    ...proposal.doubts.map((line) => `look at: ${line}`),
  ])
    host.emit({ type: "notice", level: "info", code: "grant-diff", text });
  const answer = isAttended(world, options)
    ? await host.ask({
        id: "grant",
        kind: "choice",
        text: `Grant this to ${standing.deployer.arn}?`,
        choices: ["y", "n"],
        defaultChoice: "n",
        unattended: { code: "approval-missing", exit: "not-approved", hints: [] },
      })
    : "n";
  if (answer === "y") return;
  throw new FaberError({
    code: "approval-missing",
    exit: "not-approved",
    message: "the grant was not approved",
    hints: [
      isEnough
        ? "look at what it would be, and say --yes"
        : "look at it at a terminal: by the policy of this machine --yes approves nothing",
    ],
  });
}
