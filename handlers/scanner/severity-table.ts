import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { severities, type Severity } from "../../src/core/finding.ts";
import { objectAt, stringAt } from "../../src/core/json.ts";
import { packageRoot } from "../../src/workdir/package-root.ts";

/** Faber's own judgement of a rule that its scanner gives no severity for. */
interface Judgement {
  readonly severity: Severity;
  /** What is at stake, in a few words. */
  readonly why: string;
  /** Where the judgement comes from. */
  readonly source: string;
}

export type SeverityTable = ReadonlyMap<string, Judgement>;

/** The table for Checkov, by rule ID. A rule that is not in it is UNKNOWN. */
export async function checkovSeverities(): Promise<SeverityTable> {
  return severityTable(JSON.parse(await readFile(asset("checkov-severities.json"), "utf8")));
}

/** Resource types that Checkov has rules of their own for, so that it must count one when it reads one. */
export async function checkovTypes(): Promise<ReadonlySet<string>> {
  const types: unknown = JSON.parse(await readFile(asset("checkov-types.json"), "utf8"));
  return new Set(Array.isArray(types) ? types.map(String) : []);
}

/** Entries with an unknown severity are an error of the table and throw. */
export function severityTable(document: unknown): SeverityTable {
  return new Map(
    Object.entries(objectAt(objectAt(document)["rules"])).map(([rule, entry]) => {
      const { severity, why, source } = objectAt(entry);
      const known = severities.find((candidate) => candidate === severity);
      if (known === undefined) throw new Error(`severity table: ${rule} has no known severity`);
      return [rule, { severity: known, why: stringAt(why) ?? "", source: stringAt(source) ?? "" }];
    }),
  );
}

function asset(name: string): string {
  return join(packageRoot(import.meta.url), "handlers/scanner/assets", name);
}
