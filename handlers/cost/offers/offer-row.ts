/** One price of a price list: a row of its CSV form. */
export interface OfferRow {
  readonly sku: string;
  readonly family: string;
  /** Usage type without the region in front of it: `BoxUsage:m5.large`. */
  readonly usage: string;
  readonly unit: string;
  /** Its price as it is written. */
  readonly price: string;
  /** Lower end of its tier, in `unit`s. */
  readonly from: number;
  /** A column by its name's letters and digits, in lower case: `databaseengine`; empty when there is none. */
  readonly attribute: (column: string) => string;
}

/** Where a row's price stands in the catalogue. */
export interface PriceName {
  readonly table: string;
  readonly key: string;
  readonly unit: string;
  /** The catalogue's unit in units of the list: an hour's price times 730 is a month's. */
  readonly factor?: number;
  /** Lower end of the tier that is meant; when absent the first one that costs something. */
  readonly from?: number;
}

/** The names of a row; none: nothing in the catalogue is meant by it. */
export type OfferNames = (row: OfferRow) => readonly PriceName[];

/** Names by usage type, where that alone tells what it is. */
export type UsageNames = Readonly<Record<string, readonly PriceName[]>>;

export const hoursPerMonth = 730;

/** Instance types and classes; a key of a catalogue is made of nothing else that others wrote. */
export function isTypeName(text: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,60}$/i.test(text);
}

export function named(
  table: string,
  key: string,
  unit: string,
  more: { factor?: number; from?: number } = {},
): PriceName {
  return { table, key, unit, ...more };
}

export function byUsageType(names: UsageNames): OfferNames {
  return ({ usage }) => (Object.hasOwn(names, usage) ? (names[usage] ?? []) : []);
}
