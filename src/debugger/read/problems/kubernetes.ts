import type { Problem } from "./problem.ts";

/** What Kubernetes and Helm say, where an answer of a service or a network problem does not say it already. */
export const clusterProblems: readonly Problem[] = [
  {
    name: "kubernetes-unauthorized",
    category: "permission",
    phrases: [
      "the server has asked for the client to provide credentials",
      "error: you must be logged in to the server",
    ],
  },
  { name: "kubernetes-kind-missing", category: "config", also: "resource", phrases: ["no matches for kind"] },
  {
    name: "kubernetes-not-configured",
    category: "config",
    also: "network",
    phrases: [
      "no configuration has been provided",
      "invalid configuration: no server found",
      "kubernetes cluster unreachable: createfile",
    ],
  },
  {
    name: "kubernetes-auth-api-version",
    category: "config",
    phrases: ["client.authentication.k8s.io/v1alpha1"],
  },
  {
    name: "kubernetes-exec-failed",
    category: "config",
    also: "permission",
    phrases: ["getting credentials: exec: "],
  },
  {
    name: "helm-name-in-use",
    category: "resource",
    also: "state",
    phrases: ["cannot re-use a name that is still in use"],
  },
  {
    name: "helm-operation-in-progress",
    category: "resource",
    also: "state",
    phrases: ["another operation (install/upgrade/rollback) is in progress"],
  },
  {
    name: "helm-invalid-ownership",
    category: "resource",
    also: "state",
    phrases: ["invalid ownership metadata", "cannot be imported into the current release"],
  },
  {
    name: "helm-chart-missing",
    category: "config",
    also: "network",
    phrases: [
      "no cached repo found",
      "could not download chart",
      "failed to download … chart",
      "chart … not found in",
    ],
  },
  {
    name: "kubernetes-namespace-missing",
    category: "resource",
    also: "config",
    phrases: ["namespaces … not found"],
  },
  {
    name: "kubernetes-admission-denied",
    category: "config",
    also: "permission",
    phrases: ["admission webhook … denied the request"],
  },
  {
    name: "kubernetes-webhook-unreachable",
    category: "network",
    also: "resource",
    phrases: ["failed calling webhook"],
  },
];
