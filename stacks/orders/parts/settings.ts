import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity/index.js";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region/index.js";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Op, TerraformLocal, TerraformVariable } from "cdktf";
import type { IResolvable, TerraformStack } from "cdktf";

/** What differs between environments, all of it decided by Terraform and none of it at synthesis. */
export interface Settings {
  /** `{project}-{environment}-{resource}`. */
  readonly name: (resource: string) => string;
  readonly account: string;
  readonly region: string;
  readonly emulated: IResolvable;
  /** Whether deleting this environment must not delete its data. */
  readonly keepData: IResolvable;
}

export function addSettings(stack: TerraformStack): Settings {
  const environment = addName(stack, "environment", "Which environment this is, such as test or prod.");
  const project = addName(stack, "project", "First part of every name.", "orders");
  const subsystem = addName(stack, "subsystem", "Value of the Subsystem tag.", "intake");
  const region = new TerraformVariable(stack, "region", {
    type: "string",
    description: "The AWS region; without it, the one of the shell (AWS_REGION).",
  });
  // An escape hatch because a default of null in the constructor's options counts as no default.
  region.addOverride("default", null);
  new AwsProvider(stack, "aws", {
    region: region.stringValue,
    defaultTags: [
      {
        tags: {
          Environment: environment.stringValue,
          Project: project.stringValue,
          Subsystem: subsystem.stringValue,
          ManagedBy: "terraform",
        },
      },
    ],
  });
  // The bindings pin the one version that they were made from; any 5.x will do.
  stack.addOverride("terraform.required_providers.aws.version", "~> 5.0");
  const prefix = new TerraformLocal(stack, "prefix", `${project.stringValue}-${environment.stringValue}`);
  const emulated = new TerraformVariable(stack, "emulated", {
    type: "bool",
    description: "Whether the cloud is an emulator on this machine: it has no TLS and no strangers.",
    default: false,
    nullable: false,
  });
  return {
    name: (resource) => `${prefix.asString}-${resource}`,
    account: new DataAwsCallerIdentity(stack, "current").accountId,
    region: new DataAwsRegion(stack, "here").name,
    emulated: emulated.booleanValue,
    keepData: Op.eq(environment.stringValue, "prod"),
  };
}

function addName(
  stack: TerraformStack,
  id: string,
  description: string,
  initial?: string,
): TerraformVariable {
  const variable = new TerraformVariable(stack, id, {
    type: "string",
    description,
    nullable: false,
    ...(initial === undefined ? {} : { default: initial }),
  });
  variable.addValidation({
    // Names become part of bucket names, which allow nothing else and end at 63 characters.
    condition: `\${can(regex("^[a-z][a-z0-9-]{0,15}$", var.${id}))}`,
    errorMessage: `${id} must be 1 to 16 lower-case letters, digits and hyphens, a letter first.`,
  });
  return variable;
}
