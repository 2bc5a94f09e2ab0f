import type { ListPrice } from "../../../src/core/list-price.ts";
import type { PriceListAnswer, UnusablePrice } from "../contract.ts";
import type { OfferNames, OfferRow, PriceName } from "./offer-row.ts";

/** Of what could not be taken, so many are named. */
const unusableNamed = 50;
/** More names than any list gives reason for. */
const mostPrices = 100_000;

interface Candidate {
  readonly name: PriceName;
  readonly usd: number;
  readonly from: number;
  readonly isAmbiguous: boolean;
}

/** Gathers the prices of one list under their names in the catalogue. */
export class Collected {
  readonly #names: OfferNames;
  readonly #best = new Map<string, Candidate>();
  readonly #unusable: UnusablePrice[] = [];
  #unusableCount = 0;
  #notMapped = 0;

  constructor(names: OfferNames) {
    this.#names = names;
  }

  add(row: OfferRow): void {
    const names = this.#names(row);
    if (names.length === 0) this.#notMapped += 1;
    for (const name of names) {
      if (name.from === undefined || name.from === row.from) this.#offer(name, row);
    }
  }

  answer(head: {
    readonly region: string;
    readonly source: string;
    readonly as_of: string;
  }): PriceListAnswer {
    const prices: ListPrice[] = [];
    for (const { name, usd, isAmbiguous } of this.#best.values()) {
      const { table, key, unit, factor = 1 } = name;
      if (isAmbiguous) this.#refuse(`${table} ${key}`, "the list has several prices for it");
      // Ten decimals are what the lists write.
      else prices.push({ table, key, unit, usd: Number((usd * factor).toPrecision(10)), ...head });
    }
    const unusable = { count: this.#unusableCount, named: this.#unusable };
    return { prices, notMapped: this.#notMapped, unusable };
  }

  #offer(name: PriceName, { price, from, sku }: OfferRow): void {
    const usd = /^\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(price) ? Number(price) : Number.NaN;
    if (!Number.isFinite(usd) || from < 0) {
      this.#refuse(`${name.table} ${name.key}`, `"${price.slice(0, 40)}" (${sku.slice(0, 40)}) is no price`);
      return;
    }
    // What is free to begin with is not what it costs.
    if (usd === 0) return;
    const id = JSON.stringify([name.table, name.key]);
    const known = this.#best.get(id);
    if (!known && this.#best.size >= mostPrices)
      return this.#refuse(name.key, "the list has too many prices");
    if (!known || from < known.from) this.#best.set(id, { name, usd, from, isAmbiguous: false });
    else if (from === known.from && differs(usd, known.usd))
      this.#best.set(id, { ...known, isAmbiguous: true });
  }

  #refuse(what: string, reason: string): void {
    this.#unusableCount += 1;
    if (this.#unusable.length < unusableNamed) this.#unusable.push({ what, reason });
  }
}

function differs(a: number, b: number): boolean {
  return Math.abs(a - b) > 1e-6 * Math.max(a, b);
}
