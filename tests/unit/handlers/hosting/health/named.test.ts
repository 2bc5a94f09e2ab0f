import { expect, test } from "vitest";
import { resourceNamed } from "../../../../../handlers/hosting/health/named.ts";
import type { HealthService } from "../../../../../src/core/health.ts";
import type { Resource } from "../../../../../src/core/resource.ts";

const state: readonly Resource[] = [
  {
    address: "module.a.aws_sqs_queue.jobs[0]",
    type: "aws_sqs_queue",
    name: "jobs",
    provider: "p",
    tainted: false,
    attributes: { name: "jobs", arn: "arn:aws:sqs:eu-west-1:000000000000:jobs", url: "https://sqs/jobs" },
  },
];

test.each([
  "jobs",
  "https://sqs/jobs",
  "arn:aws:sqs:eu-west-1:000000000000:jobs",
  "module.a.aws_sqs_queue.jobs[0]",
])("%s is the queue of the state", (name) => {
  expect(resourceNamed("queue", name, state)).toBe(state[0]);
});

test.each<[HealthService, string, object]>([
  ["queue", "others", { type: "aws_sqs_queue", attributes: { name: "others" } }],
  ["queue", "https://sqs.x/1/others", { attributes: { url: "https://sqs.x/1/others" } }],
  [
    "queue",
    "arn:aws:sqs:eu-west-1:1:others",
    { attributes: { name: "others" }, arn: "arn:aws:sqs:eu-west-1:1:others" },
  ],
  // A function of this name is no queue.
  ["lambda", "jobs", { type: "aws_lambda_function", attributes: { function_name: "jobs" } }],
  ["ecs", "main/web", { attributes: { cluster: "main", name: "web" } }],
  ["ecs", "web", { attributes: { cluster: "default", name: "web" } }],
  ["ecs", "arn:aws:ecs:eu-west-1:1:service/main/web", { attributes: { cluster: "main", name: "web" } }],
  ["api_stage", "a1b2/live", { type: "api_stage", attributes: { api_id: "a1b2", name: "live" } }],
  ["api_stage", "a1b2", { attributes: { name: "$default" } }],
  ["database", "books", { type: "database", attributes: { identifier: "books" } }],
  ["target_group", "web", { attributes: { name: "web" } }],
])("%s %s is asked for by name elsewhere", (service, name, resource) => {
  expect(resourceNamed(service, name, state)).toMatchObject(resource);
});
