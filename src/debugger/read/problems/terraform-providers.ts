import type { Problem } from "./problem.ts";

/** What Terraform says about providers, modules and where its state is kept. */
export const providerProblems: readonly Problem[] = [
  {
    name: "terraform-crashed",
    category: "resource",
    also: "config",
    phrases: ["terraform crashed!", "!!! terraform crash !!!"],
  },
  {
    name: "provider-versions-conflict",
    category: "config",
    phrases: ["no available releases match the given constraints", "no suitable version is available"],
  },
  {
    name: "provider-inconsistent-result-absent",
    category: "state",
    also: "resource",
    phrases: ["was present, but now absent"],
  },
  {
    name: "provider-inconsistent-final-plan",
    category: "state",
    phrases: ["produced inconsistent final plan", "produced an invalid new value for"],
  },
  {
    name: "provider-invalid-plan",
    category: "state",
    phrases: ["produced invalid plan", "planned an invalid value for"],
  },
  {
    name: "provider-inconsistent-result",
    category: "state",
    phrases: ["produced inconsistent result after apply", "produced an unexpected new value"],
  },
  {
    name: "provider-invalid-object",
    category: "state",
    phrases: ["provider produced invalid object", "produced an invalid object"],
  },
  {
    name: "provider-unknown-after-apply",
    category: "state",
    phrases: ["provider returned invalid result object after apply", "still indicated an unknown value for"],
  },
  {
    name: "plugin-schemas-not-loaded",
    category: "config",
    phrases: [
      "failed to load plugin schemas",
      "could not load plugin",
      "failed to instantiate provider … unrecognized remote plugin",
      "timeout while waiting for plugin to start",
      "failed to read any lines from plugin's stdout",
    ],
  },
  {
    name: "lock-file-checksums",
    category: "config",
    phrases: ["any of the checksums … dependency lock file", "checksum list has no sha-256"],
  },
  {
    name: "lock-file-inconsistent",
    category: "config",
    phrases: [
      "inconsistent dependency lock file",
      "locked provider … does not match configured version constraint",
      "required by this configuration but no version is selected",
    ],
  },
  {
    name: "provider-archive-checksum",
    category: "network",
    also: "config",
    transient: true,
    phrases: ["archive has incorrect checksum"],
  },
  {
    name: "provider-not-for-platform",
    category: "config",
    phrases: ["does not have a package available for your current platform", "incompatible provider version"],
  },
  {
    name: "provider-not-in-registry",
    category: "config",
    phrases: [
      "does not have a provider named",
      "provider registry … does not have a provider",

      "no provider … plugins meet the constraint",
    ],
  },
  {
    name: "terraform-version",
    category: "config",
    phrases: ["unsupported terraform core version", "does not support terraform version"],
  },
  {
    name: "module-not-installed",
    category: "config",
    phrases: ["module not installed", "this module is not yet installed"],
  },
  {
    name: "module-manifest-unreadable",
    category: "config",
    also: "state",
    phrases: ["failed to read modules manifest file"],
  },
  {
    name: "module-unreadable",
    category: "config",
    phrases: ["module not found", "unreadable module directory", "failed to read module directory"],
  },
  {
    name: "module-git-missing",
    category: "config",
    also: "network",
    phrases: ["git must be available and on the path"],
  },
  {
    name: "module-git-host-key",
    category: "permission",
    also: "network",
    phrases: ["host key verification failed"],
  },
  {
    name: "module-ssh-denied",
    category: "permission",
    also: "network",
    phrases: ["permission denied (publickey"],
  },
  {
    name: "module-https-credentials",
    category: "permission",
    also: "network",
    phrases: [
      "could not read username for",
      "could not read username",
      "authentication failed for 'http",
      "terminal prompts disabled",
    ],
  },
  {
    name: "module-git-submodule",
    category: "config",
    also: "network",
    phrases: ["exited with 127 … command not found", "git-submodule: line … not found"],
  },
  {
    name: "module-ref-missing",
    category: "config",
    also: "resource",
    phrases: [
      "error downloading … pathspec",
      "error downloading … did not match any file(s) known to git",
      "could not find remote branch",
    ],
  },
  {
    name: "backend-changed",
    category: "config",
    also: "state",
    phrases: ["backend configuration changed", "backend configuration block has changed"],
  },
  {
    name: "plugins-not-installed",
    category: "config",
    also: "state",
    phrases: [
      "could not satisfy plugin requirements",
      "plugin reinitialization required",
      "required plugins are not installed",
    ],
  },
  {
    name: "backend-init-required",
    category: "config",
    also: "state",
    phrases: ["backend initialization required", 'please run "terraform init"', "initialization required"],
  },
  {
    name: "provider-checksums-missing",
    category: "config",
    also: "resource",
    phrases: ["failed to retrieve authentication checksums", "failed to retrieve cryptographic signature"],
  },
];
