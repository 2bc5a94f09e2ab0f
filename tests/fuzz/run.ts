import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "../helpers/random.ts";
import { longestInput } from "./mutate.ts";
import { targets, type Target } from "./targets.ts";

/** Milliseconds of the processor that one input of 10 kB may take. */
const mostMs = 100;
const triesWhenSlow = 3;

/** What came of one target. */
export interface FuzzResult {
  readonly name: string;
  readonly inputs: number;
  readonly slowestMs: number;
  readonly seconds: number;
  /** Seeds with what broke, the first few. */
  readonly broken: readonly { readonly seed: number; readonly why: string }[];
}

/** Gives `count` inputs to all targets together; the same `seed` gives the same inputs. */
export async function fuzz(
  count: number,
  seed: number,
  say: (result: FuzzResult) => void = () => undefined,
): Promise<readonly FuzzResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "faber-fuzz-"));
  const run = join(folder, "runs", "20261121T090000Z-aaaaaa");
  mkdirSync(run, { recursive: true });
  const results: FuzzResult[] = [];
  try {
    for (const target of targets(folder, (text) => writeFileSync(join(run, "journal.ndjson"), text))) {
      const result = await fuzzOne(target, Math.ceil(count * target.share), seed);
      say(result);
      results.push(result);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

async function fuzzOne({ name, take }: Target, inputs: number, seed: number): Promise<FuzzResult> {
  const broken: { readonly seed: number; readonly why: string }[] = [];
  let slowestMs = 0;
  const started = performance.now();
  for (let index = 0; index < inputs && broken.length < 5; index += 1) {
    const own = seed + index * 7_919;
    try {
      const ms = await timed(() => take(createRandom(own)));
      slowestMs = Math.max(slowestMs, ms);
      if (ms > mostMs)
        broken.push({ seed: own, why: `${ms.toFixed(0)} ms for at most ${longestInput} characters` });
    } catch (error) {
      broken.push({
        seed: own,
        why: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
  const seconds = (performance.now() - started) / 1_000;
  return { name, inputs, slowestMs, seconds, broken };
}

/** By the clock; what seems slow again by the processor's time, for a busy machine makes no input slow. */
async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  let best = performance.now() - started;
  for (let again = 0; best > mostMs && again < triesWhenSlow; again += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}
