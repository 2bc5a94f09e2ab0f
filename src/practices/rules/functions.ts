import {
  blocksAt,
  isAbsentAt,
  isSetAt,
  numberAt,
  textAt,
  type PlannedResource,
} from "../plan/planned-resource.ts";
import { eachOf, everywhere, unlessTest, type Hit, type Look, type Rule } from "../rule.ts";

const theme = "functions";

const timeoutAboveVisibility: Rule = {
  id: "lambda-timeout-above-visibility",
  theme,
  title: "A function may run longer than its queue hides the message",
  why: "The message comes back while it is still worked on, and is worked on twice; AWS refuses such a mapping.",
  fix: "Set visibility_timeout_seconds of the queue to at least the function's timeout, better six times it.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
  severity: everywhere("HIGH"),
  check: (look) =>
    queuesOfFunctions(look).flatMap(({ fn, queue }): readonly Hit[] => {
      const timeout = numberAt(fn, "timeout") ?? 3;
      const hidden = numberAt(queue, "visibility_timeout_seconds");
      if (hidden === undefined || hidden >= timeout * 6) return [];
      const message = `hides a message for ${hidden} s, and ${fn.address} may run for ${timeout} s`;
      return hidden < timeout
        ? [{ address: queue.address, message }]
        : [{ address: queue.address, message: `${message}: AWS advises six times that`, severity: "LOW" }];
    }),
};

interface Consumer {
  readonly fn: PlannedResource;
  readonly queue: PlannedResource;
  readonly mapping: PlannedResource;
}

function queuesOfFunctions({ plan }: Look): readonly Consumer[] {
  return plan.ofType("aws_lambda_event_source_mapping").flatMap((mapping) => {
    const queues = plan.references
      .of(mapping, "event_source_arn")
      .filter(({ type }) => type === "aws_sqs_queue");
    const functions = plan.references
      .of(mapping, "function_name")
      .filter(({ type }) => type === "aws_lambda_function");
    return queues.flatMap((queue) => functions.map((fn) => ({ fn, queue, mapping })));
  });
}

const partialBatch: Rule = {
  id: "lambda-batch-all-or-nothing",
  theme,
  title: "One bad message of a batch brings all of it back",
  why: "The good ones are worked on again, and go to the dead-letter queue with the bad one.",
  fix: 'Set function_response_types = ["ReportBatchItemFailures"] and let the function name what failed.',
  source:
    "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting",
  severity: everywhere("LOW"),
  check: (look) =>
    queuesOfFunctions(look)
      .filter(
        ({ mapping }) =>
          numberAt(mapping, "batch_size") !== 1 && isAbsentAt(mapping, "function_response_types"),
      )
      .map(({ mapping }) => ({ address: mapping.address, message: "does not report which messages failed" })),
};

const noReserve: Rule = {
  id: "lambda-switched-off",
  theme,
  title: "A function has no concurrency at all",
  why: "Reserved concurrency 0 refuses every call.",
  fix: "Leave reserved_concurrent_executions out, or set it to what the function may use.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  severity: unlessTest("MEDIUM", "HIGH"),
  check: eachOf(
    "aws_lambda_function",
    (fn) =>
      numberAt(fn, "reserved_concurrent_executions") === 0 &&
      "reserved_concurrent_executions is 0: no call gets through",
  ),
};

const streamBlocks: Rule = {
  id: "stream-retries-forever",
  theme,
  title: "One bad record stops a stream",
  why: "Without limits Lambda retries it until it expires, up to a year, and everything behind it waits.",
  fix: "Set maximum_retry_attempts, bisect_batch_on_function_error and an on_failure destination.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: eachOf("aws_lambda_event_source_mapping", (mapping, { plan }) => {
    const arn = textAt(mapping, "event_source_arn") ?? "";
    const sources = plan.references.of(mapping, "event_source_arn").map(({ type }) => type);
    const isStream =
      /:(?:kinesis|dynamodb):/.test(arn) ||
      sources.some((type) => /^aws_(?:kinesis_stream|dynamodb_table)$/.test(type));
    const isLimited = ["maximum_retry_attempts", "maximum_record_age_in_seconds"].some((path) =>
      isLimitedAt(mapping, path),
    );
    return isStream && !isLimited && "retries a bad record without end";
  }),
};

/** -1 is no limit: so AWS writes it where nobody set one. */
function isLimitedAt(mapping: PlannedResource, path: string): boolean {
  const limit = numberAt(mapping, path);
  return limit === undefined ? isSetAt(mapping, path) : limit >= 0;
}

const asynchronousLoss: Rule = {
  id: "lambda-async-without-destination",
  theme,
  title: "Events that a function cannot handle are dropped",
  why: "After two retries an asynchronous event is gone, and nobody hears of it.",
  fix: "Give the function a dead_letter_config, or an event invoke config with an on_failure destination.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
  severity: unlessTest("LOW", "MEDIUM"),
  check: ({ plan }) => {
    const hasPermission = plan
      .ofType("aws_lambda_permission")
      .filter((permission) =>
        /^(?:s3|sns|events|ses|iot)\.amazonaws\.com$/.test(textAt(permission, "principal") ?? ""),
      );
    const called = new Set(
      hasPermission.flatMap((permission) => plan.references.of(permission, "function_name")),
    );
    return [...called]
      .filter((fn) => fn.type === "aws_lambda_function" && isAbsentAt(fn, "dead_letter_config"))
      .filter((fn) => plan.references.to(fn, "aws_lambda_function_event_invoke_config").length === 0)
      .map((fn) => ({
        address: fn.address,
        message: "is called asynchronously and has nowhere to put what fails",
      }));
  },
};

const longRequest: Rule = {
  id: "lambda-outlives-its-gateway",
  theme,
  title: "A function runs longer than the gateway in front of it waits",
  why: "The caller gets 504 after 29 (REST) or 30 (HTTP) seconds, and the function goes on and is paid for.",
  fix: "Bring the timeout below 29 s, or answer at once and work from a queue.",
  source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
  severity: everywhere("LOW"),
  check: ({ plan }) => {
    const integrations = plan.ofType("aws_api_gateway_integration", "aws_apigatewayv2_integration");
    const behind = integrations.flatMap((one) => [
      ...plan.references.of(one, "uri"),
      ...plan.references.of(one, "integration_uri"),
    ]);
    return [...new Set(behind)]
      .filter((fn) => fn.type === "aws_lambda_function" && (numberAt(fn, "timeout") ?? 3) > 30)
      .map((fn) => ({
        address: fn.address,
        message: `may run for ${numberAt(fn, "timeout") ?? 3} s behind a gateway that waits for 30 s at most`,
      }));
  },
};

const smallSubnets: Rule = {
  id: "lambda-in-one-subnet",
  theme,
  title: "A function in a network has one subnet only",
  why: "When that zone fails, so does the function.",
  fix: "Name subnets of two zones or more.",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
  severity: unlessTest("off", "MEDIUM"),
  check: eachOf("aws_lambda_function", (fn) => {
    const subnets = blocksAt(fn, "vpc_config")[0]?.["subnet_ids"];
    return Array.isArray(subnets) && subnets.length === 1 && "has one subnet";
  }),
};

/** Lambda functions and what calls them. */
export const functions: readonly Rule[] = [
  timeoutAboveVisibility,
  partialBatch,
  noReserve,
  streamBlocks,
  asynchronousLoss,
  longRequest,
  smallSubnets,
];
