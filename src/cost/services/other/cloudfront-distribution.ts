import { arrayAt, objectAt } from "../../../core/json.ts";
import { byUsage, priced, under } from "../../component.ts";
import type { Component, CostMapping, CostResource, ResourceUsage } from "../../contract.ts";
import { inSteps, metered, type Bill, type Step } from "./lines.ts";
import { globalRegion } from "./plain.ts";

const table = "aws_cloudfront_distribution";
const areas: Readonly<Record<string, string>> = {
  us: "US, Mexico, Canada",
  europe: "Europe, Israel",
  south_africa: "South Africa, Kenya, Middle East",
  south_america: "South America",
  japan: "Japan",
  australia: "Australia, New Zealand",
  asia_pacific: "Hong Kong, Philippines, Asia Pacific",
  india: "India",
};
const paths = {
  internet: "monthly_data_transfer_to_internet_gb",
  origin: "monthly_data_transfer_to_origin_gb",
  http: "monthly_http_requests",
  https: "monthly_https_requests",
};
const terabyte = 1024;
const steps: readonly Step[] = [
  ["first 10TB", 10 * terabyte],
  ["next 40TB", 50 * terabyte],
  ["next 100TB", 150 * terabyte],
  ["next 350TB", 500 * terabyte],
  ["next 524TB", 1024 * terabyte],
  ["next 4PB", 5 * 1024 * terabyte],
  ["over 5PB"],
];

export const cloudfrontDistribution: CostMapping = {
  types: [table],
  price(resource, regional, usage) {
    const bill = { table, prices: regional.in(globalRegion), usage };
    const quantity = usage.number("monthly_invalidation_requests");
    const invalidations = { name: "Invalidation requests", unit: "paths", quantity };
    return priced([
      ...optional(resource, bill),
      ...inSteps(bill, { ...invalidations, steps: [["first 1k", 1000], ["over 1k"]] }),
      ...areasOf(usage).flatMap((area) => areaLines(area, bill)),
    ]);
  },
};

/** Lines that an argument switches on. */
function optional(resource: CostResource, bill: Bill): readonly Component[] {
  const behaviours = [
    ...resource.blocks("default_cache_behavior"),
    ...resource.blocks("ordered_cache_behavior"),
  ];
  const encrypts = behaviours.some(
    ({ field_level_encryption_id: id }) => typeof id === "string" && id !== "",
  );
  const logs = resource.blocks("logging_config").length > 0;
  const ownAddress = resource.text("viewer_certificate.ssl_support_method") === "vip";
  const certificates = bill.usage.number("custom_ssl_certificates") ?? 1;
  const price = bill.prices.of(table, "Dedicated IP custom SSLs");
  const encryption = { name: "Field level encryption requests", unit: "10k requests", per: 10_000 };
  const lines = { name: "Real-time log requests", unit: "1M lines", per: 1e6 };
  return [
    ...(encrypts ? [metered(bill, { ...encryption, path: "monthly_encryption_requests" })] : []),
    ...(logs ? [metered(bill, { ...lines, path: "monthly_log_lines" })] : []),
    ...(ownAddress
      ? [byUsage({ name: "Dedicated IP custom SSLs", unit: "certificates", quantity: certificates, price })]
      : []),
    ...shields(resource, bill),
  ];
}

const shieldAreas: readonly (readonly [region: string, area: string, path: string])[] = [
  ["us-east-1", "United States", "us"],
  ["us-east-2", "United States", "us"],
  ["us-west-2", "United States", "us"],
  ["eu-west-1", "Europe", "europe"],
  ["eu-west-2", "Europe", "europe"],
  ["eu-central-1", "Europe", "europe"],
  ["sa-east-1", "South America", "south_america"],
  ["ap-northeast-1", "Japan", "japan"],
  ["ap-southeast-2", "Australia", "australia"],
  ["ap-southeast-1", "Singapore", "singapore"],
  ["ap-northeast-2", "South Korea", "south_korea"],
  ["ap-south-1", "India", "india"],
];

function shields(resource: CostResource, bill: Bill): readonly Component[] {
  const regions = new Set(
    resource.blocks("origin").flatMap(({ origin_shield: shield }) => {
      const [first] = arrayAt(shield);
      const { enabled, origin_shield_region: region } = objectAt(first);
      return enabled === true && typeof region === "string" ? [region] : [];
    }),
  );
  return [...regions].map((region) => {
    const [, area, path] = shieldAreas.find(([name]) => name === region) ?? [region, "", ""];
    const name = `Origin shield HTTP requests (${area} ${region})`;
    return metered(bill, {
      name,
      unit: "10k requests",
      path: `monthly_shield_requests.${path}`,
      per: 10_000,
    });
  });
}

/** Where viewers are, by the usage file; without one the United States stand for all. */
function areasOf(usage: ResourceUsage): readonly string[] {
  const named = new Set(Object.values(paths).flatMap((path) => Object.keys(usage.object(path) ?? {})));
  const known = Object.keys(areas).filter((area) => named.has(area));
  return known.length > 0 ? known : ["us"];
}

function areaLines(area: string, bill: Bill): readonly Component[] {
  const title = areas[area] ?? area;
  const key = (name: string): string => `${title} / ${name}`;
  const name = "Data transfer out to internet";
  const quantity = bill.usage.number(`${paths.internet}.${area}`);
  const meters = [
    { name: "Data transfer out to origin", unit: "GB", path: paths.origin, per: 1 },
    { name: "HTTP requests", unit: "10k requests", path: paths.http, per: 10_000 },
    { name: "HTTPS requests", unit: "10k requests", path: paths.https, per: 10_000 },
  ];
  return under(title, [
    ...inSteps(bill, { name, unit: "GB", quantity, steps, key: key(name) }),
    ...meters.map((meter) =>
      metered(bill, { ...meter, path: `${meter.path}.${area}`, key: key(meter.name) }),
    ),
  ]);
}
