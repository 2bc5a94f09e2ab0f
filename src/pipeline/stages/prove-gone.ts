import type { Existence } from "../../../handlers/hosting/contract.ts";
import { exitOf } from "../../core/exit.ts";
import type { Resource } from "../../core/resource.ts";
import type { RunContext } from "../context.ts";
import { exitFor, failedStage } from "../failure.ts";
import { dealWithOrphans, lookForLeftovers } from "../look-for-leftovers.ts";
import type { Stage } from "../stage.ts";

/** After a destroy: the state is empty, the cloud's own API finds nothing of what was in it, and nothing has its tags. */
export const proveGoneStage: Stage = {
  name: "post-tests",
  run: async (context, before) => {
    const state = await context.iac.resources();
    if (!state.ok) {
      return failedStage(
        before,
        state.diagnostics,
        exitFor(context.iac, state.diagnostics, "cleanup-incomplete"),
        "ERROR",
      );
    }
    const inState = state.value.map(({ address }) => address);
    const doomed = before.doomed ?? [];
    const { found, unsure, gone } = await askCloud(context, doomed);
    const leftovers = await lookForLeftovers(context, doomed);
    const left = [
      ...inState.map((address) => `${address} is still in the state`),
      // What the state has as well is one thing that is left, not two.
      ...found
        .filter(({ address }) => !inState.includes(address))
        .map(({ address, by }) => `${address} still exists (${by ?? "cloud"})`),
      ...(leftovers?.found ?? []).map((arn) => `${arn} still carries its tags`),
    ];
    if (left.length > 0) {
      const exit = exitOf("cleanup-incomplete", `${left.length} left behind: ${left.join("; ")}`);
      const diagnostics = left.map((line) => ({
        severity: "error" as const,
        summary: "Left behind",
        detail: line,
      }));
      return {
        result: { status: "FAIL", headline: exit.reason, tests: [], diagnostics, exit },
        carried: before,
      };
    }
    await dealWithOrphans(context, doomed);
    const asked = headlineOf({ unsure, gone });
    return {
      result: {
        status: unsure === 0 && leftovers?.sure !== false ? "PASS" : "WARN",
        headline: leftovers === undefined ? asked : `${asked} · ${leftovers.said}`,
        tests: [],
        diagnostics: [],
      },
      carried: before,
    };
  },
};

interface CloudAnswers {
  readonly found: readonly Existence[];
  /** Resources whose existence the cloud could not tell. */
  readonly unsure: number;
  readonly gone: number;
}

async function askCloud(context: RunContext, doomed: readonly Resource[]): Promise<CloudAnswers> {
  if (!context.hosting || doomed.length === 0) return { found: [], unsure: 0, gone: 0 };
  const all = await context.hosting.exists(doomed, context.signal);
  const answers = all.filter((answer) => !answer.cloudless);
  return {
    found: answers.filter((answer) => answer.answer === "found"),
    unsure: answers.filter((answer) => answer.answer === "unknown" || answer.answer === "unverifiable")
      .length,
    gone: answers.filter((answer) => answer.answer === "missing").length,
  };
}

function headlineOf({ unsure, gone }: Pick<CloudAnswers, "unsure" | "gone">): string {
  const asked = unsure + gone === 0 ? "" : ` · ${gone} of ${unsure + gone} gone from the cloud`;
  return `state empty${asked}${unsure === 0 ? "" : ` · ${unsure} the cloud could not be asked about`}`;
}
