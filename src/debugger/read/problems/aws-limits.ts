import type { Problem } from "./problem.ts";

/** What AWS has not enough of, or does not give at once. */
export const limitProblems: readonly Problem[] = [
  {
    name: "vcpu-limit",
    category: "quota",
    phrases: ["more vcpu capacity than your current vcpu limit"],
    codes: ["vcpulimitexceeded"],
  },
  {
    name: "instance-limit-asg",
    category: "quota",
    also: "resource",
    phrases: ["healthy instances in asg … current instance limit"],
  },
  {
    name: "instance-limit",
    category: "quota",
    phrases: [
      "more instances … than your current instance limit",
      "your quota allows for 0 more running instance",
    ],
    codes: ["instancelimitexceeded"],
  },
  {
    name: "spot-limit",
    category: "quota",
    phrases: ["max spot instance count exceeded"],
    codes: ["maxspotinstancecountexceeded"],
  },
  {
    name: "instance-capacity",
    category: "quota",
    also: "resource",
    transient: true,
    phrases: [
      "currently do not have sufficient … capacity",
      "no spot capacity available",
      "insufficient capacity",
    ],
    codes: ["insufficientinstancecapacity"],
  },
  {
    name: "subnet-addresses-exhausted",
    category: "quota",
    also: "resource",
    phrases: [
      "not enough free addresses in subnet",
      "does not have enough free addresses to satisfy",
      "insufficient free ip addresses in subnet",
      "insufficient free addresses in subnet",
      "insufficientfreeaddressesinsubnet",
    ],
    codes: ["insufficientfreeaddressesinsubnet"],
  },
  {
    name: "subnet-prefixes-exhausted",
    category: "quota",
    also: "resource",
    phrases: ["sufficient free ipv4 addresses or prefixes"],
    codes: ["insufficientcidrblocks"],
  },
  {
    name: "elb-subnet-too-small",
    category: "quota",
    also: "config",
    phrases: ["not enough ip space available in subnet"],
  },
  {
    name: "eip-limit",
    category: "quota",
    phrases: ["maximum number of addresses has been reached"],
    codes: ["addresslimitexceeded"],
  },
  {
    name: "vpc-limit",
    category: "quota",
    phrases: ["maximum number of vpcs has been reached"],
    codes: ["vpclimitexceeded"],
  },
  {
    name: "internet-gateway-limit",
    category: "quota",
    phrases: ["maximum number of internet gateways has been reached"],
    codes: ["internetgatewaylimitexceeded"],
  },
  {
    name: "nat-gateway-limit",
    category: "quota",
    phrases: ["limit of … nat gateways", "nat gateways exceeded"],
    codes: ["natgatewaylimitexceeded"],
  },
  {
    name: "security-group-rule-limit",
    category: "quota",
    phrases: ["maximum number of rules per security group has been reached"],
    codes: ["rulespersecuritygrouplimitexceeded"],
  },
  {
    name: "security-group-limit",
    category: "quota",
    phrases: ["maximum number of security groups"],
    codes: ["securitygrouplimitexceeded"],
  },
  {
    name: "throttled",
    category: "quota",
    also: "network",
    transient: true,
    phrases: [
      "rate exceeded",
      "too many requests",

      "request rate is too high",
    ],
    codes: [
      "throttling",
      "throttled",

      "toomanyrequests",

      "priorrequestnotcomplete",
      "requestthrottled",
    ],
  },
  {
    name: "lambda-concurrency-floor",
    category: "quota",
    also: "config",
    phrases: ["decreases account's unreservedconcurrentexecution below its minimum"],
  },
  {
    name: "lambda-unzipped-size",
    category: "quota",
    also: "config",
    phrases: ["unzipped size must be smaller than"],
  },
  {
    name: "lambda-request-size",
    category: "quota",
    also: "config",
    phrases: ["request must be smaller than"],
    codes: ["requestentitytoolarge", "requesttoolarge"],
  },
  {
    name: "lambda-code-storage",
    category: "quota",
    phrases: ["code storage limit exceeded"],
    codes: ["codestorageexceeded"],
  },
  {
    name: "request-limit",
    category: "quota",
    also: "network",
    transient: true,
    phrases: ["request limit exceeded"],
    codes: ["requestlimitexceeded"],
  },
  {
    name: "s3-slow-down",
    category: "quota",
    also: "network",
    transient: true,
    phrases: ["please reduce your request rate"],
    codes: ["slowdown"],
  },
  {
    name: "table-throughput",
    category: "quota",
    transient: true,
    phrases: ["the level of configured provisioned throughput for the table was exceeded"],
    codes: ["provisionedthroughputexceeded"],
  },
];
