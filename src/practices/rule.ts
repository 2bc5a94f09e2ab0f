import type { ConfigurationFacts } from "../core/configuration-facts.ts";
import type { Severity } from "../core/finding.ts";
import type { DeletionPolicy } from "../core/policy.ts";
import { follow, isUnknownAt, valueAt, type PlannedResource } from "./plan/planned-resource.ts";
import type { PlanView } from "./plan/plan-view.ts";

/** What a best practice is about; one file of rules each. */
type Theme =
  | "supply chain"
  | "state and configuration"
  | "changes"
  | "secrets"
  | "access"
  | "functions"
  | "queues and events"
  | "databases"
  | "storage"
  | "networking"
  | "capacity"
  | "observability"
  | "lifetimes";

/** How bad it is where nobody is hurt, and where somebody is; `off`: not asked there. */
export interface RuleSeverity {
  readonly standard: Severity | "off";
  /** In a protected environment. */
  readonly protected: Severity | "off";
}

/** One best practice. All of it but `check` is text for people, and the source of docs/practices.md. */
export interface Rule {
  /** Kebab-case; published: used in waivers, never renamed. */
  readonly id: string;
  readonly theme: Theme;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What it leads to. */
  readonly why: string;
  readonly fix: string;
  /** Page that says so. */
  readonly source: string;
  readonly severity: RuleSeverity;
  readonly check: (look: Look) => readonly Hit[];
}

/** What rules look at. */
export interface Look {
  readonly plan: PlanView;
  /** Absent when the files could not be read: rules that need them say nothing. */
  readonly facts?: ConfigurationFacts;
  /** ISO 8601 date. */
  readonly today: string;
  readonly deletions: DeletionPolicy;
}

/** One place that a rule objects to. */
export interface Hit {
  readonly address?: string;
  /** Never holds a value that is sensitive. */
  readonly message: string;
  /** Where this place is worse, or less bad, than the rule says. */
  readonly severity?: Severity;
}

export const everywhere = (severity: Severity): RuleSeverity => ({ standard: severity, protected: severity });

/** Worse in a protected environment. */
export const unlessTest = (standard: Severity | "off", inProtected: Severity): RuleSeverity => ({
  standard,
  protected: inProtected,
});

/** A check that looks at each resource of some types by itself. */
export function eachOf(
  types: string | readonly string[],
  judge: (resource: PlannedResource, look: Look) => string | undefined | false,
): Rule["check"] {
  const wanted = typeof types === "string" ? [types] : types;
  return (look) =>
    look.plan.ofType(...wanted).flatMap((resource) => {
      const message = judge(resource, look);
      return message === undefined || message === false ? [] : [{ address: resource.address, message }];
    });
}

/**
 * Whether a flag is off: false, or left out. Where the provider fills in what is left out, a plan does not know it yet;
 * then the configuration tells whether somebody set it.
 */
export function isOff(resource: PlannedResource, path: string): boolean {
  if (isUnknownAt(resource, path)) return follow(resource.configured?.expressions, path) === undefined;
  return valueAt(resource, path) !== true;
}
