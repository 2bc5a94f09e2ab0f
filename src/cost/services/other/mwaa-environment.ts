import { byUsage, hoursPerMonth, priced } from "../../component.ts";
import type { Component, CostMapping } from "../../contract.ts";
import { metered, present } from "./lines.ts";

/** An Airflow environment by the hour and size; workers and schedulers beyond those that it comes with by use. */
export const mwaaEnvironment: CostMapping = {
  types: ["aws_mwaa_environment"],
  price(resource, prices, usage) {
    const bill = { table: "aws_mwaa_environment", prices, usage };
    const size = title((resource.text("environment_class") ?? "mw1.small").split(".").at(-1) ?? "");
    const additional = (what: string, path: string): Component => {
      const count = usage.number(path);
      const name = `${what} (${size})`;
      const quantity = count === undefined ? undefined : count * hoursPerMonth;
      return byUsage({ name, unit: "hours", quantity, price: prices.of(bill.table, name) });
    };
    return priced([
      present(bill, { name: `Environment (${size})`, unit: "hours", quantity: hoursPerMonth }),
      additional("Worker", "additional_workers"),
      additional("Scheduler", "additional_schedulers"),
      metered(bill, { name: "Meta database", unit: "GB", path: "meta_database_gb" }),
    ]);
  },
};

function title(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}
