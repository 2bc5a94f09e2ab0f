import type { Diagnosis } from "../core/diagnosis.ts";
import type { DenyingLayer } from "../core/failure.ts";
import { actionOfOperation } from "./operation-action.ts";

/** One thing that the cloud did not allow. */
export interface Denial {
  readonly issueId: string;
  readonly message: string;
  readonly action?: string;
  /** ARN of whom it was denied to, as the cloud wrote it. */
  readonly principal?: string;
  readonly resourceArn?: string;
  readonly deniedBy?: DenyingLayer;
  readonly type?: string;
  readonly address?: string;
  /** Whether the cloud itself said who was denied what, once and without contradiction. */
  readonly structured: boolean;
}

/** Codes of a refusal to someone who is known; a wrong or expired key is no matter of permissions. */
const refusalCode =
  /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|AuthorizationErrorException|UnauthorizedAccess|NotAuthorized|Forbidden|403)$/i;

/** All denials among the failures of a stage, each once. */
export function denialsIn(diagnoses: readonly Diagnosis[]): readonly Denial[] {
  const found = diagnoses.filter(isDenial).map(denialOf);
  const keyOf = ({ action, resourceArn, address, principal }: Denial): string =>
    JSON.stringify([action, resourceArn, address, principal]);
  return [...new Map(found.map((denial) => [keyOf(denial), denial])).values()];
}

function isDenial({ category, code, action }: Diagnosis): boolean {
  return category === "permission" && (action !== undefined || refusalCode.test(code ?? ""));
}

function denialOf(diagnosis: Diagnosis): Denial {
  const { principal, resource_arn: arn, denied_by: layer, resource_address: address } = diagnosis;
  const type = diagnosis.resource_type?.startsWith("aws_") ? diagnosis.resource_type : undefined;
  const action = diagnosis.action ?? actionOfOperation(diagnosis.message);
  return {
    issueId: diagnosis.issue_id,
    message: diagnosis.message,
    ...(action === undefined ? {} : { action }),
    ...(principal === undefined ? {} : { principal }),
    ...(arn === undefined ? {} : { resourceArn: arn }),
    ...(layer === undefined ? {} : { deniedBy: layer }),
    ...(type === undefined ? {} : { type }),
    ...(address === undefined ? {} : { address: address }),
    structured:
      diagnosis.action !== undefined &&
      principal !== undefined &&
      tellsOneStory(diagnosis.message, diagnosis),
  };
}

/**
 * A name that somebody chose stands in the same text as the cloud's sentence, and may be written to look like one.
 * A text that names two actions, or two who were denied, is read by nobody but a person.
 */
function tellsOneStory(message: string, { action, principal }: Diagnosis): boolean {
  const actions = [
    ...message.matchAll(/\bto perform:? ["']?([\w*?-]{1,60}:[\w*?]{1,90})/gi),
    ...message.matchAll(/\ballows the ([\w*?-]{1,60}:[\w*?]{1,90}) action/gi),
  ].map((match) => (match[1] ?? "").toLowerCase());
  const principals = [...message.matchAll(/\bUser:? ["']?(arn:[^\s"']{1,300})/gi)].map(
    (match) => match[1] ?? "",
  );
  return (
    actions.every((named) => named === action?.toLowerCase()) &&
    principals.every((named) => named === principal)
  );
}
