import type { Problem } from "./problem.ts";

/** What ECS and EKS say in fixed words about what they were given. */
export const containerProblems: readonly Problem[] = [
  {
    name: "ecs-role-not-assumable",
    category: "permission",
    also: "config",
    phrases: ["unable to assume role and validate", "ecs was unable to assume the role"],
  },
  {
    name: "ecs-service-linked-role",
    category: "permission",
    also: "config",
    phrases: ["unable to assume the service linked role"],
  },
  {
    name: "ecs-target-group-unattached",
    category: "config",
    also: "resource",
    phrases: ["does not have an associated load balancer"],
  },
  {
    name: "ecs-service-not-idempotent",
    category: "resource",
    also: "config",
    phrases: ["creation of service was not idempotent"],
  },
  {
    name: "ecs-service-draining",
    category: "resource",
    phrases: ["unable to start a service that is still draining"],
  },
  {
    name: "ecs-instance-attribute",
    category: "config",
    also: "resource",
    phrases: ["is missing an attribute required by your task"],
  },
  {
    name: "ecs-instance-port",
    category: "resource",
    phrases: ["is already using a port required by your task"],
  },
  {
    name: "ecs-instance-full",
    category: "resource",
    also: "quota",
    phrases: ["has insufficient cpu units available", "has insufficient memory available"],
  },
  {
    name: "ecs-no-container-instances",
    category: "resource",
    also: "quota",
    phrases: [
      "no container instances were found in your cluster",
      "no container instance met all of its requirements",
      "unable to place a task because",
    ],
  },
  {
    name: "ecs-execution-role-required",
    category: "config",
    also: "permission",
    phrases: ["requires task definition to have execution role arn"],
  },
  {
    name: "ecs-network-configuration-unfit",
    category: "config",
    phrases: ["network configuration is not valid for the given"],
  },
  {
    name: "ecs-fargate-size",
    category: "config",
    phrases: [
      "no fargate configuration exists for given values",
      "invalid 'cpu' setting for task",
      "invalid cpu or memory value specified",
    ],
  },
  {
    name: "ecs-secrets-unreachable",
    category: "network",
    also: "permission",
    phrases: [
      "unable to pull secrets or registry auth … connection issue",
      "unable to pull secrets or registry auth … dial tcp",
      "unable to pull secrets or registry auth … deadline exceeded",
      "unable to pull secrets or registry auth … request canceled",
      "unable to pull secrets or registry auth … requestcanceled",
    ],
  },
  {
    name: "ecs-secrets-pull",
    category: "permission",
    also: "network",
    phrases: ["unable to pull secrets or registry auth"],
  },
  {
    name: "ecs-circuit-breaker",
    category: "resource",
    phrases: ["ecs deployment circuit breaker was triggered"],
  },
  {
    name: "ecs-stability",
    category: "resource",
    phrases: ["service … failed to stabilize", "resource is not in the state servicesstable"],
  },
  {
    name: "eks-zone-capacity",
    category: "config",
    also: "quota",
    phrases: ["the targeted availability zone, does not currently have sufficient capacity"],
    codes: ["unsupportedavailabilityzone"],
  },
  {
    name: "eks-version-unsupported",
    category: "config",
    phrases: [
      "unsupported kubernetes version",
      "unsupported kubernetes minor version update",
      "requested kubernetes version … is not supported",
    ],
  },
  {
    name: "eks-nodes-not-joined",
    category: "resource",
    phrases: ["instances failed to join the kubernetes cluster"],
    codes: ["nodecreationfailure"],
  },
  {
    name: "eks-launch-failures",
    category: "resource",
    also: "quota",
    phrases: ["asginstancelaunchfailures"],
    codes: ["asginstancelaunchfailures"],
  },
  { name: "eks-cluster-missing", category: "resource", phrases: ["no cluster found for name"] },
  {
    name: "eks-addon-conflict",
    category: "resource",
    also: "config",
    phrases: ["conflicts found when trying to apply"],
    codes: ["configurationconflict"],
  },
  { name: "eks-nodegroups-attached", category: "resource", phrases: ["cluster has nodegroups attached"] },
];
