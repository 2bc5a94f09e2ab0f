import type { Component, Prices } from "../contract.ts";
import { fixed, hoursPerMonth } from "../component.ts";
import { vcpusOf } from "./db-parts.ts";

interface Support {
  /** First day of extended support, and of its dearer third year. */
  readonly from: string;
  readonly third?: string;
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
 */
const calendar: Readonly<Record<string, Readonly<Record<string, Support>>>> = {
  mysql: {
    "5.7": { from: "2024-03-01", third: "2026-03-01" },
    "8.0": { from: "2026-08-01", third: "2028-08-01" },
  },
  postgres: {
    "11": { from: "2024-04-01", third: "2026-04-01" },
    "12": { from: "2025-03-01", third: "2027-03-01" },
    "13": { from: "2026-03-01", third: "2028-03-01" },
    "14": { from: "2027-03-01", third: "2029-03-01" },
  },
  "aurora-mysql": { "5.7": { from: "2024-12-01" }, "8.0": { from: "2027-05-01" } },
  "aurora-postgresql": {
    "11": { from: "2024-04-01", third: "2026-04-01" },
    "12": { from: "2025-03-01", third: "2027-03-01" },
    "13": { from: "2026-03-01", third: "2028-03-01" },
    "14": { from: "2027-03-01", third: "2029-03-01" },
  },
};

/** What a version costs more once its standard support has ended. */
export function extendedSupport(
  engine: string,
  version: string | undefined,
  { instanceClass, prices }: { readonly instanceClass: string; readonly prices: Prices },
): readonly Component[] {
  const versions = calendar[engine === "aurora" ? "aurora-mysql" : engine] ?? {};
  const support = Object.entries(versions).find(
    ([known]) => version === known || version?.startsWith(`${known}.`),
  )?.[1];
  if (!support || prices.today < support.from) return [];
  const year = support.third !== undefined && prices.today >= support.third ? 3 : 1;
  const name = `Extended support (year ${year})`;
  const cpus = vcpusOf(instanceClass);
  const quantity = cpus === undefined ? undefined : cpus * hoursPerMonth;
  return [fixed({ name, unit: "vCPU-hours", quantity, price: prices.of("aws_db_instance", name) })];
}
