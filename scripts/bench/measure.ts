import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

export interface Timed {
  readonly seconds: number;
  /** Peak resident memory of a Node process in MiB; absent for other programs. */
  readonly peakMiB?: number;
  readonly stdout: string;
}

/** Runs a command as a whole process; throws when it does not exit as it should. */
export function time(
  argv: readonly [string, ...string[]],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly codes?: readonly number[];
  } = {},
): Timed {
  const [file, ...args] = argv;
  const peakFile = join(tmpdir(), `faber-bench-${process.pid}.peak`);
  const started = performance.now();
  const ended = spawnSync(file, args, {
    cwd: options.cwd,
    env: { ...(options.env ?? process.env), FABER_BENCH_PEAK: peakFile },
    encoding: "utf8",
    maxBuffer: 1024 ** 3,
  });
  const seconds = (performance.now() - started) / 1_000;
  if (!(options.codes ?? [0]).includes(ended.status ?? -1)) {
    throw new Error(
      `${argv.join(" ")} exited with ${ended.status}: ${ended.stderr.slice(-2_000)}${ended.stdout.slice(-500)}`,
    );
  }
  return { seconds, ...peakOf(peakFile), stdout: ended.stdout };
}

/** For NODE_OPTIONS: the process writes its own peak when it ends. */
export const reportPeak = `--import=data:text/javascript,${encodeURIComponent(
  'import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(process.env.FABER_BENCH_PEAK,String(process.resourceUsage().maxRSS)))',
)}`;

function peakOf(file: string): { peakMiB?: number } {
  try {
    return { peakMiB: Number(readFileSync(file, "utf8")) / 1024 };
  } catch {
    return {}; // Not a Node process, or not asked to report.
  } finally {
    rmSync(file, { force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Runs two things in turn, A B A B, so that a machine whose speed drifts slows both. */
export function pairs<T>(
  runs: number,
  a: () => T,
  b: () => T,
): { readonly a: readonly T[]; readonly b: readonly T[] } {
  const result = { a: [] as T[], b: [] as T[] };
  for (let run = 0; run < runs; run += 1) {
    result.a.push(a());
    result.b.push(b());
  }
  return result;
}

/** Median of the ratios A/B, pair by pair. */
export function ratioOf(a: readonly number[], b: readonly number[]): number {
  return median(a.map((value, index) => value / (b[index] ?? Number.NaN)));
}

export function row(name: string, value: string, limit: string, ok: boolean): string {
  return `${ok ? "✓" : "✗"} ${name.padEnd(52)} ${value.padStart(24)}   ${limit}`;
}
