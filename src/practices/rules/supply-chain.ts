import { everywhere, type Hit, type Look, type Rule } from "../rule.ts";
import type { ConfiguredModule } from "../plan/configuration.ts";

const theme = "supply chain";

const providerUnpinned: Rule = {
  id: "provider-unpinned",
  theme,
  title: "A provider has no version constraint",
  why: "The next init on a machine without the lock file takes the newest major version, and the same files plan something else.",
  fix: 'Give it a version in required_providers: version = "~> 5.0".',
  source: "https://developer.hashicorp.com/terraform/language/providers/requirements#version-constraints",
  severity: everywhere("MEDIUM"),
  check: ({ plan }) => {
    const constrained = new Set(
      plan.configuration.providers
        .filter(({ constraint }) => constraint !== undefined)
        .map(({ source }) => source),
    );
    const used = new Set([
      ...plan.configuration.providers.map(({ source }) => source),
      ...plan.resources.map(({ provider }) => provider),
    ]);
    return [...used]
      .filter((source) => !constrained.has(source) && !isBuiltIn(source))
      .map((source) => ({ message: `provider ${source} has no version constraint` }));
  },
};

function isBuiltIn(source: string): boolean {
  return source.startsWith("terraform.io/builtin/");
}

const providerUnbounded: Rule = {
  id: "provider-without-upper-bound",
  theme,
  title: "A provider's version is open upwards",
  why: "A new major version removes and renames arguments; it should come when somebody chooses it.",
  fix: 'Bound it: version = "~> 5.0" or ">= 5.0, < 6.0".',
  source: "https://developer.hashicorp.com/terraform/language/expressions/version-constraints#best-practices",
  severity: everywhere("LOW"),
  check: ({ plan }) => {
    const open = plan.configuration.providers.filter(
      ({ source, constraint }) => constraint !== undefined && isOpenUpwards(constraint) && !isBuiltIn(source),
    );
    const bounded = new Set(
      plan.configuration.providers
        .filter(({ constraint }) => constraint !== undefined && !isOpenUpwards(constraint))
        .map(({ source }) => source),
    );
    const sources = new Map(open.map(({ source, constraint }) => [source, constraint]));
    return [...sources]
      .filter(([source]) => !bounded.has(source))
      .map(([source, constraint]) => ({ message: `provider ${source} may be any version ${constraint}` }));
  },
};

function isOpenUpwards(constraint: string): boolean {
  return constraint.split(",").every((part) => /^\s*(?:>=?|!=)/.test(part));
}

const moduleUnpinned: Rule = {
  id: "module-unpinned",
  theme,
  title: "A module from elsewhere has no version",
  why: "Whoever publishes the module changes this infrastructure, at the time they like.",
  fix: 'Give a registry module version = "x.y.z", and a repository ?ref= with a tag or a commit.',
  source: "https://developer.hashicorp.com/terraform/language/modules/sources",
  severity: everywhere("HIGH"),
  check: eachModule((module, source) => {
    if (isLocal(source) || module.version !== undefined || /[?&](?:ref|versionId|rev)=/.test(source))
      return undefined;
    if (/\.(?:zip|tgz|tar\.\w+)(?:$|[?/])/.test(source)) return undefined;
    return `module ${module.path} comes from ${source} without a version`;
  }),
};

const moduleOnBranch: Rule = {
  id: "module-on-branch",
  theme,
  title: "A module is taken from a branch",
  why: "A branch moves: two plans of the same commit can differ.",
  fix: "Name a tag or a commit in ?ref=.",
  source: "https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision",
  severity: everywhere("MEDIUM"),
  check: eachModule((module, source) => {
    const ref = /[?&]ref=([^&]+)/.exec(source)?.[1];
    if (ref === undefined || !/^(?:main|master|trunk|develop|dev|HEAD|latest)$/.test(ref)) return undefined;
    return `module ${module.path} follows the branch ${ref}`;
  }),
};

const moduleWithoutTls: Rule = {
  id: "module-over-plain-http",
  theme,
  title: "A module is fetched without encryption",
  why: "Anybody on the way can put other code into it.",
  fix: "Fetch it over https or ssh.",
  source: "https://developer.hashicorp.com/terraform/language/modules/sources#http-urls",
  severity: everywhere("HIGH"),
  check: eachModule((module, source) =>
    /^(?:git::)?(?:http|git):\/\//.test(source) ? `module ${module.path} comes from ${source}` : undefined,
  ),
};

function eachModule(judge: (module: ConfiguredModule, source: string) => string | undefined): Rule["check"] {
  return ({ plan }: Look): readonly Hit[] =>
    [...plan.configuration.modules.values()].flatMap((module) => {
      const message = module.source === undefined ? undefined : judge(module, withoutPassword(module.source));
      return message === undefined
        ? []
        : [{ address: `module.${module.path.replaceAll(".", ".module.")}`, message }];
    });
}

/** A token in an address is a secret. */
function withoutPassword(source: string): string {
  return source.replace(/\/\/[^/@\s]+@/, "//");
}

function isLocal(source: string): boolean {
  return source.startsWith("./") || source.startsWith("../") || source.startsWith("/");
}

const commandsAtApply: Rule = {
  id: "provisioner",
  theme,
  title: "A provisioner runs a command when something is made",
  why: "It is in no plan, runs once, leaves no trace in the state, and a failure taints the resource.",
  fix: "Let the image, user data, or a service of its own do it.",
  source: "https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax",
  severity: everywhere("LOW"),
  check: ({ plan }) =>
    [...plan.configuration.modules.values()]
      .flatMap((module) => module.resources)
      .filter((resource) => resource.provisioners.length > 0)
      .map((resource) => ({
        address: inModule(resource.module, resource.local),
        message: `runs ${[...new Set(resource.provisioners)].join(" and ")} outside of the plan`,
      })),
};

function inModule(module: string, local: string): string {
  return module === "" ? local : `module.${module.replaceAll(".", ".module.")}.${local}`;
}

/** Where code, providers and modules come from. */
export const supplyChain: readonly Rule[] = [
  providerUnpinned,
  providerUnbounded,
  moduleUnpinned,
  moduleOnBranch,
  moduleWithoutTls,
  commandsAtApply,
];
