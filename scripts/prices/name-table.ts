import type { FactTable } from "./naming.ts";

const systems: readonly (readonly [string, string])[] = [
  ["Red Hat Enterprise Linux with HA", "rhel-ha"],
  ["Linux", "linux"],
  ["RHEL", "rhel"],
  ["Windows", "windows"],
  ["SUSE", "suse"],
  ["SLES", "suse"],
];

/** `ec2/linux`, `rds/sql-server/standard/license-included/single-az`, `elasticache/redis`, `opensearch`. */
export function nameTable({
  service,
  what,
  engine,
  edition,
  license_model: licence,
  deployment,
}: FactTable): string {
  if (service === "AmazonEC2") {
    const system = systems.find(([word]) => what.includes(`, ${word},`))?.[1];
    if (system === undefined) throw new Error(`no name for ${what}`);
    return `ec2/${system}`;
  }
  if (service === "AmazonElastiCache") return `elasticache/${slug(engine)}`;
  if (service === "AmazonES") return "opensearch";
  if (service !== "AmazonRDS") throw new Error(`no name for ${service}`);
  const parts = ["rds", engine, edition, licence === "No license required" ? null : licence, deployment];
  return parts.flatMap((part) => (part ? [slug(part)] : [])).join("/");
}

function slug(text: string | null | undefined): string {
  return (text ?? "any")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
}
