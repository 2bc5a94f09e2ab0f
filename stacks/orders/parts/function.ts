import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { AssetType, Fn, TerraformAsset } from "cdktf";
import type { TerraformStack } from "cdktf";
import { bundle } from "./bundle.ts";
import { addRole } from "./role.ts";
import type { Statement } from "./role.ts";
import type { Settings } from "./settings.ts";

/** What all functions of the stack share. */
export interface Places {
  readonly settings: Settings;
  readonly key: KmsKey;
  /** Where the functions' sources are: one folder each, with an index.ts. */
  readonly sources: string;
  /** Where bundles go: a folder of the synthesis' output. */
  readonly bundles: string;
}

export interface FunctionOptions {
  readonly name: string;
  readonly description: string;
  readonly timeout: number;
  /** The most copies that run at once: what bounds the bill when something goes round in circles. */
  readonly concurrency: number;
  readonly environment: Record<string, string>;
  readonly rights: Statement[];
}

export function addFunction(stack: TerraformStack, places: Places, options: FunctionOptions): LambdaFunction {
  const { settings, key } = places;
  const { name } = options;
  const functionName = settings.name(name);
  // Made here and not by Lambda, which would keep logs for ever, unencrypted, and after a destroy.
  const logs = new CloudwatchLogGroup(stack, `${name}_logs`, {
    name: `/aws/lambda/${functionName}`,
    retentionInDays: 365,
    kmsKeyId: key.arn,
  });
  const role = addRole(stack, settings, name, [
    ...options.rights,
    { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key.arn] },
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${logs.arn}:*`] },
  ]);
  const code = new TerraformAsset(stack, `${name}_code`, {
    path: bundle({ ...places, name }),
    type: AssetType.ARCHIVE,
  });
  return new LambdaFunction(stack, name, {
    functionName,
    description: options.description,
    role: role.arn,
    runtime: "nodejs22.x",
    architectures: ["arm64"],
    handler: "index.handler",
    filename: code.path,
    sourceCodeHash: Fn.filebase64sha256(code.path),
    memorySize: 256,
    timeout: options.timeout,
    reservedConcurrentExecutions: options.concurrency,
    environment: { variables: options.environment },
    kmsKeyArn: key.arn,
    tracingConfig: { mode: "Active" },
    dependsOn: [logs, ...role.ready],
  });
}
