import type { ListPrice } from "../core/list-price.ts";
import type { Catalogue } from "./prices.ts";

/** Beyond this factor a price is rather a mistake or a lie than a change. */
const mostChange = 100;

/** A price that was not taken, and why. */
interface RefusedPrice {
  readonly table: string;
  readonly key: string;
  readonly region: string;
  readonly reason: string;
}

/** What a price list makes of a catalogue. */
export interface PriceChanges {
  /** Prices to be kept: new, changed, and those that have only become younger. */
  readonly rows: readonly ListPrice[];
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedPrice[];
}

/** Holds offered prices to those that are known; what cannot be true is kept out. */
export function comparePrices(catalogue: Catalogue, offered: readonly ListPrice[]): PriceChanges {
  const rows: ListPrice[] = [];
  const refused: RefusedPrice[] = [];
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const price of offered) {
    const reason = doubtOf(catalogue, price);
    if (reason !== undefined) {
      const { table, key, region } = price;
      refused.push({ table, key, region, reason });
      continue;
    }
    const known = catalogue.price(price.table, price.key, price.region);
    if (!known) counts.added += 1;
    else if (isSame(known.usd, price.usd)) counts.unchanged += 1;
    else counts.changed += 1;
    rows.push(price);
  }
  return { rows, ...counts, refused };
}

/** Why a price is not believed: no number, or far from what it costs here or, when that is not known, elsewhere. */
function doubtOf(catalogue: Catalogue, { table, key, region, usd }: ListPrice): string | undefined {
  if (!Number.isFinite(usd) || usd < 0) return `${usd} is no price`;
  const here = catalogue.price(table, key, region);
  const known = here ? [here.usd] : pricesElsewhere(catalogue, table, key);
  if (known.length === 0 || known.some((each) => isPlausible(usd, each))) return undefined;
  const [each = 0] = known;
  return `${usd} USD instead of ${each}${here ? "" : " in another region"} is a change by more than a factor of ${mostChange}`;
}

function pricesElsewhere(catalogue: Catalogue, table: string, key: string): readonly number[] {
  return catalogue.regions.flatMap((region) => catalogue.price(table, key, region)?.usd ?? []);
}

function isPlausible(usd: number, known: number): boolean {
  if (known === 0) return true;
  return usd <= known * mostChange && usd >= known / mostChange;
}

/** Price lists write ten decimals; what is worked out of them has a little noise. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(a, b);
}
