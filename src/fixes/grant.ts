import type { PermissionService, Standing } from "../../handlers/hosting/permissions/contract.ts";
import { allEnded } from "../core/all-ended.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { FaberError } from "../core/error.ts";
import type { Resource } from "../core/resource.ts";
import { hoursAfter, isUntil } from "../core/time.ts";
import { denialsIn, type Denial } from "../permissions/denial.ts";
import { diffOf } from "../permissions/diff.ts";
import { noExperience } from "../permissions/experience.ts";
import { whyNotGrantable } from "../permissions/ownership.ts";
import type { Deployer } from "../permissions/principal.ts";
import { propose, type Proposal } from "../permissions/proposal.ts";
import { roleHcl } from "../permissions/role-hcl.ts";
import { endOf } from "../permissions/statement.ts";
import type { Fix, FixDone, FixOffer, FixSituation, Workshop } from "./contract.ts";
import { opinionOf } from "./grant-opinion.ts";

/** Hours that a grant lasts where faber.yaml says nothing. */
const defaultHours = 24;

type Refused = Extract<FixOffer, { readonly kind: "refused" }>;

/** Grants the deploy identity what was denied to it, and nothing else, for a time: by another identity. */
export function grant(workshop: Workshop): Fix {
  return {
    name: "grant",
    impact: "low",
    spendsTry: true,
    description: "Grant the deploy identity what was denied to it, for a time",
    appliesTo: (diagnosis) => denialsIn([diagnosis]).length > 0,
    offer: async (situation) => {
      const service = await workshop.hosting?.permissions?.();
      if (!service) return { kind: "refused", reason: "this hosting has no permissions to grant" };
      try {
        return await offer(workshop, service, situation);
      } catch (error) {
        if (!(error instanceof FaberError) || error.exitName === "interrupted") throw error;
        return { kind: "refused", reason: error.message, hints: [...whyOf(error), ...error.hints] };
      }
    },
  };
}

function whyOf({ why }: FaberError): readonly string[] {
  return why === undefined ? [] : [why];
}

async function offer(
  workshop: Workshop,
  service: PermissionService,
  situation: FixSituation,
): Promise<FixOffer> {
  const denials = denialsIn(situation.together);
  const deployer = await service.deployer();
  const unfit = notGrantable(denials, deployer);
  if (unfit) return unfit;
  const { environment } = workshop;
  if (environment.protected) return handOver(workshop, service, { denials, deployer, situation });
  const standing = await service.look();
  const until = untilOf(workshop);
  const proposal = await proposalFor(workshop, service, { denials, standing, until });
  const refusal = refusalOf(proposal);
  if (refusal) return refusal;
  const opinion = await opinionOf(service, proposal, workshop.clock.now().toISOString());
  if (opinion.kind === "refused") return opinion;
  const doubts = [...proposal.doubts, ...opinion.doubts];
  return {
    kind: "offered",
    summary: `${summaryOf(proposal)} to ${standing.deployer.arn} until ${until} (grant ${proposal.grant})`,
    diff: [
      ...diffOf(
        standing.own.flatMap(({ statements }) => statements),
        proposal.statements,
      ),
      ...anywhereLine(proposal, service),
      ...proposal.leftOut.map((line) => `not in it: ${line}`),
      ...doubts.map((line) => `look at: ${line}`),
      `by ${standing.grantor}; taken back with: faber permissions revoke ${proposal.grant}`,
    ],
    ...(doubts.length === 0 ? { confidence: "high" as const } : {}),
    doubts,
    // It touches nothing that runs, whatever the solution that names it would do in general.
    impact: "low",
    perform: () => perform(workshop, service, { proposal, situation, until }),
  };
}

function anywhereLine({ needs }: Proposal, { judgedAnywhere }: PermissionService): readonly string[] {
  const actions = [...new Set(needs.map(({ action }) => action))].filter((action) =>
    judgedAnywhere.has(action),
  );
  return actions.length === 0
    ? []
    : [`on * only because this emulator does not see their resource, as AWS does: ${actions.join(", ")}`];
}

/** Denials that no grant ends: one of them keeps the stage from passing, so nothing is granted for the others. */
function notGrantable(denials: readonly Denial[], deployer: Deployer): Refused | undefined {
  const found = denials.flatMap((denial) => {
    const reason = whyNotGrantable(denial, deployer);
    return reason === undefined ? [] : [{ denial, ...reason }];
  });
  const [first] = found;
  if (!first) return undefined;
  return {
    kind: "refused",
    reason: `${first.denial.action ?? "what was denied"} cannot be granted: ${first.why}`,
    hints: found.flatMap(({ denial, why, whose }) => [
      `${denial.action ?? "?"}${denial.address === undefined ? "" : ` for ${denial.address}`}: ${why}; ask ${whose}`,
      ...(roleHcl(denial, deployer) ?? []),
    ]),
  };
}

