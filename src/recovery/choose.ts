import type { IssueLog } from "../../issue-log/contract.ts";
import type { Diagnosis, RankedSolution } from "../core/diagnosis.ts";
import type { Environment } from "../core/environment.ts";
import { FaberError } from "../core/error.ts";
import type { Certainty } from "../core/failure.ts";
import type { StageName } from "../core/result.ts";
import type { Fix, FixDone, FixOffer, FixSituation, Workshop } from "../fixes/contract.ts";
import { fixesIn } from "../fixes/registry.ts";
import type { RunContext } from "../pipeline/context.ts";
import { askAboutFix, showDiff } from "./ask.ts";
import type { FixBudget } from "./budget.ts";
import { provenDenials } from "./experience.ts";
import type { Trial } from "./trial.ts";

type Offered = Extract<FixOffer, { readonly kind: "offered" }>;

export interface StageFailure {
  readonly stage: StageName;
  /** What the others follow from comes first. */
  readonly diagnoses: readonly [Diagnosis, ...Diagnosis[]];
  /** It failed some other time: to wait until it passes is of no use. */
  readonly past?: boolean;
}

interface Candidate {
  readonly fix: Fix;
  /** Whether a known solution names it. */
  readonly named: boolean;
  readonly solution: RankedSolution;
}

/** Does the best fix that its guard, the budget and the environment's rules allow; nothing when there is none. */
export async function tryAutomatically(
  failure: StageFailure,
  context: RunContext,
  budget: FixBudget,
  log?: IssueLog,
): Promise<Trial | undefined> {
  const [root] = failure.diagnoses;
  if (context.environment.fix === "never") return undefined;
  for (const { fix, solution, named } of candidatesFor(failure, workshopOf(context, log))) {
    const { operation } = solution.automation;
    const triedBefore = budget.triedBefore(root, fix, operation);
    // The same failure after the same fix: it did not help, and would not the second time.
    if (fix.spendsTry && triedBefore > 0) continue;
    const spent = budget.spent(fix, context.clock.monotonic());
    const situation: FixSituation = {
      diagnosis: root,
      together: failure.diagnoses,
      stage: failure.stage,
      ...(operation === undefined ? {} : { operation }),
      parameters: solution.automation.parameters,
      ...(named ? { named } : {}),
      triedBefore,
      signal: context.signal,
    };
    const offer: FixOffer =
      spent === undefined ? await fix.offer(situation) : { kind: "refused", reason: spent };
    if (offer.kind === "refused") {
      if (!offer.unsaid)
        tell(context, { step: "refused", fix, root, text: offer.reason, lines: offer.hints ?? [] });
      continue;
    }
    if (!(await mayApply({ fix, solution, named }, offer, context))) continue;
    budget.spend(root, fix, operation);
    const started = context.clock.monotonic();
    tell(context, { step: "applying", fix, root, text: offer.summary, lines: offer.diff });
    const done = await perform(offer, { fix, root, context });
    if (done) return { kind: "fix", diagnosis: root, solution, fix, done, started };
  }
  return undefined;
}

/** Does what was offered; nothing when that could not be done, which is no reason not to try another. */
async function perform(
  offer: Offered,
  { fix, root, context }: { readonly fix: Fix; readonly root: Diagnosis; readonly context: RunContext },
): Promise<FixDone | undefined> {
  try {
    const done = await offer.perform();
    tell(context, { step: "applied", fix, root, text: done.summary, lines: [] });
    return done;
  } catch (error) {
    if (!(error instanceof FaberError)) throw error;
    tell(context, { step: "failed", fix, root, text: error.message, lines: error.hints });
    return undefined;
  }
}

const waitsAmongBest = 2;

