import type { Component } from "../cost/contract.ts";
import type { Estimate, ResourceCost, Untold } from "../cost/estimate.ts";
import type { CostSummary } from "../cost/summary.ts";
import { safeLine } from "../core/safe-text.ts";
import type { Style } from "./style.ts";
import { renderTable, type Cell } from "./table.ts";
import { joinParts, wrap } from "./width.ts";

interface CostLook {
  readonly width: number;
  readonly style: Style;
}

/** The estimate as a bill: each resource with its parts, what cannot be told and why, the total last. */
export function costLines(estimate: Estimate, summary: CostSummary, look: CostLook): readonly string[] {
  const rows = estimate.resources.flatMap((resource) => [
    resourceRow(resource, look.style),
    ...resource.components.map((component) => componentRow(component, look.style)),
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

function resourceRow(resource: ResourceCost, style: Style): readonly Cell[] {
  const { address, monthly_cost_usd: cost, upper_monthly_cost_usd: upper } = resource;
  const upTo = upper === undefined ? "" : `up to $${upper.toFixed(2)} a month`;
  return [
    { text: safeLine(address), paint: style.strong },
    { text: "" },
    { text: upTo, paint: style.dim },
    amount(cost),
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
  { style, width }: CostLook,
): readonly string[] {
  const { difference_usd: difference, total_monthly_usd: total, upper_monthly_usd: upper } = estimate;
  const { unknown, prices_as_of: oldest, newest_price: newest } = estimate;
  const sign = difference < 0 ? "-" : "+";
  const notes = [
    ...(usagePriced > 0 ? [`${counted(usagePriced, "component")} by usage that is not given`] : []),
    ...(unknown.length > 0 ? [`${counted(unknown.length, "price")} not known`] : []),
    `prices of ${oldest}${newest === oldest ? "" : ` to ${newest}`}`,
  ];
  return [
    style.strong(`$${total.toFixed(2)} a month`) +
      ` (${sign}$${Math.abs(difference).toFixed(2)} against now)`,
    ...(upper > total ? [`up to $${upper.toFixed(2)} a month when everything scales out`] : []),
    ...joinParts(notes, width).map(style.dim),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
