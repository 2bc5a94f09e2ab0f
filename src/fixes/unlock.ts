import type { StateLock } from "../../handlers/iac/mending.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { isoOfGoTime, millisecondsOf } from "../core/time.ts";
import type { Fix, FixOffer, FixSituation, Workshop } from "./contract.ts";
import { refuse } from "./refuse.ts";
import { valueOf } from "./told-error.ts";

/** Removes a lock that a dead run of ours holds for certain; whose any other is, and how old, is told. */
export function unlock(workshop: Workshop): Fix {
  return {
    name: "unlock",
    impact: "low",
    spendsTry: true,
    description: "Remove the state lock that a dead run of faber left behind",
    appliesTo: (diagnosis) => lockIn(diagnosis.message) !== undefined,
    offer: (situation) => offer(workshop, situation),
  };
}

async function offer({ iac, clock }: Workshop, { diagnosis }: FixSituation): Promise<FixOffer> {
  const lock = lockIn(diagnosis.message);
  if (!lock || !iac.mending) return refuse("the failure does not tell which lock it is");
  const { locks } = iac.mending;
  const holder = await locks.holder(lock);
  const age = ageOf(lock, clock.now());
  if (holder.kind === "other") {
    const held = `the lock ${lock.id} is held by ${lock.who ?? "somebody"} (${lock.operation ?? "?"}${age}): ${holder.why}`;
    return refuse(held, [
      "wait for it to end, or ask whoever it is",
      `once that run is dead for certain: ${iac.tool.command} force-unlock ${lock.id}`,
    ]);
  }
  const whose = `run ${holder.runId} (process ${holder.pid}, ${holder.command}), which is gone`;
  return {
    kind: "offered",
    summary: `remove the lock ${lock.id} of ${whose}`,
    diff: [
      `- lock ${lock.id}${lock.path === undefined ? "" : ` on ${lock.path}`}`,
      `  held by ${lock.who ?? "?"}${age}: ${whose}`,
    ],
    confidence: "high",
    impact: "low",
    perform: async () => {
      // Between looking and doing somebody else may have taken the lock: Terraform compares the ID.
      valueOf(await locks.unlock(lock.id), "removing the lock");
      return { summary: `removed the lock ${lock.id} of ${whose}` };
    },
  };
}

/** The lock that stands in the way, from Terraform's own lines about it. */
export function lockIn(message: Diagnosis["message"]): StateLock | undefined {
  if (!/Error (?:acquiring the state lock|locking state)/i.test(message)) return undefined;
  const line = (name: string, value: string): string | undefined =>
    new RegExp(`\\b${name}: {1,10}(${value})`).exec(message)?.[1];
  const id = line("ID", "[\\w-]{1,64}");
  if (id === undefined) return undefined;
  const [path, operation, who] = [
    line("Path", "\\S{1,300}"),
    line("Operation", "\\w{1,60}"),
    line("Who", "\\S{1,200}"),
  ];
  const written = line("Created", "\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})? \\+0000 UTC");
  const created = written === undefined ? undefined : isoOfGoTime(written);
  return {
    id,
    ...(path === undefined ? {} : { path }),
    ...(operation === undefined ? {} : { operation }),
    ...(who === undefined ? {} : { who }),
    ...(created === undefined ? {} : { created }),
  };
}

function ageOf({ created }: StateLock, now: Date): string {
  if (created === undefined) return "";
  const minutes = Math.max(0, Math.round((now.getTime() - millisecondsOf(created)) / 60_000));
  const age = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return `, since ${created.slice(0, 19)}Z, ${age} ago`;
}
