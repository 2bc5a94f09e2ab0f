import type { Inspection } from "../../handlers/hosting/contract.ts";
import { whyOf } from "../core/diagnostic.ts";
import { worstFirst, type Finding } from "../core/finding.ts";
import { gate } from "../core/gate.ts";
import type { JsonValue } from "../core/json.ts";
import type { Resource } from "../core/resource.ts";
import type { Check, CheckContext } from "./contract.ts";
import { sessionLost } from "./session-lost.ts";
import { broken, checkOf, skipped, type Outcome } from "./outcome.ts";

type Look = (resources: readonly Resource[], signal: AbortSignal) => Promise<Inspection>;

export interface InspectionCheck {
  readonly name: string;
  readonly look: (context: CheckContext) => Look | undefined;
  /** Why there is nothing to do where no resource is of a type that is looked at. */
  readonly nothing: string;
}

/** More questions without an answer than these are only counted. */
const uncheckedShown = 50;

/**
 * A test that looks at the live account and judges what it sees by the gate. A question that got no answer never
 * passes: the test is SKIPPED when all are such, and WARN at best when some are. Its figures: `resources_checked`,
 * `unchecked_total`, and `unchecked`: what was not answered and why.
 */
export function inspectionCheck({ name, look, nothing }: InspectionCheck): Check {
  return checkOf({ name, phase: "post-deployment" }, async (context) =>
    inspect({ name, nothing, context, look: look(context) }),
  );
}

interface Job {
  readonly name: string;
  readonly nothing: string;
  readonly context: CheckContext;
  readonly look: Look | undefined;
}

async function inspect({ name, nothing, context, look }: Job): Promise<Outcome> {
  if (context.hosting === undefined) return skipped("the root uses no cloud");
  if (look === undefined) return skipped("this hosting cannot be asked");
  const state = await context.iac.resources();
  if (!state.ok) return broken(`the state cannot be read: ${whyOf(state.diagnostics)}`);
  try {
    return judge(await look(state.value, context.signal), { name, nothing, context });
  } catch (error) {
    const lost = sessionLost(error);
    if (lost === undefined) throw error;
    return { status: "ERROR", findings: [], requirement: "expected", figures: {}, ...lost };
  }
}

function judge(
  inspection: Inspection,
  { name, nothing, context }: Pick<Job, "name" | "nothing" | "context">,
): Outcome {
  const { observations, checked, unchecked } = inspection;
  if (checked.length === 0 && unchecked.length === 0) return skipped(nothing);
  const requirement = context.environment.protected ? "required" : "expected";
  const found = observations.map((one): Finding => ({ ...one, scanners: [name] }));
  const findings = context.accept(found).toSorted(worstFirst);
  const common = { findings, requirement, figures: figuresOf(inspection) } as const;
  const status = gate({ kind: "findings", findings, limits: context.environment.gate });
  const [open] = unchecked;
  // Where findings decide, what was not answered stands in the figures alone.
  if (open === undefined || status !== "PASS") return { status, ...common };
  const reason = `${unchecked.length} ${unchecked.length === 1 ? "question" : "questions"} of ${name} got no answer, e.g. ${open.call} for ${open.address}: ${open.why}`;
  const isAnything = checked.length > 0 || findings.length > 0;
  return { status: isAnything ? "WARN" : "SKIPPED", reason, ...common };
}

function figuresOf({ checked, unchecked, figures }: Inspection): Readonly<Record<string, JsonValue>> {
  return {
    resources_checked: checked.length,
    ...figures,
    unchecked_total: unchecked.length,
    unchecked: unchecked.slice(0, uncheckedShown).map((one) => ({ ...one })),
  };
}
