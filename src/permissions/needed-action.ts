/** What may happen to a resource. A change of any kind reads as well: `create` and `delete` do not repeat the reads. */
export type TypeChange = "create" | "read" | "update" | "delete";

/** One IAM action that the provider uses for a resource type, and what it is asked on. */
export interface NeededAction {
  /** As IAM spells it, not as the API calls it: `s3:GetEncryptionConfiguration`. Never a wildcard. */
  readonly action: string;
  /**
   * `named`: on this resource alone, whose ARN its planned attributes give. `type`: on an ARN that cannot be known
   * before the resource is there, because the service makes up its ID. `any`: the action supports no resource.
   */
  readonly resource: "named" | "type" | "any";
  /**
   * `arn:{partition}:sqs:{region}:{account}:{name}`: `{partition}`, `{region}`, `{account}`, and any attribute of the
   * resource as Terraform names it; `{name|name_prefix*}` takes the first that is known, with what follows the name
   * appended. An attribute that holds a whole ARN stands alone: `{role}`. Absent only with `any`. A literal `*` stands
   * for what the service makes up: `arn:{partition}:apigateway:{region}::/restapis/*`.
   */
  readonly arn?: string;
  /** For `iam:PassRole` alone: the service that takes the role, `lambda.amazonaws.com`. */
  readonly passTo?: string;
  /** An attribute without which the provider does not use it: `force_destroy`. */
  readonly when?: string;
}

/** What the provider uses for a type; empty for a type or a change that nothing is known of. */
export type ActionsFor = (type: string, change: TypeChange) => readonly NeededAction[];
