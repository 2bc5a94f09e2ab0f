import { rm } from "node:fs/promises";
import type { Existence } from "../../handlers/hosting/contract.ts";
import type { IacProject } from "../../handlers/iac/contract.ts";
import { errorsIn, failed, told, type Told } from "../core/diagnostic.ts";
import type { Finding } from "../core/finding.ts";
import { arrayAt, objectAt, stringAt } from "../core/json.ts";
import type { TestResult, TestStatus } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";

const name = "resource_existence";

/**
 * Whether everything that the state records is really there: by the cloud's own API, and where that has no answer,
 * or answers that a thing is missing, by a refresh, which reads with each provider's own settings.
 * Its figures: `resources_expected` and `resources_found` count what a cloud holds; `verified_by` all of the state.
 */
export const resourceExistence: Check = { name, phase: "post-deployment", run };

type Outcome = Pick<TestResult, "status" | "findings" | "requirement" | "figures"> & {
  readonly reason?: string;
};

async function run(context: CheckContext): Promise<TestResult> {
  const began = context.clock.monotonic();
  const outcome = await verify(context);
  return { name, ...outcome, duration_ms: Math.round(context.clock.monotonic() - began) };
}

async function verify({ iac, hosting, signal }: CheckContext): Promise<Outcome> {
  if (hosting === undefined) return skipped("the root uses no cloud");
  const state = await iac.resources();
  if (!state.ok) return broken(`the state cannot be read: ${firstError(state)}`);
  if (state.value.length === 0) return skipped("the state holds no resource");
  const answers = await hosting.exists(state.value, signal);
  const inCloud = answers.filter((answer) => !answer.cloudless);
  if (inCloud.length === 0) return skipped("the state holds nothing that a cloud could be asked for");
  const doubtful = inCloud.filter((answer) => answer.answer !== "found");
  const refreshed = doubtful.length === 0 ? told<ReadonlySet<string>>(new Set()) : await goneByRefresh(iac);
  return judge(answers, refreshed);
}

/** Addresses that a refresh finds gone: the state records them, and reading them gives nothing. */
async function goneByRefresh(iac: IacProject): Promise<Told<ReadonlySet<string>>> {
  const planned = await iac.plan({ destroy: false, refreshOnly: true });
  if (!planned.ok) return planned;
  try {
    const shown = await iac.show(planned.value.file);
    if (!shown.ok) return failed(shown.diagnostics);
    const gone = arrayAt(shown.value["resource_drift"])
      .map(objectAt)
      .filter((drift) => arrayAt(objectAt(drift["change"])["actions"]).includes("delete"))
      .flatMap((drift) => stringAt(drift["address"]) ?? []);
    return told(new Set(gone));
  } finally {
    // A plan file holds secrets.
    await rm(planned.value.file, { force: true });
  }
}

type Verdict = { readonly by: "api" | "refresh" | "none"; readonly found?: boolean };

function judge(answers: readonly Existence[], refreshed: Told<ReadonlySet<string>>): Outcome {
  const verdicts = answers.map((answer) => ({ answer, ...verdictOf(answer, refreshed) }));
  const missing = verdicts.filter((verdict) => verdict.found === false);
  const open = verdicts.filter((verdict) => verdict.by === "none" && !verdict.answer.cloudless);
  const count = (by: Verdict["by"]): number => verdicts.filter((verdict) => verdict.by === by).length;
  const status: TestStatus = missing.length > 0 ? "FAIL" : open.length > 0 ? "ERROR" : "PASS";
  return {
    status,
    findings: missing.map((verdict) => missingFinding(verdict.answer)),
    requirement: "expected",
    ...(open.length > 0
      ? {
          reason: openReason(
            open.map((verdict) => verdict.answer),
            refreshed,
          ),
        }
      : {}),
    figures: {
      resources_expected: answers.filter((answer) => !answer.cloudless).length,
      resources_found: verdicts.filter((verdict) => verdict.found === true).length,
      verified_by: { api: count("api"), refresh: count("refresh"), none: count("none") },
    },
  };
}

function verdictOf(answer: Existence, refreshed: Told<ReadonlySet<string>>): Verdict {
  if (answer.cloudless) return { by: "none" };
  if (answer.answer === "found") return { by: "api", found: true };
  const gone = refreshed.ok ? refreshed.value.has(answer.address) : undefined;
  // A refresh that finds what the API did not has looked in another region or account, where the thing is.
  if (answer.answer === "missing")
    return gone === false ? { by: "refresh", found: true } : { by: "api", found: false };
  return gone === undefined ? { by: "none" } : { by: "refresh", found: !gone };
}

function missingFinding({ address, by, why }: Existence): Finding {
  const asked = by === undefined ? "a refresh finds it gone" : `${by} does not find it`;
  return {
    rule: "resource-missing",
    severity: "HIGH",
    message: `the state records it, but ${asked}${why === undefined ? "" : ` (${why})`}`,
    address,
    remedy:
      "somebody removed it outside of this project: deploy again to create it anew, or take it out of the state",
    scanners: [name],
  };
}

function openReason(open: readonly Existence[], refreshed: Told<ReadonlySet<string>>): string {
  const first = open[0];
  const example = first === undefined ? "" : `, e.g. ${first.address}: ${first.why ?? "no answer"}`;
  const why = refreshed.ok ? "" : `; the refresh failed too: ${firstError(refreshed)}`;
  return `${open.length} could not be verified${example}${why}`;
}

function firstError(answer: Told<unknown>): string {
  const error = errorsIn(answer.diagnostics)[0];
  return error === undefined ? "no reason given" : [error.summary, error.detail].filter(Boolean).join(": ");
}

function skipped(reason: string): Outcome {
  return { status: "SKIPPED", findings: [], requirement: "optional", reason, figures: {} };
}

function broken(reason: string): Outcome {
  return { status: "ERROR", findings: [], requirement: "expected", reason, figures: {} };
}
