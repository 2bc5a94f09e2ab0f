import type { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue/index.js";
import { Fn } from "cdktf";
import type { TerraformStack } from "cdktf";
import type { Settings } from "./settings.ts";
import { workerTimeoutSeconds } from "./limits.ts";

const fourteenDays = 14 * 24 * 3600;

export interface Queues {
  readonly jobs: SqsQueue;
  readonly deadLetters: SqsQueue;
}

/**
 * The redrive policy is an argument of the queue and not a resource of its own:
 * the provider waits 25 s for each such resource.
 */
export function addQueue(stack: TerraformStack, settings: Settings, key: KmsKey): Queues {
  const deadLetters = new SqsQueue(stack, "dead_letters", {
    name: settings.name("dead-letters"),
    kmsMasterKeyId: key.arn,
    messageRetentionSeconds: fourteenDays,
  });
  const jobs = new SqsQueue(stack, "jobs", {
    name: settings.name("jobs"),
    kmsMasterKeyId: key.arn,
    // Less than six times the function's timeout, and a throttled batch is delivered twice.
    visibilityTimeoutSeconds: 6 * workerTimeoutSeconds,
    redrivePolicy: Fn.jsonencode({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 3 }),
  });
  return { jobs, deadLetters };
}
