import type { Problem } from "./problem.ts";

/** What Terraform says about references, modules, imports, provisioners and its command line. */
export const referenceProblems: readonly Problem[] = [
  {
    name: "each-without-for-each",
    category: "config",
    phrases: [
      'reference to "each" in context without for_each',
      "each.value cannot be used in this context",
      'the "each" object can be used only',
    ],
  },
  {
    name: "count-without-count",
    category: "config",
    phrases: ['reference to "count" in non-counted context'],
  },
  { name: "instance-key-missing", category: "config", phrases: ["missing resource instance key"] },
  { name: "instance-key-unexpected", category: "config", phrases: ["unexpected resource instance key"] },
  {
    name: "invalid-reference",
    category: "config",
    phrases: ["error: invalid reference", "a reference to a resource type must be followed by"],
  },
  {
    name: "self-reference",
    category: "config",
    phrases: ["self-referential block", "may not refer to itself"],
  },
  {
    name: "variables-not-allowed",
    category: "config",
    phrases: ["variables may not be used here", "variables not allowed"],
  },
  {
    name: "for-each-sensitive",
    category: "config",
    phrases: ["sensitive values, or values derived from sensitive values, cannot be used as for_each"],
  },
  { name: "output-sensitive", category: "config", phrases: ["output refers to sensitive values"] },
  {
    name: "condition-failed",
    category: "config",
    also: "resource",
    phrases: [
      "resource precondition failed",
      "resource postcondition failed",
      "check block assertion failed",
      "module output value precondition failed",
    ],
  },
  {
    name: "module-version",
    category: "config",
    phrases: [
      "unresolvable module version constraint",
      "module version requirements have changed",
      "there is no available version of module",
    ],
  },
  {
    name: "module-source-changed",
    category: "config",
    phrases: ["module source has changed", "module source address"],
  },
  {
    name: "module-missing",
    category: "config",
    phrases: [
      "the module address … could not be resolved",
      "unreadable module subdirectory",
      "unable to evaluate directory symlink",
      "source path error: stat",
    ],
  },
  {
    name: "module-providers",
    category: "config",
    phrases: [
      "provider configuration not allowed",
      "module is incompatible with count, for_each, and depends_on",
      "module does not support the given provider configurations",
    ],
  },
  {
    name: "import-id-invalid",
    category: "config",
    phrases: ["invalid import id", "unexpected format of id", "unexpected format for id"],
  },
  {
    name: "moved-ambiguous",
    category: "config",
    also: "state",
    phrases: ["moved object still exists", "ambiguous move statements", "ambiguous resource address"],
  },
  {
    name: "provider-not-found-locally",
    category: "config",
    phrases: [
      "was not found in any of the search locations",
      "provider … not available in",
      "missing required provider plugin",
    ],
  },
  { name: "backend-type", category: "config", phrases: ["unsupported backend type"] },
  { name: "backend-argument", category: "config", phrases: ["invalid backend configuration argument"] },
  { name: "backend-type-changed", category: "config", also: "state", phrases: ["backend type changed"] },
  {
    name: "backend-attribute-missing",
    category: "config",
    phrases: ["missing required value … backend", "required by the backend"],
  },
  {
    name: "cli-usage",
    category: "config",
    phrases: ["flag provided but not defined", "too many command line arguments"],
  },
  {
    name: "provisioner-failed",
    category: "config",
    also: "resource",
    phrases: [
      "local-exec provisioner error",
      "remote-exec provisioner error",
      "file provisioner error",
      "error running command '",
    ],
  },
  {
    name: "external-program-failed",
    category: "config",
    also: "resource",
    phrases: ["external program execution failed"],
  },
  {
    name: "archive-missing",
    category: "config",
    also: "resource",
    phrases: ["could not archive missing", "error creating archive", "archive creation error"],
  },
  {
    name: "http-data-source",
    category: "config",
    also: "network",
    phrases: ["http request error. response code"],
  },
  {
    name: "ssh-key-unreadable",
    category: "config",
    also: "permission",
    phrases: ["failed to read ssh private key"],
  },
  {
    name: "ssh-authentication",
    category: "permission",
    also: "config",
    phrases: ["ssh: unable to authenticate", "no supported methods remain"],
  },
  { name: "diffs-mismatch", category: "state", phrases: ["diffs didn't match during apply"] },
  { name: "plan-unwritable", category: "state", phrases: ["failed to write plan file"] },
  {
    name: "plan-unreadable",
    category: "state",
    also: "config",
    phrases: ["failed to load … as a plan file", "failed to read plan from"],
  },
  { name: "workspace-exists", category: "state", also: "config", phrases: ["workspace … already exists"] },
  {
    name: "resource-gone-with-config",
    category: "config",
    also: "state",
    phrases: ["resource has no configuration"],
  },
  { name: "timeout-key", category: "config", phrases: ["timeout key (", "timeouts … is not supported"] },
  {
    name: "provider-schema",
    category: "config",
    phrases: ["missing resource schema", "failed to obtain provider schema"],
  },
  {
    name: "deprecated-interpolation",
    category: "config",
    phrases: ["quoted references are deprecated", "interpolation-only expressions are deprecated"],
  },
  {
    name: "null-value",
    category: "config",
    phrases: ["invalid null value", "argument must not be null"],
    keeps: ["argument"],
  },
  {
    name: "value-too-long",
    category: "config",
    phrases: ["cannot be longer than", "expected length of"],
    keeps: ["argument", "type"],
  },
  {
    name: "name-characters",
    category: "config",
    phrases: [
      "only alphanumeric characters",
      "only lowercase alphanumeric",
      "must contain only",
      "only contain alphanumeric",
    ],
    keeps: ["argument", "type"],
  },
  { name: "not-an-arn", category: "config", phrases: ["is an invalid arn"], keeps: ["argument", "type"] },
  {
    name: "not-a-cidr",
    category: "config",
    phrases: ["is not a valid cidr", "invalid cidr address", "is not a valid ipv4 cidr"],
    keeps: ["argument"],
  },
  {
    name: "not-json",
    category: "config",
    phrases: ["contains an invalid json", "invalid json:", "invalid json policy", "invalid json syntax"],
    keeps: ["argument", "type"],
  },
];