/** Solutions that name a fix, best first, beside the fixes that serve this failure by themselves. */
function candidatesFor(
  { diagnoses: [root], past = false }: StageFailure,
  workshop: Workshop,
): readonly Candidate[] {
  const fixes = fixesIn(workshop).filter((fix) => !past || fix.spendsTry);
  const named = root.solutions.flatMap((solution, place) => {
    const fix = fixes.find((candidate) => candidate.name === solution.automation.handler);
    // To wait for what will not pass by itself is worth it only where hardly anything is likelier to help.
    if (fix && !fix.spendsTry && !root.transient && place >= waitsAmongBest) return [];
    return fix && solution.automation.automated && solution.applicable
      ? [{ fix, solution, named: true }]
      : [];
  });
  const unnamed = fixes
    .filter((fix) => fix.appliesTo(root) && !named.some((candidate) => candidate.fix === fix))
    .map((fix) => ({ fix, solution: solutionOf(fix), named: false }));
  // What only takes a moment comes before what changes anything, and what is wanted before what may help.
  const isFirst = ({ fix }: Candidate): boolean => !fix.spendsTry || fix.exact === true;
  const others = unnamed.filter((candidate) => !isFirst(candidate));
  return [...unnamed.filter(isFirst), ...named, ...others];
}

function workshopOf(context: RunContext, log: IssueLog | undefined): Workshop {
  const { environment, iac, hosting, clock, scratchDir } = context;
  return {
    environment,
    iac,
    ...(hosting === undefined ? {} : { hosting }),
    runId: context.run.run_id,
    person: context.wishes.person,
    clock,
    plan: async () => {
      const made = await context.planning.begun();
      return made?.ok === true ? made.value : undefined;
    },
    ...(log === undefined ? {} : { deniedBefore: () => provenDenials(log) }),
    scratchDir,
  };
}

/** A fix that serves by itself, as the solution that it is: its attempts are remembered like any other's. */
function solutionOf(fix: Fix): RankedSolution {
  return {
    solution_id: `fix/${fix.name}`,
    description: fix.description,
    steps: [`${fix.description}.`],
    match: "knowledge",
    score: 0.5,
    confidence: "medium",
    success_rate: { attempts: 0, successes: 0, failures: 0, percentage: 0 },
    lower_bound: 0,
    avg_resolution_time_seconds: null,
    automation: { automated: true, handler: fix.name, parameters: {} },
    impact: fix.impact,
    applicable: true,
    why: "it serves this kind of failure by itself",
  };
}

/**
 * Unasked only what is sure and slight, where the environment says `auto`; waiting and trying again is always
 * that. In a protected environment nothing is unasked. Anything else is for whoever is there.
 */
async function mayApply({ fix, solution }: Candidate, offer: Offered, context: RunContext): Promise<boolean> {
  const { environment, wishes } = context;
  if (!environment.protected && !fix.spendsTry) return true;
  const mayGoUnasked = isSureAndSlight({ fix, solution }, offer);
  if (!environment.protected && environment.fix === "auto" && mayGoUnasked) return true;
  if (wishes.attended) return askAboutFix(context.host, fix.name, offer);
  context.host.emit({
    type: "notice",
    level: "info",
    code: "fix-not-applied",
    text: `${fix.name} would ${offer.summary}, but ${whyNotUnasked(offer, environment)}`,
  });
  showDiff(context.host, offer);
  return false;
}

function isSureAndSlight({ fix, solution }: Pick<Candidate, "fix" | "solution">, offer: Offered): boolean {
  if ((offer.doubts ?? []).length > 0 || offer.named !== undefined) return false;
  if (surest(offer.confidence, solution.confidence) !== "high") return false;
  // A fix that has looked knows what it does here; a solution knows what such a thing may do.
  if (offer.impact !== undefined) return offer.impact === "low";
  return fix.impact === "low" && solution.impact === "low";
}

function whyNotUnasked(offer: Offered, environment: Environment): string {
  if (environment.protected) return `${environment.name} is protected`;
  if (offer.named !== undefined) return `somebody has to name it first: ${offer.named.why}`;
  if (environment.fix !== "auto") return "nobody is here to say yes, and fix is ask";
  return ["it is not sure and slight enough to be done unasked", ...(offer.doubts ?? [])].join("; ");
}

function surest(one: Certainty | undefined, other: Certainty): Certainty {
  const order: readonly Certainty[] = ["low", "medium", "high"];
  return one !== undefined && order.indexOf(one) > order.indexOf(other) ? one : other;
}

function tell(
  { host }: RunContext,
  told: {
    readonly step: "refused" | "applying" | "applied" | "failed";
    readonly fix: Fix;
    readonly root: Diagnosis;
    readonly text: string;
    readonly lines: readonly string[];
  },
): void {
  const { step, fix, root, text, lines } = told;
  host.emit({ type: "fix", step, name: fix.name, issue_id: root.issue_id, text, lines });
}
