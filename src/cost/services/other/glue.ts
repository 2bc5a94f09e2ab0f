import { byUsage, priced, times } from "../../component.ts";
import type { CostMapping, CostResource, ResourceUsage } from "../../contract.ts";
import { plain } from "./plain.ts";

const capacity = "Data processing units";
/** Data processing units of a worker: https://docs.aws.amazon.com/glue/latest/dg/add-job.html */
const unitsOfWorker: Readonly<Record<string, number>> = {
  Standard: 1,
  "G.025X": 0.25,
  "G.1X": 1,
  "G.2X": 2,
  "G.4X": 4,
  "G.8X": 8,
};

export const glueCrawler = plain("aws_glue_crawler", [
  { name: "Duration", unit: "hours", path: "monthly_hours" },
]);

export const glueJob: CostMapping = {
  types: ["aws_glue_job"],
  price(resource, prices, usage) {
    const units = unitsOf(resource);
    const unit = `hours (${units ?? "unknown"} ${units === 1 ? "DPU" : "DPUs"})`;
    const price =
      units === undefined
        ? { missing: "the size or the number of its workers is not known" }
        : times(prices.of("aws_glue_job", capacity), units);
    return priced([byUsage({ name: "Duration", unit, quantity: usage.number("monthly_hours"), price })]);
  },
};

/** Objects and requests of a catalogue that stays below a price's unit cost nothing. */
export const glueDatabase: CostMapping = {
  types: ["aws_glue_catalog_database"],
  price(_resource, prices, usage) {
    const table = "aws_glue_catalog_database";
    const storage = fullUnits(usage, "monthly_objects", 100_000);
    const requests = fullUnits(usage, "monthly_requests", 1e6);
    return priced([
      byUsage({
        name: "Storage",
        unit: "100k objects",
        quantity: storage,
        price: prices.of(table, "Storage"),
      }),
      byUsage({
        name: "Requests",
        unit: "1M requests",
        quantity: requests,
        price: prices.of(table, "Requests"),
      }),
    ]);
  },
};

function unitsOf(job: CostResource): number | undefined {
  const given = job.number("max_capacity");
  const workers = job.number("number_of_workers");
  if (given !== undefined) return given;
  if (workers === undefined) return job.isConfigured("number_of_workers") ? undefined : 1;
  const size = unitsOfWorker[job.text("worker_type") ?? "Standard"];
  return size === undefined ? undefined : size * workers;
}

function fullUnits(usage: ResourceUsage, path: string, per: number): number | undefined {
  const amount = usage.number(path);
  if (amount === undefined) return undefined;
  return amount < per ? 0 : amount / per;
}
