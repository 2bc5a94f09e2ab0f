import type { Concern, ScanOutcome, Scanner } from "../../handlers/scanner/contract.ts";
import { allEnded } from "../core/all-ended.ts";
import { FaberError, messageOf } from "../core/error.ts";
import type { CheckContext } from "./contract.ts";
import { mergeFindings, type MergedFindings } from "./merge-findings.ts";

/** A scan takes seconds; one that takes this long hangs, and a deploy must not hang with it. */
export const scanBudgetMs = 120_000;

/** What one scanner came to, beside the others. */
export interface SharedScan extends MergedFindings {
  readonly scanner: string;
  readonly outcome: ScanOutcome;
  readonly durationMs: number;
}

type ScanContext = Omit<CheckContext, "scans" | "refreshed">;

/** The scans of a phase: whoever asks first starts all of them, and they are made once. */
export function shareScans(
  context: ScanContext,
  timeoutMs: number = scanBudgetMs,
): () => Promise<readonly SharedScan[]> {
  let scans: Promise<readonly SharedScan[]> | undefined;
  return () => (scans ??= scanAll(context, timeoutMs));
}

/** All scanners side by side, within the same time; then what they found is accepted and merged. */
async function scanAll(context: ScanContext, timeoutMs: number): Promise<readonly SharedScan[]> {
  const ran = await allEnded(
    context.scanners
      .filter(
        (scanner) => scanner.extra !== true || context.environment.toolPaths[scanner.name] !== undefined,
      )
      .map(async (scanner) => {
        const started = context.clock.monotonic();
        const outcome = await scanWith(scanner, context, timeoutMs);
        return { scanner, outcome, durationMs: Math.round(context.clock.monotonic() - started) };
      }),
  );
  const merged = mergeFindings(
    ran.map(({ scanner, outcome }) => ({ test: scanner.test, found: accepted(outcome, context) })),
  );
  return ran.map(({ scanner, outcome, durationMs }, index) => ({
    scanner: scanner.name,
    outcome,
    durationMs,
    ...(merged[index] ?? { listed: [], seen: [], listedIn: {} }),
  }));
}

async function scanWith(scanner: Scanner, context: ScanContext, timeoutMs: number): Promise<ScanOutcome> {
  const toolPath = context.environment.toolPaths[scanner.name];
  try {
    return await scanner.scan({
      root: context.iac.root,
      varFiles: context.environment.varFiles,
      processEnv: context.toolEnv,
      ...(toolPath === undefined ? {} : { toolPath }),
      plan: async () => {
        const plan = await context.plan();
        // What is to be destroyed has no planned values.
        return plan?.scope.kind === "deploy" ? plan.document : undefined;
      },
      signal: context.signal,
      timeoutMs,
    });
  } catch (error) {
    if (error instanceof FaberError) throw error;
    return { kind: "broken", reason: `the scan itself failed: ${messageOf(error)}`, timedOut: false };
  }
}

function accepted(
  outcome: ScanOutcome,
  { accept }: ScanContext,
): readonly { readonly finding: ReturnType<CheckContext["accept"]>[number]; readonly concern?: Concern }[] {
  if (outcome.kind !== "scanned") return [];
  const concerns = outcome.findings.map((finding) => finding.concern);
  const plain = outcome.findings.map(({ concern: _concern, ...finding }) => finding);
  return accept(plain).map((finding, index) => {
    const concern = concerns[index];
    return concern === undefined ? { finding } : { finding, concern };
  });
}
