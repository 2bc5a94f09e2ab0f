import type { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import type { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import type { TerraformStack } from "cdktf";
import { addFunction } from "./function.ts";
import type { Places } from "./function.ts";
import { intakeTimeoutSeconds, workerTimeoutSeconds } from "./limits.ts";

interface Stores {
  readonly jobs: SqsQueue;
  readonly table: DynamodbTable;
}

export function addIntake(stack: TerraformStack, places: Places, { jobs, table }: Stores): LambdaFunction {
  return addFunction(stack, places, {
    name: "intake",
    description: "Accepts orders over HTTP and reads them back.",
    timeout: intakeTimeoutSeconds,
    concurrency: 20,
    environment: { QUEUE_URL: jobs.url, TABLE_NAME: table.name },
    rights: [
      { actions: ["sqs:SendMessage"], resources: [jobs.arn] },
      { actions: ["dynamodb:GetItem"], resources: [table.arn] },
    ],
  });
}

export function addWorker(
  stack: TerraformStack,
  places: Places,
  { jobs, table, receipts }: Stores & { readonly receipts: S3Bucket },
): LambdaFunction {
  const worker = addFunction(stack, places, {
    name: "worker",
    description: "Carries out queued orders: a row in the table and a receipt in the bucket for each.",
    timeout: workerTimeoutSeconds,
    concurrency: 10,
    environment: { TABLE_NAME: table.name, BUCKET_NAME: receipts.bucket },
    rights: [
      {
        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        resources: [jobs.arn],
      },
      { actions: ["dynamodb:PutItem"], resources: [table.arn] },
      { actions: ["s3:PutObject"], resources: [`${receipts.arn}/receipts/*`] },
    ],
  });
  new LambdaEventSourceMapping(stack, "jobs_to_worker", {
    eventSourceArn: jobs.arn,
    functionName: worker.arn,
    batchSize: 10,
    functionResponseTypes: ["ReportBatchItemFailures"],
    // No more pollers than copies of the function: what is throttled comes back and counts as a failure.
    scalingConfig: { maximumConcurrency: 10 },
  });
  return worker;
}
