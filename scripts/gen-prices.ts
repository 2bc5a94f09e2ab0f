import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { nameCompute } from "./prices/names-compute.ts";
import { nameOther } from "./prices/names-other.ts";
import { nameTable } from "./prices/name-table.ts";
import type { Fact, FactTable } from "./prices/naming.ts";

/**
 * `npx tsx scripts/gen-prices.ts FACTS.json`: writes src/cost/assets/prices.json from a file of list prices with
 * their sources. One line a price, so that a difference can be read.
 */
interface Facts {
  readonly meta: { readonly made: string; readonly currency: string };
  readonly sources: Readonly<
    Record<string, { readonly where: string; readonly licence?: string; readonly kind: string }>
  >;
  readonly tables: readonly FactTable[];
  readonly entries: readonly Fact[];
}
interface Row {
  readonly id: string;
  readonly usd: number;
  readonly line: string;
  readonly fact: Fact;
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: gen-prices.ts FACTS.json");
const facts = JSON.parse(readFileSync(file, "utf8")) as Facts;
// Figures of the same kind that the facts file has not.
const more = [
  ...beside<readonly Fact[]>("more-facts.json"),
  ...beside<readonly Fact[]>("more-facts-other.json"),
];
const sources = { ...facts.sources, ...beside<Facts["sources"]>("more-sources.json") };
const hoursPerMonth = 730;
const target = resolve(import.meta.dirname, "../src/cost/assets/prices.json");
// A price list of its own before one that was worked out of it.
const rank: Readonly<Record<string, number>> = { primary: 0, "primary-old": 1, secondary: 2 };

const unitsOf = new Map<string, Set<string>>();
for (const { service, item, region, unit } of facts.entries) {
  const id = `${service}|${item}|${region}`;
  unitsOf.set(id, (unitsOf.get(id) ?? new Set()).add(unit));
}
const rows = mergeRows([...facts.entries, ...more].flatMap(rowOf));
const tables = facts.tables.map(tableText).sort();
writeFileSync(target, document(), "utf8");
process.stdout.write(`${tables.length} tables, ${rows.length} single prices\n`);

function beside<T>(name: string): T {
  return JSON.parse(readFileSync(resolve(import.meta.dirname, "prices", name), "utf8")) as T;
}

function rowOf(fact: Fact): readonly Row[] {
  const named = nameCompute(fact) ?? nameOther(fact);
  if (named === null) return [];
  // A price list's own words mean nothing to a mapping; somebody has to name them.
  const isOurs = fact.service.startsWith("aws_") || fact.service.includes("/");
  if (named === undefined && !isOurs) return [];
  const names = Array.isArray(named) ? named : [named ?? { table: fact.service, key: keyOf(fact) }];
  const exact =
    fact.hourly_equivalent === undefined ? fact.price_usd : fact.hourly_equivalent * hoursPerMonth;
  const source = fact.golden ? `${fact.src} ${fact.golden}` : fact.src;
  return names.map(({ table, key, factor = 1, unit = fact.unit }) => {
    const usd = Number((exact * factor).toPrecision(10));
    const line = JSON.stringify([table, key, fact.region, usd, unit, source, fact.as_of]);
    return { id: JSON.stringify([table, key, fact.region]), usd, line, fact };
  });
}

/** Its name, and where that has several prices also the resource or the unit it was read from: `Requests [fifo]`. */
function keyOf({ item, depends_on_config: address, unit, service, region }: Fact): string {
  if (address !== undefined) return `${item} [${address.slice(address.indexOf(".") + 1)}]`;
  const units = unitsOf.get(`${service}|${item}|${region}`) ?? new Set();
  return units.size > 1 ? `${item} [${unit}]` : item;
}

/** One row for a table, key and region: the best source's; two figures of equal standing are a mistake in the names. */
function mergeRows(all: readonly Row[]): readonly Row[] {
  const best = new Map<string, Row>();
  for (const row of all) {
    const other = best.get(row.id);
    if (!other || standing(row) < standing(other)) best.set(row.id, row);
    else if (standing(row) === standing(other) && row.usd !== other.usd) {
      throw new Error(
        `two prices for ${row.id}: ${row.usd} and ${other.usd}; name one of them in scripts/prices`,
      );
    }
  }
  return [...best.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function standing({ fact }: Row): number {
  return rank[sources[fact.src]?.kind ?? ""] ?? 3;
}

function tableText(table: FactTable): string {
  const { region, unit, src, as_of } = table;
  const head = JSON.stringify({ table: nameTable(table), region, unit: `${unit}s`, source: src, as_of });
  const lines = Object.entries(table.prices).map(([key, usd]) => `${JSON.stringify(key)}:${usd}`);
  return `${head.slice(0, -1)},"prices":{\n${lines.join(",\n")}}}`;
}

function document(): string {
  const named = Object.entries(sources).map(
    ([name, { where, licence, kind }]) =>
      `${JSON.stringify(name)}:${JSON.stringify({ where, licence, kind })}`,
  );
  return [
    `{"version":1,"made":${JSON.stringify(facts.meta.made)},"currency":${JSON.stringify(facts.meta.currency)},`,
    `"sources":{\n${named.join(",\n")}\n},`,
    `"tables":[\n${tables.join(",\n")}\n],`,
    `"prices":[\n${rows.map(({ line }) => line).join(",\n")}\n]}\n`,
  ].join("\n");
}
