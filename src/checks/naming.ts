import { matchesPattern } from "../core/address-pattern.ts";
import type { Environment } from "../core/environment.ts";
import { worstFirst, type Finding } from "../core/finding.ts";
import { gate } from "../core/gate.ts";
import type { PlanScope } from "../core/plan.ts";
import type { ResourceSchemas } from "../core/resource-schema.ts";
import type { TestResult } from "../core/result.ts";
import { nameLimits, refusalOf, refusalOfPrefix } from "../practices/names/limits.ts";
import { namesToMatch, ownName, type OwnName } from "../practices/names/own-name.ts";
import type { PlannedResource } from "../practices/plan/planned-resource.ts";
import { viewPlan, type PlanView } from "../practices/plan/plan-view.ts";
import type { Check, CheckContext } from "./contract.ts";
import { readPattern, type NamePattern, type ReadPattern } from "./naming/pattern.ts";
import { broken, checkOf, skipped, type Outcome } from "./outcome.ts";

const name = "naming_compliance";
/** The apply would fail: no setting makes that a warning. */
const limitRule = "name-limit";

/**
 * Whether everything that will be is called as the project wants it, and as the cloud takes it. The cloud's own limits
 * are looked at without a pattern too. Its figures: `pattern`, `names_checked`, `limits_checked`, `generated`,
 * `ignored`, and `to_recheck`: addresses whose name is known only after the apply.
 */
export const naming: Check = checkOf({ name, phase: "pre-deployment" }, check);

async function check(context: CheckContext): Promise<Outcome> {
  const { environment, iac } = context;
  const policy = environment.policy.naming;
  const hasPattern = policy.pattern !== undefined || Object.keys(policy.types).length > 0;
  // Limits have a table of their own: the schema is asked for only where other types have to match a pattern.
  const schemas = hasPattern
    ? iac.providerSchemas?.().then((told) => (told.ok ? told.value : undefined))
    : undefined;
  const plan = await context.plan();
  const requirement = environment.protected ? "required" : "expected";
  if (plan === undefined) return skipped("there is no plan to look at", requirement);
  const answer = judgeNamesOf(viewPlan(plan.document), {
    environment,
    scope: plan.scope,
    schemas: await schemas,
  });
  if (!answer.ok) return broken(answer.why);
  const { judged } = answer;
  const figures = {
    ...(policy.pattern === undefined ? {} : { pattern: policy.pattern }),
    names_checked: judged.names,
    limits_checked: judged.limits,
    generated: judged.generated,
    ignored: judged.ignored,
    to_recheck: judged.later,
  };
  if (judged.names + judged.limits === 0)
    return {
      status: "SKIPPED",
      reason: "nothing in the plan has a name to look at",
      requirement: "optional",
      findings: [],
      figures,
    };
  const findings = context.accept(judged.findings).toSorted(worstFirst);
  return {
    status: statusOf(findings, policy.strict || environment.protected),
    requirement,
    findings,
    reason: reasonOf(judged, hasPattern),
    figures,
  };
}

/** Holds everything in a plan, or in a state that is read like one, against the project's patterns. */
export function judgeNamesOf(
  view: PlanView,
  {
    environment,
    scope,
    schemas,
  }: {
    readonly environment: Environment;
    readonly scope: NameScope;
    readonly schemas: ResourceSchemas | undefined;
  },
): { readonly ok: true; readonly judged: JudgedNames } | { readonly ok: false; readonly why: string } {
  const { types, ignore } = environment.policy.naming;
  const patterns = readPatterns(environment, scope);
  if (!patterns.ok) return patterns;
  const judged = judgeAll(view.resources, {
    patternOf: patterns.patternOf,
    isIgnored: (address) => ignore.some((pattern) => matchesPattern(pattern, address)),
    isNamedInPolicy: (type) => Object.hasOwn(types, type),
    ...(schemas === undefined ? {} : { schemas }),
  });
  return { ok: true, judged };
}

/** What a pattern may name beside what faber.yaml says. */
type NameScope = Pick<PlanScope, "account" | "region">;

/** A name that the cloud refuses fails whatever else holds; the project's pattern is judged as it says. */
function statusOf(findings: readonly Finding[], strict: boolean): TestResult["status"] {
  const refused = findings.filter((finding) => finding.rule === limitRule);
  const limits = gate({ kind: "findings", findings: refused, limits: { maxCritical: 0, maxHigh: 0 } });
  if (limits === "FAIL") return "FAIL";
  return gate({
    kind: "conformance",
    findings: findings.filter((finding) => finding.rule !== limitRule),
    strict,
  });
}

type PatternOf = (type: string) => NamePattern | undefined;
type Patterns =
  | { readonly ok: true; readonly patternOf: PatternOf }
  | { readonly ok: false; readonly why: string };

