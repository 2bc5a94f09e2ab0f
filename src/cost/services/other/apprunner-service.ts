import { fixed, hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping, CostResource } from "../../contract.ts";
import { metered } from "./lines.ts";

const table = "aws_apprunner_service";
const standardMb = 2048;

/** Memory of one instance that is kept ready all month, and processors while they answer. */
export const apprunnerService: CostMapping = {
  types: [table],
  price(resource, prices, usage) {
    const name = "App Runner provisioned memory";
    const gigabytes = memoryOf(resource);
    const quantity = gigabytes === undefined ? undefined : gigabytes * hoursPerMonth;
    const active = { name: "App Runner active vCPU", unit: "vCPU-hours", path: "monthly_active_vcpu_hours" };
    return priced([
      fixed({ name, unit: "GB-hours", quantity, price: prices.of(table, name) }),
      metered({ table, prices, usage }, active),
    ]);
  },
};

/** Written as `2048` or as `2 GB`. */
function memoryOf(service: CostResource): number | undefined {
  const written = service.text("instance_configuration.memory") ?? String(standardMb);
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(GB)?$/.exec(written) ?? [];
  if (amount === undefined) return undefined;
  return unit === "GB" ? Number(amount) : Number(amount) / 1024;
}
