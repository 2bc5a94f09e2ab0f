import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { allEnded } from "../../src/core/all-ended.ts";
import { arrayAt, objectAt, stringAt, type JsonValue } from "../../src/core/json.ts";
import { packageRoot } from "../../src/workdir/package-root.ts";
import type { Concern, Scanner } from "./contract.ts";

/** Concerns by scanner and rule. */
export type ConcernTable = ReadonlyMap<string, Concern>;

/** Names a scanner's rule in the table; Trivy's IDs lost their prefix in newer versions. */
export function concernOf(table: ConcernTable, scanner: string, rule: string): Concern | undefined {
  return table.get(`${scanner} ${rule}`) ?? table.get(`${scanner} AVD-${rule}`);
}

/** Reads `assets/concerns.json`; a rule that is in two concerns is an error of the table and throws. */
export function concernTable(document: JsonValue): ConcernTable {
  const rows = arrayAt(objectAt(document)["concerns"]).flatMap((entry) => {
    const { concern, same, ...scanners } = objectAt(entry);
    const found: Concern = { name: stringAt(concern) ?? "", same: same !== false };
    return Object.entries(scanners).flatMap(([scanner, rules]) =>
      arrayAt(rules).map((rule) => [`${scanner} ${stringAt(rule) ?? ""}`, found] as const),
    );
  });
  const table = new Map(rows);
  if (table.size < rows.length) throw new Error("concerns: a rule is in two of them");
  return table;
}

/** The scanner, with what each of its findings is about. */
export function withConcerns(scanner: Scanner): Scanner {
  return {
    ...scanner,
    scan: async (setting) => {
      const [outcome, table] = await allEnded([scanner.scan(setting), shippedConcerns()]);
      if (outcome.kind !== "scanned") return outcome;
      const findings = outcome.findings.map((finding) => {
        const concern = concernOf(table, scanner.name, finding.rule);
        return concern === undefined ? finding : { ...finding, concern };
      });
      return { ...outcome, findings };
    },
  };
}

async function shippedConcerns(): Promise<ConcernTable> {
  const file = join(packageRoot(import.meta.url), "handlers/scanner/assets/concerns.json");
  return concernTable(JSON.parse(await readFile(file, "utf8")) as JsonValue);
}
