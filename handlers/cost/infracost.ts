import { rm } from "node:fs/promises";
import { join } from "node:path";
import { safeLine } from "../../src/core/safe-text.ts";
import { describeEnd, run, succeeded, type Ran } from "../../src/process/run.ts";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import type { AskSecondOpinion, SecondOpinion } from "./contract.ts";
import { readInfracost } from "./infracost-report.ts";

export interface InfracostPlace {
  /** Path or command name. */
  readonly program: string;
  /** With INFRACOST_API_KEY, and without anything that opens a cloud account. */
  readonly env: Readonly<Record<string, string>>;
  readonly scratchDir: string;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

const tool = "infracost";
const defaultTimeoutMs = 120_000;

/** Infracost over a plan that is there already: it needs no Terraform, and asks its own service for prices. */
export function openInfracost(place: InfracostPlace): AskSecondOpinion {
  const { program, signal, timeoutMs = defaultTimeoutMs } = place;
  const env = { ...place.env, INFRACOST_SKIP_UPDATE_CHECK: "true" };
  return async (plan) => {
    const file = join(place.scratchDir, "infracost-plan.json");
    await writeFileAtomically(file, JSON.stringify(plan));
    try {
      const argv = [program, "breakdown", "--path", file, "--format", "json", "--no-color"] as const;
      const [ran, version] = await Promise.all([
        run(argv, { env, signal, timeoutMs, cwd: place.scratchDir }),
        run([program, "--version"], { env, signal, timeoutMs: 10_000 }),
      ]);
      return opinionOf(ran, /v?(\d+\.\d+\.\d+\S*)/.exec(version.stdout)?.[1] ?? "unknown");
    } finally {
      // It holds what the plan holds.
      await rm(file, { force: true });
    }
  };
}

function opinionOf(ran: Ran, version: string): SecondOpinion {
  if (!succeeded(ran))
    return { ok: false, tool, why: `infracost: ${describeEnd(ran.ended)}${lastWords(ran)}` };
  const read = readInfracost(ran.stdout);
  return "why" in read
    ? { ok: false, tool, why: `infracost: ${read.why}` }
    : { ok: true, tool, version, ...read };
}

/** The end of what it said, where programs put the reason. */
function lastWords({ stderr }: Ran): string {
  const line = stderr.split("\n").findLast((each) => each.trim() !== "");
  return line === undefined ? "" : ` (${safeLine(line.trim()).slice(0, 200)})`;
}
