import type { JsonObject } from "../core/json.ts";
import type { Resource } from "../core/resource.ts";
import { concerned } from "./concerned.ts";
import type { Denial } from "./denial.ts";
import type { Experience } from "./experience.ts";
import { guardFacts } from "./guard-facts.ts";
import type { ActionsFor } from "./needed-action.ts";
import { merge, needsOf, needsOfDenials, type Need, type Unresolved } from "./needs.ts";
import { plannedResources, type PlannedResource } from "./planned.ts";
import { grantId, statementsFor } from "./policy.ts";
import type { Deployer } from "./principal.ts";
import { isHarmlessRead } from "./reads.ts";
import { refusalsOf, type GuardFacts } from "./refusals.ts";
import { sharedPrefix, type Ground } from "./resolve-arn.ts";
import { grantsAction, type Statement } from "./statement.ts";

/** What a proposal is made from. */
export interface ProposalInput {
  readonly denials: readonly Denial[];
  readonly deployer: Deployer;
  readonly heldPolicies: readonly string[];
  /** Faber's own statements that are in force: what they allow is not granted twice. */
  readonly held: readonly Statement[];
  /** Terraform's plan as JSON, where one could be made. */
  readonly document: JsonObject | undefined;
  readonly state: readonly Resource[];
  readonly experience: Experience;
  readonly actionsFor: ActionsFor;
  /** Whether what is known of a type was seen, and not only read about. */
  readonly isRecorded: (type: string) => boolean;
  /** Actions that an emulator judges on `*`; none on the real cloud. */
  readonly judgedAnywhere: ReadonlySet<string>;
  readonly project: string;
  readonly environment: string;
  readonly region: string;
  readonly runId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly until: string;
}

/** The narrowest policy that the denials and the plan ask for, and what speaks against doing it unasked. */
export interface Proposal {
  readonly grant: string;
  readonly statements: readonly Statement[];
  readonly needs: readonly Need[];
  /** Of what is needed, how much is granted already. */
  readonly alreadyHeld: number;
  /** The managed resources that it is for. */
  readonly resources: readonly PlannedResource[];
  /** Resource types that it is for. */
  readonly types: readonly string[];
  /** Why a person has to look at it; none when everything in it is known to be needed. */
  readonly doubts: readonly string[];
  /** What is needed by what is known, and is not in it, with the reason. */
  readonly leftOut: readonly string[];
  /** Why what was denied must not be granted; with one of them nothing else is worth granting. */
  readonly refusals: readonly string[];
}

export function propose(input: ProposalInput): Proposal {
  const ground = groundOf(input);
  const known = guardFacts(ground, input);
  const anywhere = [...input.judgedAnywhere].map((action) => action.toLowerCase());
  const facts = { ...known, withoutResource: new Set([...known.withoutResource, ...anywhere]) };
  const resources = concerned(input.denials, ground.planned, {
    actionsFor: input.actionsFor,
    grantedTypes: input.experience.grantedTypes,
  });
  const denied = needsOfDenials(input.denials, resources, ground);
  const planned = needsOf(resources, ground, input.experience);
  const exact = merge([planned, ...withoutKnown(denied.needs, planned.needs)]).needs;
  const { needs } = merge([{ needs: exact.map((need) => asJudged(need, input)), unresolved: [] }]);
  const missing = needs.filter((need) => !input.held.some((statement) => allows(statement, need)));
  const judged = missing.map((need) => ({ need, reasons: judge(need, input, facts) }));
  const allowed = judged.filter(({ reasons }) => reasons.length === 0).map(({ need }) => need);
  const refused = judged.filter(({ reasons }) => reasons.length > 0);
  const deniedActions = new Set(input.denials.map(({ action }) => action?.toLowerCase()));
  const isDenied = ({ action }: Need): boolean => deniedActions.has(action.toLowerCase());
  const lost = denied.unresolved.filter(
    ({ action }) => !allowed.some((need) => need.action.toLowerCase() === action.toLowerCase()),
  );
  const grant = grantId(input.runId, input.at, allowed);
  const statements = statementsFor(allowed, termsOf(grant, input, facts));
  const reasonsOf = (list: typeof refused): readonly string[] => [
    ...new Set(list.flatMap(({ reasons }) => reasons)),
  ];
  return {
    grant,
    statements,
    needs: allowed,
    alreadyHeld: needs.length - missing.length,
    resources: resources.filter(({ type }) => !type.startsWith("data.")),
    types: [...new Set(resources.map(({ type }) => type))].sort(),
    doubts: [
      ...doubtsOf(
        input.denials,
        allowed.filter(({ action }) => !input.judgedAnywhere.has(action)),
        facts,
      ),
      ...resources
        .filter(({ type }) => !input.isRecorded(type))
        .map(({ address }) => `what ${address} takes is not known from a real run`),
    ],
    leftOut: [...reasonsOf(refused.filter(({ need }) => !isDenied(need))), ...planned.unresolved.map(lineOf)],
    refusals: [
      ...reasonsOf(refused.filter(({ need }) => isDenied(need))),
      ...lost.map(lineOf),
      // The whole is judged once more as it would be written: merging must not have made anything of it.
      ...statements.flatMap((statement) =>
        refusalsOf({ ...statement, Condition: { ...statement.Condition } }, facts),
      ),
    ],
  };
}

