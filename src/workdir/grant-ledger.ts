import { open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isObject, parseObject, type JsonValue } from "../core/json.ts";
import { makePrivateDir, unwritable } from "./atomic-file.ts";

/** One line of the audit file. Times are ISO 8601, UTC. */
export interface LedgerEntry {
  readonly at: string;
  /**
   * `intent` is on the disk before IAM is asked, `granted` or `failed` after; so are `revoking` and `revoked`.
   * `reviewed`: a policy was written out for somebody else to attach.
   */
  readonly event: "intent" | "granted" | "failed" | "revoking" | "revoked" | "reviewed";
  readonly grant: string;
  readonly project: string;
  readonly environment: string;
  readonly account: string;
  /** ARN of the deploy identity. */
  readonly deployer: string;
  /** ARN of whoever asked IAM; absent where nobody did. */
  readonly grantor?: string;
  /** The user's name on this machine. */
  readonly by: string;
  readonly run: string;
  /** IDs of the issues that it is for. */
  readonly why: readonly string[];
  readonly until?: string;
  readonly types?: readonly string[];
  readonly statements?: readonly JsonValue[];
  /** Names of the policies that hold it. */
  readonly policies?: readonly string[];
  readonly error?: string;
}

export function ledgerFile(stateDir: string): string {
  return join(stateDir, "grants.ndjson");
}

/** Adds a line, and returns when it is on the disk. A line is never changed or taken away. */
export async function appendToLedger(stateDir: string, entry: LedgerEntry): Promise<void> {
  const file = ledgerFile(stateDir);
  try {
    await makePrivateDir(dirname(file));
    const handle = await open(file, "a+", 0o600);
    try {
      // A line that a crash cut off must not swallow this one.
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const gap = size > 0 && last.toString() !== "\n" ? "\n" : "";
      await handle.appendFile(`${gap}${JSON.stringify(entry)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Every entry, oldest first; a line that a crash cut off is left out. */
export async function readLedger(stateDir: string): Promise<readonly LedgerEntry[]> {
  const text = await readFile(ledgerFile(stateDir), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  const values: readonly unknown[] = text.split("\n").map(parseObject);
  return values.filter(isEntry);
}

function isEntry(value: unknown): value is LedgerEntry {
  if (!isObject(value)) return false;
  return ["at", "event", "grant", "environment", "deployer"].every((key) => typeof value[key] === "string");
}
