import { readFile, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FaberError } from "../../src/core/error.ts";
import { canonicalJson, isObject, sha256, type JsonObject, type JsonValue } from "../../src/core/json.ts";
import { writeFileAtomically } from "../../src/workdir/atomic-file.ts";
import type { Scanned, Scanner, ScanOutcome, ScanSetting } from "./contract.ts";
import { planForScan } from "./plan-for-scan.ts";
import { planSeesMore } from "./plan-sees-more.ts";
import { scanKey } from "./scan-key.ts";

/** Results that are kept: enough for a few branches and environments. */
const mostKept = 64;
const schema = "faber.scan/1";

export interface ScanCache {
  /** Absolute; made when something is kept. */
  readonly dir: string;
  readonly faberVersion: string;
}

/**
 * A scanner that is not run again over what it has seen: the same files, variables, plan, rules and program.
 * Only what was scanned is kept, never what broke; what cannot be read back is scanned again.
 */
export function withCache(scanner: Scanner, cache: ScanCache): Scanner {
  return { ...scanner, scan: (setting) => scanOrReuse(scanner, setting, cache) };
}

async function scanOrReuse(scanner: Scanner, setting: ScanSetting, cache: ScanCache): Promise<ScanOutcome> {
  const source = await scanKey(scanner, setting, cache.faberVersion);
  if (source === undefined) return scanner.scan(setting);
  const plan = scanner.readsPlan === true ? setting.plan : undefined;
  const prefix = `${scanner.name}-${source.slice(0, 32)}`;
  // The scanner starts before the plan is there, unless it is likely that it need not start at all.
  const likely = (await namesIn(cache.dir)).some((name) => name.startsWith(prefix));
  const document = plan && likely ? await plan() : undefined;
  if (likely) {
    const kept = await read(join(cache.dir, fileName(prefix, document)));
    if (kept !== undefined) return { ...kept, reused: true };
  }
  const outcome = await scanner.scan(plan && likely ? { ...setting, plan: async () => document } : setting);
  if (outcome.kind !== "scanned" || setting.signal.aborted) return outcome;
  // What changed meanwhile (modules are fetched at the same time) may have been read or not.
  if ((await scanKey(scanner, setting, cache.faberVersion)) === source)
    await keep(join(cache.dir, fileName(prefix, document ?? (await plan?.()))), outcome, cache.dir);
  return outcome;
}

function fileName(prefix: string, plan: JsonObject | undefined): string {
  // A plan that says nothing more is not scanned.
  if (plan === undefined || !planSeesMore(plan)) return `${prefix}.json`;
  const seen = sha256(JSON.stringify(planForScan(plan)));
  return `${prefix}-${seen.slice(0, 32)}.json`;
}

async function namesIn(dir: string): Promise<readonly string[]> {
  // Nothing is kept yet.
  return readdir(dir).catch(() => []);
}

/** The result with its own hash beside it: half a file, or one that somebody changed, is none. */
async function read(file: string): Promise<Scanned | undefined> {
  try {
    const entry: unknown = JSON.parse(await readFile(file, "utf8"));
    if (!isObject(entry) || entry["schema_version"] !== schema) return undefined;
    const outcome = entry["outcome"];
    if (outcome === undefined || entry["sha256"] !== sha256(canonicalJson(outcome))) return undefined;
    return isScanned(outcome) ? outcome : undefined;
  } catch {
    // Not there or damaged: it is scanned again.
    return undefined;
  }
}

/** What the hash vouches for was written by `keep`, from a value of this type. */
function isScanned(value: unknown): value is Scanned {
  return isObject(value) && value["kind"] === "scanned" && Array.isArray(value["findings"]);
}

async function keep(file: string, outcome: Scanned, dir: string): Promise<void> {
  const plain = JSON.parse(JSON.stringify(outcome)) as JsonValue;
  const entry = { schema_version: schema, sha256: sha256(canonicalJson(plain)), outcome: plain };
  try {
    await writeFileAtomically(file, JSON.stringify(entry));
    await dropOldest(dir);
  } catch (error) {
    // The scan is done; where its result cannot be kept, the next one takes as long as this one.
    if (!(error instanceof FaberError)) throw error;
  }
}

async function dropOldest(dir: string): Promise<void> {
  const names = (await namesIn(dir)).filter((name) => name.endsWith(".json"));
  if (names.length <= mostKept) return;
  const aged = await Promise.all(
    names.map(async (name) => ({
      name,
      // Another run may have dropped it meanwhile.
      at: (await stat(join(dir, name)).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  );
  const oldest = aged.sort((a, b) => b.at - a.at).slice(mostKept);
  for (const { name } of oldest) await rm(join(dir, name), { force: true });
}
