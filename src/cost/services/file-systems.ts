import type { Component, CostMapping, CostResource, Pricing } from "../contract.ts";
import { byUsage, fixed, priced, unknown } from "../component.ts";

/** MiB/s that each GB of EFS storage brings. */
const throughputByGb = 1 / 20;

/** EFS: what is stored, and what is read and written of what is seldom used. */
export const efsFileSystem: CostMapping = {
  types: ["aws_efs_file_system"],
  price(resource, prices, usage): Pricing {
    const line = (name: string, unit: string, quantity: number | undefined): Component =>
      byUsage({ name, unit, quantity, price: prices.of(resource.type, name) });
    const zone =
      resource.text("availability_zone_name") !== undefined ||
      resource.isConfigured("availability_zone_name");
    const place = zone ? "one zone" : "standard";
    const stored = usage.number("storage_gb");
    const components = [line(`Storage (${place})`, "GB", stored)];
    const throughput = resource.number("provisioned_throughput_in_mibps") ?? 0;
    if (throughput > 0) {
      const paid = Math.max(0, throughput - (stored ?? 0) * throughputByGb);
      components.push(line("Provisioned throughput", "MBps", paid));
    }
    if (resource.blocks("lifecycle_policy").length > 0) {
      components.push(
        line(`Storage (${place}, infrequent access)`, "GB", usage.number("infrequent_access_storage_gb")),
        line("Read requests (infrequent access)", "GB", usage.number("monthly_infrequent_access_read_gb")),
        line("Write requests (infrequent access)", "GB", usage.number("monthly_infrequent_access_write_gb")),
      );
    }
    return priced(components);
  },
};

/** FSx for Windows. */
export const fsxWindows: CostMapping = {
  types: ["aws_fsx_windows_file_system"],
  price(resource, prices, usage): Pricing {
    const many = resource.text("deployment_type")?.includes("MULTI_AZ") === true ? "Multi-AZ" : "Single-AZ";
    const kind = resource.text("storage_type") === "HDD" ? "HDD" : "SSD";
    const line = (name: string, unit: string, quantity: number | undefined): Component =>
      fixed({ name, unit, quantity, price: prices.of(resource.type, `${name} [${many}]`) });
    const backup = prices.of(resource.type, `Backup storage [${many}]`);
    return priced([
      line("Throughput capacity", "MBps", resource.number("throughput_capacity")),
      line(`${kind} storage`, "GB", resource.number("storage_capacity")),
      byUsage({
        name: "Backup storage",
        unit: "GB",
        quantity: usage.number("backup_storage_gb"),
        price: backup,
      }),
    ]);
  },
};

/** FSx for OpenZFS in one zone. */
export const fsxOpenZfs: CostMapping = {
  types: ["aws_fsx_openzfs_file_system"],
  price(resource, prices, usage): Pricing {
    const type = resource.text("deployment_type");
    if (type?.startsWith("SINGLE_AZ_1") !== true)
      return unknown(`no prices for the deployment ${type ?? "it asks for"}`);
    const table = resource.type;
    const size = resource.number("storage_capacity") ?? 0;
    const components = [
      fixed({
        name: "Throughput capacity",
        unit: "MBps",
        quantity: resource.number("throughput_capacity"),
        price: prices.of(table, "Throughput capacity"),
      }),
    ];
    const iops = paidIops(resource, size);
    if (iops > 0) {
      const name = "Provisioned IOPS";
      components.push(fixed({ name, unit: "IOPS", quantity: iops, price: prices.of(table, name) }));
    }
    const compression = resource.text("root_volume_configuration.data_compression_type") ?? "NONE";
    const saved = compression === "NONE" ? 0 : (usage.number("compression_savings_percent") ?? 50);
    const title =
      compression === "NONE" ? "SSD storage" : `SSD storage (${compression} compression, ${saved}%)`;
    const stored = Math.ceil(size * (1 - saved / 100));
    components.push(
      fixed({ name: title, unit: "GB", quantity: stored, price: prices.of(table, "SSD storage") }),
    );
    const name = "Backup storage";
    components.push(
      byUsage({
        name,
        unit: "GB",
        quantity: usage.number("backup_storage_gb"),
        price: prices.of(table, name),
      }),
    );
    return priced(components);
  },
};

/** FSx for Lustre of the one kind whose price is known. */
export const fsxLustre: CostMapping = {
  types: ["aws_fsx_lustre_file_system"],
  price(resource, prices): Pricing {
    const throughput = resource.number("per_unit_storage_throughput");
    const known = (resource.text("deployment_type") ?? "").startsWith("PERSISTENT_") && throughput === 125;
    if (!known || resource.text("storage_type") === "HDD")
      return unknown("no prices for this deployment and throughput");
    const price = prices.of(resource.type, "FSx for Lustre, Persistent SSD 125 MB/s/TiB storage");
    const quantity = resource.number("storage_capacity");
    return priced([fixed({ name: "SSD storage (125 MB/s/TiB)", unit: "GB", quantity, price })]);
  },
};

/** Three for each GB belong to the storage. */
function paidIops(resource: CostResource, size: number): number {
  const iops = "disk_iops_configuration";
  const own = resource.text(`${iops}.mode`) === "USER_PROVISIONED";
  return own ? Math.max(0, (resource.number(`${iops}.iops`) ?? 0) - 3 * size) : 0;
}
