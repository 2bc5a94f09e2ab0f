import type { CostMapping, Pricing } from "../contract.ts";
import { byUsage, fixed, hoursPerMonth, priced, unknown } from "../component.ts";

/** Lightsail instances; a bundle is named after its size: `xlarge_3_0`, `small_win_3_0`. */
export const lightsailInstance: CostMapping = {
  types: ["aws_lightsail_instance"],
  price(resource, prices): Pricing {
    const bundle = resource.text("bundle_id")?.toLowerCase();
    if (bundle === undefined) return unknown("its bundle is not in the plan");
    if (bundle.includes("ipv6"))
      return unknown("bundles without an IPv4 address are not in the price catalogue");
    const windows = bundle.includes("_win");
    const size = bundle.split("_")[0] ?? "";
    const name = `Virtual server (${windows ? "Windows" : "Linux/UNIX"})`;
    const price = prices.of(resource.type, `${size} ${windows ? "windows" : "linux"}`);
    return priced([fixed({ name, unit: "hours", quantity: hoursPerMonth, price })]);
  },
};

/** GB that belong to an instance of AWS DMS: https://aws.amazon.com/dms/pricing */
const dmsStorage: Readonly<Record<string, number>> = { c4: 100, r4: 100, r5: 100, t2: 50, t3: 50 };

/** Replication instances of AWS DMS. */
export const dmsReplicationInstance: CostMapping = {
  types: ["aws_dms_replication_instance"],
  price(resource, prices): Pricing {
    const [, family = "", size] = resource.text("replication_instance_class")?.split(".") ?? [];
    if (size === undefined) return unknown("its instance class is not in the plan");
    const many = resource.flag("multi_az") === true ? "Multi-AZ" : "Single-AZ";
    const table = resource.type;
    const name = `Instance (${family}.${size})`;
    const components = [
      fixed({ name, unit: "hours", quantity: hoursPerMonth, price: prices.of(table, `${name} [${many}]`) }),
    ];
    const paid = (resource.number("allocated_storage") ?? 0) - (dmsStorage[family] ?? 0);
    if (paid > 0) {
      const title = "Storage (general purpose SSD, gp2)";
      components.push(
        fixed({ name: title, unit: "GB", quantity: paid, price: prices.of(table, `${title} [${many}]`) }),
      );
    }
    return priced(components);
  },
};

const directoryTitles: Readonly<Record<string, string>> = {
  SimpleAD: "Simple AD",
  ADConnector: "AD Connector",
  MicrosoftAD: "Microsoft AD",
};
const leastControllers = 2;

/** Directories; two domain controllers at least. */
export const directory: CostMapping = {
  types: ["aws_directory_service_directory"],
  price(resource, prices, usage): Pricing {
    const type = resource.text("type") ?? "SimpleAD";
    const microsoft = type === "MicrosoftAD";
    const size = microsoft ? (resource.text("edition") ?? "Enterprise") : (resource.text("size") ?? "Large");
    const name = `Directory service (${directoryTitles[type] ?? type}, ${size})`;
    const price = prices.of(resource.type, name);
    const components = [fixed({ name, unit: "controllers", quantity: leastControllers, price })];
    const additional = usage.number("additional_domain_controllers");
    if (additional !== undefined) {
      components.push(
        byUsage({ name: "Additional domain controllers", unit: "controllers", quantity: additional, price }),
      );
    }
    const accounts = usage.number("shared_accounts");
    if (accounts !== undefined && microsoft) {
      const sharing = prices.of(resource.type, `Directory sharing (${size})`);
      components.push(
        byUsage({ name: "Directory sharing", unit: "accounts", quantity: accounts, price: sharing }),
      );
    }
    return priced(components);
  },
};