/** Whether a statement of faber's already gives what is needed. */
export function allows(statement: Statement, { action, resource, passTo }: Need): boolean {
  const isFor = statement.Condition["StringEquals"]?.["iam:PassedToService"];
  return (
    grantsAction(statement, action) &&
    statement.Resource.includes(resource) &&
    (passTo === undefined || isFor === passTo)
  );
}

/** An emulator that does not see the resource of a request allows it on `*` alone. */
export function asJudged(need: Need, { judgedAnywhere }: Pick<ProposalInput, "judgedAnywhere">): Need {
  return judgedAnywhere.has(need.action) ? { ...need, resource: "*", scope: "any" } : need;
}

/** The plan and the place that needs are found in. */
export function groundOf(
  input: Pick<
    ProposalInput,
    "deployer" | "region" | "actionsFor" | "project" | "environment" | "document" | "state"
  >,
): Ground {
  const { deployer, region, actionsFor, project, environment } = input;
  const planned = plannedResources(input.document, input.state);
  const ownPrefix = sharedPrefix(planned, project, environment);
  const { partition, account } = deployer;
  return {
    partition,
    account,
    region,
    planned,
    actionsFor,
    ...(ownPrefix === undefined ? {} : { ownPrefix }),
  };
}

/** What a denial names and the plan accounts for needs no statement of its own. */
function withoutKnown(
  denied: readonly Need[],
  planned: readonly Need[],
): readonly { needs: readonly Need[]; unresolved: readonly Unresolved[] }[] {
  const known = (need: Need): boolean =>
    planned.some(({ action, resource }) => action === need.action && resource === need.resource);
  return [{ needs: denied.filter((need) => !known(need)), unresolved: [] }];
}

function termsOf(grant: string, { until, region }: ProposalInput, { roles }: GuardFacts) {
  const attachable = [...new Set(roles.flatMap(({ attached }) => attached))].sort();
  return { grant, until, region, attachable };
}

function judge(need: Need, input: ProposalInput, facts: GuardFacts): readonly string[] {
  const [statement] = statementsFor([need], termsOf("g0000000000", input, facts));
  return statement === undefined
    ? ["it says nothing"]
    : refusalsOf({ ...statement, Condition: { ...statement.Condition } }, facts);
}

function doubtsOf(
  denials: readonly Denial[],
  needs: readonly Need[],
  { roles }: GuardFacts,
): readonly string[] {
  const unread = denials.filter(({ structured }) => !structured);
  const unproven = needs.filter(({ source }) => source !== "recorded");
  const strengthened = new Set(
    needs.filter(({ action }) => /^iam:(?:Put|Attach|Pass)/.test(action)).map(({ resource }) => resource),
  );
  const wide = needs.filter(
    ({ resource, scope, action }) =>
      (resource === "*" || (scope === "type" && resource.endsWith("*"))) && !isHarmlessRead(action),
  );
  return [
    ...new Set(wide.map(({ action }) => `${action} cannot be confined to one resource`)),
    ...(unread.length > 0 ? ["not every denial says plainly who was denied what"] : []),
    ...new Set(
      unproven.map(
        ({ action, addresses }) =>
          `${action} is not known to be used for ${addresses.join(", ") || "anything in the plan"}`,
      ),
    ),
    ...roles
      .filter(({ arn }) => strengthened.has(arn))
      .flatMap(({ address, unknown }) => unknown.map((reason) => `${address}: ${reason}`)),
  ];
}

function lineOf({ address, action, why }: Unresolved): string {
  return `${action}${address === "" ? "" : ` for ${address}`}: ${why}`;
}
