import { FaberError } from "../core/error.ts";
import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../core/json.ts";
import type { Price, PriceAnswer, Prices } from "./contract.ts";

/** The version of the catalogue's format that this faber reads. */
const catalogueVersion = 1;

/** A dated price list. In its file: `tables` of one price a key, and `prices` as `[table, key, region, usd, unit, source, date]`. */
export interface Catalogue {
  /** When it was put together, `2026-11-21`. */
  readonly made: string;
  readonly price: (table: string, key: string, region: string) => Price | undefined;
  readonly regions: readonly string[];
  readonly size: number;
}

interface Table {
  readonly unit: string;
  readonly as_of: string;
  readonly prices: JsonObject;
}

/** Reads a catalogue's document; `where` names it in errors. */
export function readCatalogue(document: JsonValue, where: string): Catalogue {
  const root = objectAt(document);
  const version = root["version"] ?? null;
  if (version !== catalogueVersion) throw wrongVersion(version, where);
  const tables = new Map<string, Table[]>();
  const single = new Map<string, Price>();
  const regions = new Set<string>();
  let size = 0;
  for (const entry of arrayAt(root["tables"])) {
    const { id, region, table } = readTable(entry) ?? refuse(entry, where);
    tables.set(id, [...(tables.get(id) ?? []), table]);
    regions.add(region);
    size += Object.keys(table.prices).length;
  }
  for (const entry of arrayAt(root["prices"])) {
    const { id, region, price } = readPrice(entry) ?? refuse(entry, where);
    if (!single.has(id)) single.set(id, price);
    regions.add(region);
    size += 1;
  }
  return {
    made: stringAt(root["made"]) ?? "",
    regions: [...regions].sort(),
    size,
    price: (table, key, region) =>
      single.get(`${region}|${table}|${key}`) ?? inTables(tables.get(`${region}|${table}`), key),
  };
}

function readTable(
  entry: JsonValue,
): { readonly id: string; readonly region: string; readonly table: Table } | undefined {
  const { table, region, unit, as_of: asOf, prices } = objectAt(entry);
  if (typeof table !== "string" || typeof region !== "string" || !isObject(prices)) return undefined;
  const read = { unit: stringAt(unit) ?? "", as_of: stringAt(asOf) ?? "", prices };
  return { id: `${region}|${table}`, region, table: read };
}

function readPrice(
  entry: JsonValue,
): { readonly id: string; readonly region: string; readonly price: Price } | undefined {
  const [table, key, region, usd, unit, , asOf] = arrayAt(entry);
  if (typeof table !== "string" || typeof key !== "string" || typeof region !== "string") return undefined;
  if (typeof usd !== "number" || !(usd >= 0)) return undefined;
  const price = { usd, unit: stringAt(unit) ?? "", as_of: stringAt(asOf) ?? "" };
  return { id: `${region}|${table}|${key}`, region, price };
}

/** One catalogue before another: what the first has goes, whatever the second says. */
export function layered(first: Catalogue, second: Catalogue): Catalogue {
  return {
    made: first.made > second.made ? first.made : second.made,
    regions: [...new Set([...first.regions, ...second.regions])].sort(),
    size: first.size + second.size,
    price: (table, key, region) => first.price(table, key, region) ?? second.price(table, key, region),
  };
}

/** The catalogue's prices of one region. */
export function pricesIn(catalogue: Catalogue, region: string, today = catalogue.made): Prices {
  return {
    region,
    today,
    of: (table, key): PriceAnswer =>
      catalogue.price(table, key, region) ?? { missing: `no price for ${key} (${table}) in ${region}` },
    in: (other) => pricesIn(catalogue, other, today),
  };
}

function inTables(tables: readonly Table[] | undefined, key: string): Price | undefined {
  for (const { unit, as_of, prices } of tables ?? []) {
    const usd = Object.hasOwn(prices, key) ? prices[key] : undefined;
    if (typeof usd === "number" && usd >= 0) return { usd, unit, as_of };
  }
  return undefined;
}

function wrongVersion(version: JsonValue, where: string): FaberError {
  const newer = typeof version === "number" && version > catalogueVersion;
  return new FaberError({
    code: "price-catalogue-version",
    exit: "wrong-usage",
    message: `price catalogue ${where} has version ${JSON.stringify(version)}; this faber reads version ${catalogueVersion}`,
    hints: newer
      ? ["update faber, or remove that file: then the prices that came with this one are used"]
      : ["make the price catalogue again: faber cost refresh-prices"],
  });
}

function refuse(entry: JsonValue, where: string): never {
  throw new FaberError({
    code: "price-catalogue-malformed",
    exit: "wrong-usage",
    message: `price catalogue ${where} has an entry that is no price: ${JSON.stringify(entry).slice(0, 80)}`,
    hints: ["make the price catalogue again: faber cost refresh-prices"],
  });
}
