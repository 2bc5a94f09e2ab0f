import type { Denial } from "./denial.ts";
import type { Experience } from "./experience.ts";
import { merge, needsOf, type Need, type Unresolved } from "./needs.ts";
import type { Deployer } from "./principal.ts";
import { allows, asJudged, groundOf, type ProposalInput } from "./proposal.ts";

/** Everything that a plan takes, as far as it is known, before it is applied. */
export interface Preflight {
  readonly needs: readonly PreflightNeed[];
  readonly unresolved: readonly Unresolved[];
  /** Resource types of which nothing is known. */
  readonly unknownTypes: readonly string[];
}

export interface PreflightNeed extends Need {
  /** `recorded`: seen in a real run; `learnt`: denied in a past run; `guessed`: from documentation. */
  readonly confidence: "recorded" | "learnt" | "guessed";
  /** Whether a grant of faber's that is in force has it. */
  readonly granted: boolean;
}

type PreflightInput = Pick<
  ProposalInput,
  | "document"
  | "state"
  | "deployer"
  | "region"
  | "actionsFor"
  | "isRecorded"
  | "project"
  | "environment"
  | "held"
  | "judgedAnywhere"
> & { readonly experience: Pick<Experience, "deniedActions"> };

export function preflightOf(input: PreflightInput): Preflight {
  const ground = groundOf(input);
  const known = (type: string): boolean =>
    (["create", "read", "update", "delete"] as const).some(
      (change) => input.actionsFor(type, change).length > 0,
    );
  const all = ground.planned.map((resource) => {
    const found = needsOf([resource], ground, input.experience);
    return { resource, ...found };
  });
  const guessed = new Set(
    all.flatMap(({ resource, needs }) => (input.isRecorded(resource.type) ? [] : needs)).map(keyOf),
  );
  const { needs, unresolved } = merge(all);
  const types = [...new Set(ground.planned.map(({ type }) => type))];
  return {
    needs: needs.map((exact) => {
      const need = asJudged(exact, input);
      const granted = input.held.some((statement) => allows(statement, need));
      const confidence =
        need.source === "learnt" ? "learnt" : guessed.has(keyOf(exact)) ? "guessed" : "recorded";
      return { ...need, confidence, granted };
    }),
    unresolved,
    unknownTypes: types
      .filter((type) => type.replace(/^data\./, "").startsWith("aws_") && !known(type))
      .sort(),
  };
}

function keyOf({ action, resource, passTo }: Need): string {
  return [action, resource, passTo].join(" ");
}

/** Needs that are not met, as the denials that they would become. */
export function asDenials(missing: readonly Need[], deployer: Deployer): readonly Denial[] {
  return missing.map(({ action, resource, addresses: [address] }) => ({
    issueId: "preflight",
    message: `${action} is missing`,
    action,
    principal: deployer.arn,
    ...(resource === "*" ? {} : { resourceArn: resource }),
    ...(address === undefined ? {} : { address }),
    structured: true,
  }));
}
