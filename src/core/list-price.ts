/** An on-demand price as a price list tells it, under the name that faber's catalogue has for it. */
export interface ListPrice {
  readonly table: string;
  readonly key: string;
  readonly region: string;
  /** USD for one `unit`. */
  readonly usd: number;
  readonly unit: string;
  /** Which list, and which version of it. */
  readonly source: string;
  /** The day it was published, `2026-07-20`. */
  readonly as_of: string;
}