async function proposalFor(
  workshop: Workshop,
  service: PermissionService,
  about: {
    readonly denials: readonly Denial[];
    readonly standing: Pick<Standing, "deployer" | "attached" | "own">;
    readonly until: string;
  },
): Promise<Proposal> {
  const { environment, iac, hosting, clock, runId } = workshop;
  const [plan, state, identity, grantedTypes, deniedActions] = await allEnded([
    workshop.plan?.(),
    iac.resources(),
    hosting?.identify(),
    service.grantedTypes(),
    workshop.deniedBefore?.(),
  ]);
  const at = clock.now().toISOString();
  return propose({
    denials: about.denials,
    deployer: about.standing.deployer,
    heldPolicies: about.standing.attached,
    held: about.standing.own
      .flatMap(({ statements }) => statements)
      .filter((statement) => !isUntil(endOf(statement) ?? at, at)),
    document: plan?.document,
    state: state.ok ? state.value : [],
    experience: { ...noExperience, grantedTypes, ...(deniedActions ? { deniedActions } : {}) },
    actionsFor: service.actionsFor,
    judgedAnywhere: service.judgedAnywhere,
    isRecorded: (type) => service.sourceOf(type) === "recorded",
    project: environment.project,
    environment: environment.name,
    region: identity?.region ?? environment.region ?? "us-east-1",
    runId,
    at,
    until: about.until,
  });
}

/** When a grant ends that is given now; ISO 8601. */
export function untilOf({ environment, clock }: Pick<Workshop, "environment" | "clock">): string {
  return hoursAfter(clock.now().toISOString(), environment.grantorHours ?? defaultHours);
}

function refusalOf({ refusals, statements, leftOut, alreadyHeld }: Proposal): Refused | undefined {
  const [first, ...others] = refusals;
  if (first !== undefined)
    return { kind: "refused", reason: `it must not be granted: ${first}`, hints: others };
  if (statements.length > 0) return undefined;
  return alreadyHeld > 0
    ? {
        kind: "refused",
        reason: "all of it is granted already, and it is denied all the same",
        hints: leftOut,
      }
    : { kind: "refused", reason: "what was denied cannot be confined to this project", hints: leftOut };
}

async function perform(
  { clock, runId, person }: Workshop,
  service: PermissionService,
  deed: { readonly proposal: Proposal; readonly situation: FixSituation; readonly until: string },
): Promise<FixDone> {
  const { proposal, situation, until } = deed;
  const now = (): string => clock.now().toISOString();
  const { policies } = await service.grant({
    grant: proposal.grant,
    statements: proposal.statements,
    types: proposal.types,
    until,
    run: runId,
    by: person,
    why: issuesOf(situation),
    at: now(),
  });
  const undo = async (): Promise<string> => {
    await service.revoke({ which: [proposal.grant], run: runId, by: person, at: now() });
    return `grant ${proposal.grant} is revoked`;
  };
  const { inForce, tries, by } = await service.probe({
    statements: proposal.statements,
    resources: proposal.resources.map(asResource),
    at: now(),
    signal: situation.signal,
  });
  if (!inForce) {
    await undo();
    throw new FaberError({
      code: "grant-not-in-force",
      exit: "credentials-or-permissions",
      message: `grant ${proposal.grant} is written, and is not in force after ${tries} looks; it was taken back`,
      hints: [
        "IAM may be slow today: deploy again",
        "or a boundary or an organisation policy stands in the way",
      ],
    });
  }
  const seen = by.length === 0 ? "" : `, in force by ${by.join(", ")}`;
  return { summary: `${summaryOf(proposal)} in ${policies.join(", ")}${seen}`, undo };
}

function issuesOf({ together }: FixSituation): readonly string[] {
  const denied = together.filter((diagnosis: Diagnosis) => denialsIn([diagnosis]).length > 0);
  return [...new Set(denied.map(({ issue_id: id }) => id))];
}

/** What is asked for to see the grant work, as the hosting knows resources. */
function asResource({ address, type, values }: Proposal["resources"][number]): Resource {
  const provider = "registry.terraform.io/hashicorp/aws";
  return {
    address,
    type,
    name: address.split(".").at(-1) ?? "",
    provider,
    tainted: false,
    attributes: values,
  };
}

/** In a protected environment somebody else decides: what they need for it is written down. */
async function handOver(
  workshop: Workshop,
  service: PermissionService,
  about: {
    readonly denials: readonly Denial[];
    readonly deployer: Deployer;
    readonly situation: FixSituation;
  },
): Promise<Refused> {
  const { environment, runId, person, clock } = workshop;
  const standing = { deployer: about.deployer, attached: [], own: [] };
  const until = untilOf(workshop);
  const proposal = await proposalFor(workshop, service, { denials: about.denials, standing, until });
  const [first] = proposal.refusals;
  if (first !== undefined)
    return { kind: "refused", reason: `it must not be granted: ${first}`, hints: proposal.refusals.slice(1) };
  const file = await service.writeReview({
    grant: proposal.grant,
    statements: proposal.statements,
    types: proposal.types,
    until,
    run: runId,
    by: person,
    why: issuesOf(about.situation),
    at: clock.now().toISOString(),
  });
  return {
    kind: "refused",
    reason: `${environment.name} is protected: nothing is granted there; the reviewed policy is in ${file}`,
    hints: [
      `hand it to whoever administers the account: it would ${summaryOf(proposal)} to ${about.deployer.arn}`,
      ...proposal.doubts.map((line) => `look at: ${line}`),
    ],
  };
}

function summaryOf({ statements, needs }: Proposal): string {
  const actions = new Set(statements.flatMap(({ Action }) => Action)).size;
  const resources = new Set(needs.map(({ resource }) => resource)).size;
  return `allow ${actions} actions on ${resources} resources`;
}
