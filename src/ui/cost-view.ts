import type { Component } from "../cost/contract.ts";
import type { Estimate, Untold } from "../cost/estimate.ts";
import type { CostSummary } from "../cost/summary.ts";
import { safeLine } from "../core/safe-text.ts";
import type { Style } from "./style.ts";
import { renderTable, type Cell } from "./table.ts";
import { wrap } from "./width.ts";

interface CostLook {
  readonly width: number;
  readonly style: Style;
}

/** The estimate as a bill: each resource with its parts, what cannot be told and why, the total last. */
export function costLines(estimate: Estimate, summary: CostSummary, look: CostLook): readonly string[] {
  const rows = estimate.resources.flatMap(({ address, monthly_cost_usd: cost, components }) => [
    [{ text: safeLine(address), paint: look.style.strong }, { text: "" }, { text: "" }, amount(cost)],
    ...components.map((component) => componentRow(component, look.style)),
  ]);
  return [
    ...renderTable(rows, { width: look.width, indent: 0, flexible: [0, 2] }),
    ...untoldLines("price not known", estimate.unknown, look),
    ...(estimate.free.length > 0 ? ["", look.style.dim(`${estimate.free.length} free of charge`)] : []),
    ...(estimate.usage_unmatched.length > 0
      ? [
          "",
          ...wrap(
            `usage of nothing in this plan: ${estimate.usage_unmatched.map(safeLine).join(", ")}`,
            look.width,
          ),
        ]
      : []),
    "",
    ...serviceLines(summary, look),
    ...totalLines(estimate, summary, look),
  ];
}

function componentRow(component: Component, style: Style): readonly Cell[] {
  const { monthly_quantity: quantity, unit_price: price, unit } = component;
  const each = price === null ? "price not known" : `$${significant(price)} per ${unit}`;
  const many = quantity === null ? "by usage" : `${significant(quantity)} ${unit}`;
  return [
    { text: `  ${safeLine(component.name)}` },
    { text: safeLine(many), paint: style.dim },
    { text: safeLine(each), paint: style.dim },
    amount(component.monthly_cost),
  ];
}

function amount(usd: number | null): Cell {
  return { text: usd === null ? "" : `$${usd.toFixed(2)}`.padStart(12) };
}

/** Prices go down to fractions of a thousandth of a cent. */
function significant(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function untoldLines(title: string, untold: readonly Untold[], look: CostLook): readonly string[] {
  if (untold.length === 0) return [];
  const rows = untold.map(({ address, reason }) => [
    { text: safeLine(address), paint: look.style.warn },
    { text: safeLine(reason) },
  ]);
  return [
    "",
    `${title}: ${untold.length}`,
    ...renderTable(rows, { width: look.width, indent: 2, flexible: [1, 0] }),
  ];
}

function serviceLines({ byService }: CostSummary, look: CostLook): readonly string[] {
  const shown = byService.filter(([, usd]) => usd > 0);
  if (shown.length < 2) return [];
  const most = shown[0]?.[1] ?? 1;
  const rows = shown.map(([service, usd]) => [
    { text: service },
    { text: `$${usd.toFixed(2)}`.padStart(12) },
    { text: "█".repeat(Math.max(1, Math.round((usd / most) * 24))), paint: look.style.accent },
  ]);
  return [...renderTable(rows, { width: look.width, indent: 0, flexible: [2] }), ""];
}

function totalLines(
  estimate: Estimate,
  { usagePriced }: CostSummary,
  { style }: CostLook,
): readonly string[] {
  const { difference_usd: difference, unknown } = estimate;
  const sign = difference < 0 ? "-" : "+";
  const notes = [
    ...(usagePriced > 0 ? [`${usagePriced} components depend on usage that is not given`] : []),
    ...(unknown.length > 0 ? [`${unknown.length} resources have no known price`] : []),
    `prices of ${estimate.prices_as_of}${estimate.newest_price === estimate.prices_as_of ? "" : ` to ${estimate.newest_price}`}`,
  ];
  return [
    style.strong(`$${estimate.total_monthly_usd.toFixed(2)} a month`) +
      ` (${sign}$${Math.abs(difference).toFixed(2)} against now)`,
    style.dim(notes.join(" · ")),
  ];
}
