import type { Environment } from "../../core/environment.ts";
import { counts, worstFirst, type Finding, type Severity } from "../../core/finding.ts";
import { gate } from "../../core/gate.ts";
import type { JsonValue } from "../../core/json.ts";
import type { CheckContext } from "../contract.ts";
import type { Seen } from "./seen.ts";
import type { TestStatus } from "../../core/result.ts";
import type { Outcome } from "../outcome.ts";

export const name = "health_checks";

/** More things than these are only counted. */
const resultsShown = 200;

/**
 * What is down is CRITICAL, and fails whatever the gate's limits are; what works and needs somebody to look is HIGH.
 * Where faber.yaml says `on_failure: warn`, and the environment is not protected, both are MEDIUM. What got no answer
 * never passes.
 */
export function judge(all: readonly Seen[], { environment, accept }: CheckContext): Outcome {
  const asked = all.filter(({ state }) => state !== "unchecked" && state !== "broken");
  const figures = figuresOf(all);
  const requirement = environment.protected ? "required" : "expected";
  const found = all.flatMap((seen) => findingOf(seen, environment));
  const findings = accept(found).toSorted(worstFirst);
  const reason = unansweredWords(all);
  if (all.some((seen) => isBlocking(seen, environment)))
    return { status: failedOr("ERROR", findings), findings, requirement, figures, ...reason };
  if (asked.length === 0) return { status: "SKIPPED", findings, requirement, figures, ...reason };
  const judged = failedOr(gate({ kind: "findings", findings, limits: environment.gate }), findings);
  const status = judged === "PASS" && reason !== undefined ? "WARN" : judged;
  return { status, findings, requirement, figures, ...reason };
}

/** A health check that never passed is a FAIL, however many critical findings the gate would let pass. */
function failedOr(otherwise: TestStatus, findings: readonly Finding[]): TestStatus {
  return findings.some((finding) => finding.severity === "CRITICAL" && counts(finding)) ? "FAIL" : otherwise;
}

/** A question that is wrong, or that must be answered and was not. */
function isBlocking({ state, check }: Seen, environment: Environment): boolean {
  if (state === "broken") return true;
  return state === "unchecked" && check !== undefined && (check.required || environment.protected);
}

function findingOf(seen: Seen, environment: Environment): readonly Finding[] {
  if (seen.state !== "unhealthy" && seen.state !== "degraded") return [];
  const { check, attempts } = seen;
  const tried = attempts === 1 ? "" : ` (looked ${attempts} times)`;
  return [
    {
      rule: `health-${seen.kind.replace(/^[a-z]+_(?=.)/, "").replaceAll("_", "-")}`,
      severity: severityOf(seen, environment),
      message: `${seen.saw}${tried}`,
      address: seen.id,
      ...(check === undefined ? {} : { at: placeOf(check.source) }),
      ...(seen.remedy === undefined ? {} : { remedy: seen.remedy }),
      scanners: [name],
    },
  ];
}

function severityOf({ state, check }: Seen, environment: Environment): Severity {
  const onFailure = environment.protected ? "fail" : (check ?? environment.healthPolicy).onFailure;
  if (onFailure === "warn") return "MEDIUM";
  return state === "unhealthy" ? "CRITICAL" : "HIGH";
}

/** From `faber.yaml:12:9`. */
function placeOf(source: string): NonNullable<Finding["at"]> {
  const [, file = source, line, column] = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(source) ?? [];
  return {
    file,
    ...(line === undefined ? {} : { line: Number(line) }),
    ...(column === undefined ? {} : { column: Number(column) }),
  };
}

function unansweredWords(all: readonly Seen[]): { readonly reason: string } | undefined {
  const broken = all.find(({ state }) => state === "broken");
  if (broken !== undefined) return { reason: `${broken.id} cannot be asked: ${broken.saw}` };
  const open = all.filter(({ state }) => state === "unchecked");
  const [first] = open;
  if (first === undefined) return undefined;
  const count = `${open.length} ${open.length === 1 ? "question" : "questions"} got no answer`;
  return { reason: `${count}, e.g. for ${first.id}: ${first.saw}` };
}

/** `healthy_resources` and `unhealthy_resources` are numbers, as in seed 002. */
export function figuresOf(all: readonly Seen[]): Readonly<Record<string, JsonValue>> {
  const count = (...states: readonly Seen["state"][]): number =>
    all.filter(({ state }) => states.includes(state)).length;
  const worth = all.filter(({ check, state }) => check !== undefined || state !== "healthy");
  return {
    checked: count("healthy", "degraded", "unhealthy"),
    healthy_resources: count("healthy"),
    degraded_resources: count("degraded"),
    unhealthy_resources: count("unhealthy"),
    unchecked_total: count("unchecked", "broken"),
    attempts: Math.max(0, ...all.map(({ attempts }) => attempts)),
    last_seen: worth
      .slice(0, resultsShown)
      .map(({ id, kind, state, saw, attempts }) => ({ name: id, kind, state, attempts, saw })),
  };
}
