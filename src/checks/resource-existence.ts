import type { Existence, HostingSession } from "../../handlers/hosting/contract.ts";
import { allEnded } from "../core/all-ended.ts";
import { failed, told, whyOf, type Told } from "../core/diagnostic.ts";
import { counts, worstFirst, type Finding } from "../core/finding.ts";
import { arrayAt, objectAt, stringAt, type JsonValue } from "../core/json.ts";
import type { Resource } from "../core/resource.ts";
import type { TestStatus } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";
import { sessionLost, type SessionLost } from "./session-lost.ts";
import { ownTags, regionsOf, strayFigures, strayFinding, straysAmong } from "./strays.ts";
import { broken, checkOf, skipped, type Outcome } from "./outcome.ts";

const name = "resource_existence";

/**
 * Whether everything that the state records is really there: by the cloud's own API, and where that has no answer,
 * or answers that a thing is missing, by a refresh, which reads with each provider's own settings.
 * What carries the stack's tags and is in no state is reported as a stray. Its figures: `resources_expected` and
 * `resources_found` count what a cloud holds; `verified_by` all of the state; `strays` what was looked for, and how.
 */
export const resourceExistence: Check = checkOf({ name, phase: "post-deployment" }, verify);

async function verify(context: CheckContext): Promise<Outcome> {
  const { iac, hosting } = context;
  if (hosting === undefined) return skipped("the root uses no cloud");
  const state = await iac.resources();
  if (!state.ok) return broken(`the state cannot be read: ${whyOf(state.diagnostics)}`);
  if (state.value.length === 0) return skipped("the state holds no resource");
  const seen: Existence[] = [];
  try {
    const [outcome, strays] = await allEnded([
      verifyEach(state.value, hosting, { context, seen }),
      lookForStrays(state.value, hosting, context),
    ]);
    return settled(outcome, strays, context);
  } catch (error) {
    const lost = sessionLost(error);
    if (lost === undefined) throw error;
    return brokenOff(lost, seen, state.value.length);
  }
}

async function verifyEach(
  resources: readonly Resource[],
  hosting: HostingSession,
  { context, seen }: { readonly context: CheckContext; readonly seen: Existence[] },
): Promise<Outcome> {
  const answers = await hosting.exists(resources, context.signal, (answer) => void seen.push(answer));
  const inCloud = answers.filter((answer) => !answer.cloudless);
  if (inCloud.length === 0) return skipped("the state holds nothing that a cloud could be asked for");
  const doubtful = inCloud.filter((answer) => answer.answer !== "found");
  const refreshed =
    doubtful.length === 0 ? told<ReadonlySet<string>>(new Set()) : await goneByRefresh(context.refreshed);
  return judge(answers, refreshed);
}

interface Strays {
  readonly findings: readonly Finding[];
  readonly figures: JsonValue;
}

async function lookForStrays(
  resources: readonly Resource[],
  hosting: HostingSession,
  { environment, signal }: CheckContext,
): Promise<Strays> {
  const notLooked = (why: string): Strays => ({ findings: [], figures: { looked_for: false, why } });
  if (hosting.tagged === undefined) return notLooked("this hosting does not search by tags");
  const tags = ownTags(resources, environment);
  if (tags === undefined) {
    const { project, name: own } = environment;
    return notLooked(`the state's resources do not all carry Project = ${project} and Environment = ${own}`);
  }
  const inventory = await hosting.tagged(tags, signal, regionsOf(resources));
  const strays = straysAmong(inventory.resources, resources);
  return {
    findings: strays.map((stray) => strayFinding(stray, name)),
    figures: strayFigures(tags, inventory, strays.length),
  };
}

/**
 * What is missing fails unless it is waived, and strays make a pass a warning. Neither hides that some could not be
 * verified: a waiver speaks of what it names, not of what nobody could see.
 */
function settled(outcome: Outcome, strays: Strays, { accept }: CheckContext): Outcome {
  if (outcome.status === "SKIPPED") return outcome;
  const findings = accept([...outcome.findings, ...strays.findings]).toSorted(worstFirst);
  const counted = findings.filter(counts);
  const isMissing = counted.some(({ rule }) => rule === "resource-missing");
  const calm: TestStatus = counted.length > 0 ? "WARN" : "PASS";
  const status = isMissing ? "FAIL" : outcome.status === "ERROR" ? "ERROR" : calm;
  return { ...outcome, status, findings, figures: { ...outcome.figures, strays: strays.figures } };
}

/** What was verified until then stands in the report. */
function brokenOff(lost: SessionLost, seen: readonly Existence[], expected: number): Outcome {
  const found = seen.filter(({ answer }) => answer === "found");
  return {
    status: "ERROR",
    // What an API does not find has not been looked for by a refresh, and may only be late.
    findings: [],
    requirement: "expected",
    reason: `after ${seen.length} of ${expected} resources: ${lost.reason}`,
    ...(lost.exit === undefined ? {} : { exit: lost.exit }),
    figures: {
      resources_expected: expected,
      resources_found: found.length,
      verified: found.map(({ address }) => address),
      not_found: seen.flatMap(({ answer, address }) => (answer === "missing" ? [address] : [])),
    },
  };
}

/** Addresses that a refresh finds gone: the state records them, and reading them gives nothing. */
async function goneByRefresh(refreshed: CheckContext["refreshed"]): Promise<Told<ReadonlySet<string>>> {
  const answer = await refreshed();
  if (!answer.ok) return failed(answer.diagnostics);
  const gone = arrayAt(answer.value["resource_drift"])
    .map(objectAt)
    .filter((drift) => arrayAt(objectAt(drift["change"])["actions"]).includes("delete"))
    .flatMap((drift) => stringAt(drift["address"]) ?? []);
  return told(new Set(gone));
}

type Verdict = { readonly by: "api" | "refresh" | "none"; readonly found?: boolean };

function judge(answers: readonly Existence[], refreshed: Told<ReadonlySet<string>>): Outcome {
  const verdicts = answers.map((answer) => ({ answer, ...verdictOf(answer, refreshed) }));
  const missing = verdicts.filter((verdict) => verdict.found === false);
  const open = verdicts.filter((verdict) => verdict.by === "none" && !verdict.answer.cloudless);
  const count = (by: Verdict["by"]): number => verdicts.filter((verdict) => verdict.by === by).length;
  return {
    status: open.length > 0 ? "ERROR" : "PASS",
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
  const why = refreshed.ok ? "" : `; the refresh failed too: ${whyOf(refreshed.diagnostics)}`;
  return `${open.length} could not be verified${example}${why}`;
}
