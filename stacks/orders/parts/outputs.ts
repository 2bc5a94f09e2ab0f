import type { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api/index.js";
import type { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage/index.js";
import type { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import type { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { TerraformOutput } from "cdktf";
import type { TerraformStack } from "cdktf";

export interface Made {
  readonly api: Apigatewayv2Api;
  readonly stage: Apigatewayv2Stage;
  readonly table: DynamodbTable;
  readonly jobs: SqsQueue;
  readonly deadLetters: SqsQueue;
  readonly receipts: S3Bucket;
}

/** What tests and people need to find the parts. Outputs are an interface: rename none. */
export function addOutputs(stack: TerraformStack, made: Made): void {
  const outputs = {
    api_url: made.stage.invokeUrl,
    api_id: made.api.id,
    api_stage: made.stage.name,
    table_name: made.table.name,
    queue_url: made.jobs.url,
    dead_letter_queue_url: made.deadLetters.url,
    bucket_name: made.receipts.bucket,
  };
  for (const [name, value] of Object.entries(outputs)) {
    const output = new TerraformOutput(stack, `output_${name}`, { value });
    // The construct's own id may not be that of a variable or a resource; the output's name is the interface.
    output.overrideLogicalId(name);
  }
}
