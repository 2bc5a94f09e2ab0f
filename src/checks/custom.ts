import type { ToldToCommand } from "../../handlers/commands/contract.ts";
import { told, whyOf, type Told } from "../core/diagnostic.ts";
import { countBySeverity, worstFirst } from "../core/finding.ts";
import { gate } from "../core/gate.ts";
import type { JsonValue } from "../core/json.ts";
import type { CustomTest } from "../core/policy.ts";
import type { TestResult } from "../core/result.ts";
import type { Check, CheckContext } from "./contract.ts";

/** A test of the user's own, judged by the same gate as ours. */
export function customCheck(test: CustomTest): Check {
  return {
    name: test.name,
    phase: test.phase,
    run: async (context) => {
      const started = context.clock.monotonic();
      const result = await runTest(test, context);
      const duration_ms = Math.round(context.clock.monotonic() - started);
      return { name: test.name, duration_ms, requirement: test.requirement, ...result };
    },
  };
}

type Outcome = Pick<TestResult, "status" | "findings" | "figures"> & { readonly reason?: string };

async function runTest(test: CustomTest, context: CheckContext): Promise<Outcome> {
  const plan = await context.plan();
  const facts = await factsOfStack(test, context);
  if (!facts.ok) {
    const reason = `the outputs cannot be read: ${whyOf(facts.diagnostics)}`;
    return { status: "ERROR", reason, findings: [], figures: {} };
  }
  const outcome = await context.commands.test(test, {
    ...(plan === undefined ? {} : { plan }),
    ...facts.value,
    signal: context.signal,
  });
  if (outcome.kind === "missing")
    return { status: "SKIPPED", reason: outcome.reason, findings: [], figures: {} };
  if (outcome.kind === "broken") {
    const figures = { timed_out: outcome.timedOut };
    return { status: "ERROR", reason: outcome.reason, findings: [], figures };
  }
  const findings = context.accept(outcome.findings).toSorted(worstFirst);
  return {
    status: gate({ kind: "findings", findings, limits: context.environment.gate }),
    findings,
    figures: { ...outcome.figures, by_severity: { ...countBySeverity(findings) } },
  };
}

/**
 * What a command is told of the deployed stack: outputs that are not sensitive, as whoever may look at processes reads
 * a command's environment. Policies and Terraform's own tests take none. A command that is told nothing because
 * nothing could be read would test nothing, and pass.
 */
async function factsOfStack(
  { phase, how }: CustomTest,
  context: CheckContext,
): Promise<Told<Pick<ToldToCommand, "outputs" | "endpoints">>> {
  if (phase !== "post-deployment" || how.kind !== "command") return told({});
  const answer = await context.iac.output();
  if (!answer.ok) return answer;
  const shown = Object.entries(answer.value).filter(([, output]) => !output.sensitive);
  const outputs = Object.fromEntries(shown.map(([name, output]) => [name, output.value ?? null]));
  return told({ outputs, endpoints: endpointsIn(outputs, context) });
}

/** An emulator prints other addresses than it serves. */
function endpointsIn(
  outputs: Readonly<Record<string, JsonValue>>,
  { hosting }: CheckContext,
): Readonly<Record<string, string>> {
  const urls = Object.entries(outputs).flatMap(([name, value]) =>
    typeof value === "string" && /^(?:https?|wss?):\/\//.test(value) ? [[name, value] as const] : [],
  );
  return Object.fromEntries(urls.map(([name, url]) => [name, hosting?.reachable(url) ?? url]));
}