/** One pattern for each type that is met, for `{type}` stands in it; a broken one is told before anything is judged. */
function readPatterns(environment: Environment, scope: NameScope): Patterns {
  const { pattern, types } = environment.policy.naming;
  const { subsystem, organization } = environment;
  const read = (written: string, type: string): ReadPattern =>
    readPattern(written, {
      project: environment.project,
      environment: environment.name,
      type: type.replace(/^[a-z0-9]+_/, "").replaceAll("_", "-"),
      ...(subsystem === undefined ? {} : { subsystem }),
      ...(organization === undefined ? {} : { organization }),
      ...(scope.region === undefined ? {} : { region: scope.region }),
      ...(scope.account === undefined ? {} : { account: scope.account }),
    });
  const all = [
    ...(pattern === undefined ? [] : [["naming.pattern", pattern] as const]),
    ...Object.entries(types).map(([type, written]) => [`naming.types.${type}`, written] as const),
  ];
  for (const [key, written] of all) {
    const answer = read(written, "x_y");
    if (!answer.ok) return { ok: false, why: `${key} of faber.yaml: ${answer.why}` };
  }
  const made = new Map<string, NamePattern | undefined>();
  const patternOf: PatternOf = (type) => {
    if (!made.has(type)) {
      const written = types[type] ?? pattern;
      const answer = written === undefined ? undefined : read(written, type);
      made.set(type, answer?.ok ? answer.pattern : undefined);
    }
    return made.get(type);
  };
  return { ok: true, patternOf };
}

interface Setting {
  readonly patternOf: PatternOf;
  readonly isIgnored: (address: string) => boolean;
  readonly isNamedInPolicy: (type: string) => boolean;
  readonly schemas?: ResourceSchemas;
}

export interface JudgedNames {
  readonly findings: readonly Finding[];
  readonly names: number;
  readonly limits: number;
  readonly generated: number;
  readonly ignored: number;
  readonly later: readonly string[];
}

function judgeAll(resources: readonly PlannedResource[], setting: Setting): JudgedNames {
  const findings: Finding[] = [];
  const later: string[] = [];
  const counts = { names: 0, limits: 0, generated: 0, ignored: 0 };
  for (const resource of resources) {
    const limited = refusal(resource);
    if (limited !== undefined) counts.limits += 1;
    if (limited?.finding !== undefined) findings.push(limited.finding);
    const pattern = setting.patternOf(resource.type);
    if (pattern === undefined) continue;
    const own = ownName(resource, {
      always: setting.isNamedInPolicy(resource.type),
      ...(setting.schemas === undefined ? {} : { schemas: setting.schemas }),
    });
    if (own.kind === "none" || own.kind === "secret") continue;
    if (setting.isIgnored(resource.address)) counts.ignored += 1;
    else if (own.kind === "unknown") later.push(resource.address);
    else {
      counts.names += 1;
      if (own.kind === "prefixed") counts.generated += 1;
      const miss = missOf(resource, own, pattern);
      if (miss !== undefined) findings.push(miss);
    }
  }
  return { findings, later, ...counts };
}

/** What the cloud says to the name of something that is going to be made; what exists has been taken already. */
function refusal(resource: PlannedResource): { readonly finding?: Finding } | undefined {
  const limit = nameLimits[resource.type];
  if (limit === undefined || (resource.fate !== "create" && resource.fate !== "replace")) return undefined;
  const own = ownName(resource, { always: true });
  if (own.kind !== "named" && own.kind !== "prefixed") return undefined;
  const text = own.kind === "named" ? own.name : own.prefix;
  const why = own.kind === "named" ? refusalOf(text, limit) : refusalOfPrefix(text, limit);
  if (why === undefined) return {};
  return {
    finding: {
      rule: limitRule,
      severity: "HIGH",
      address: resource.address,
      message: `${own.argument} ${JSON.stringify(text)}: ${why}`,
      remedy: `the apply would fail: choose another name (${limit.source})`,
      scanners: ["faber"],
    },
  };
}

/** A prefix is as good as its name when something behind it would make it match. */
function missOf(
  { address }: PlannedResource,
  own: Extract<OwnName, { readonly kind: "named" | "prefixed" }>,
  pattern: NamePattern,
): Finding | undefined {
  const text = own.kind === "named" ? own.name : own.prefix;
  const forms = namesToMatch(text);
  const matches = forms.some(
    (form) => pattern.matches(form) || (own.kind === "prefixed" && pattern.matches(`${form}x`)),
  );
  if (matches) return undefined;
  const suggested = own.kind === "named" ? pattern.suggest(forms.at(-1) ?? text) : undefined;
  return {
    rule: "name-pattern",
    severity: "MEDIUM",
    address,
    message: `${own.argument} ${JSON.stringify(text)} is not ${pattern.shown}`,
    ...(suggested === undefined ? {} : { remedy: `for example ${suggested}` }),
    scanners: ["faber"],
  };
}

function reasonOf({ names, limits, later }: JudgedNames, hasPattern: boolean): string {
  const open = later.length === 0 ? "" : `, ${later.length} known only after the deploy`;
  const matched = hasPattern ? `${names} held against the pattern, ` : "";
  return `${matched}${limits} against the limits of the cloud${open}`;
}
