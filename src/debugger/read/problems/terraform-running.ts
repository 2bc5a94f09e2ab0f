import type { Problem } from "./problem.ts";

/** What providers' common library says while they wait for things and look for them. */
export const runningProblems: readonly Problem[] = [
  {
    name: "could-not-find-resource",
    category: "resource",
    phrases: ["couldn't find resource"],
    keeps: ["service"],
  },
  {
    name: "no-data-source-results",
    category: "resource",
    also: "config",
    phrases: [
      "your query returned no results",
      "no matching … found",
      "search returned 0 results",
      "empty result",
    ],
    keeps: ["service"],
  },
  {
    name: "too-many-data-source-results",
    category: "config",
    also: "resource",
    phrases: ["your query returned more than one result", "multiple … matched; use additional constraints"],
    keeps: ["service"],
  },
  {
    name: "unexpected-state",
    category: "resource",
    phrases: ["unexpected state '"],
    keeps: ["service", "state", "cause"],
  },
  {
    name: "wait-timeout",
    category: "resource",
    transient: true,
    phrases: [
      "timeout while waiting for state to become",
      "timeout while waiting for resource to be gone",
      "resourcenotready: exceeded wait attempts",
    ],
    keeps: ["service", "state"],
  },
];
