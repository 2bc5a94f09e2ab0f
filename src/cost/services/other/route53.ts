import { free, hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping, CostResource } from "../../contract.ts";
import { inSteps, present, usedOf, type Step } from "./lines.ts";
import { globalRegion } from "./plain.ts";

const million = 1e6;
const steps: readonly Step[] = [["first 1B", 1000], ["over 1B"]];
const unit = "1M queries";
const queries = [
  ["Standard queries", "monthly_standard_queries"],
  ["Latency based routing queries", "monthly_latency_based_queries"],
  ["Geo DNS queries", "monthly_geo_queries"],
] as const;

export const route53Record: CostMapping = {
  types: ["aws_route53_record"],
  price(resource, regional, usage) {
    if (resource.blocks("alias").length > 0)
      return free("queries to an alias of an AWS resource cost nothing");
    const bill = { table: "aws_route53_record", prices: regional.in(globalRegion), usage };
    return priced(
      queries.flatMap(([name, path]) =>
        inSteps(bill, { name, unit, quantity: usedOf(usage, path, million), steps }),
      ),
    );
  },
};

/** A check of an endpoint, dearer outside AWS (`endpoint_type: non_aws` in the usage file), and its optional features. */
export const route53HealthCheck: CostMapping = {
  types: ["aws_route53_health_check"],
  price(resource, regional, usage) {
    const bill = { table: "aws_route53_health_check", prices: regional.in(globalRegion), usage };
    const place = usage.text("endpoint_type")?.toLowerCase() ?? "aws";
    const line = (name: string, quantity: number): ReturnType<typeof present> =>
      present(bill, { name, unit: "months", quantity, key: `${name} [${place}]` });
    const features = optionalFeatures(resource);
    const check = line("Health check", 1);
    return priced(features === 0 ? [check] : [check, line("Optional features", features)]);
  },
};

export const route53ResolverEndpoint: CostMapping = {
  types: ["aws_route53_resolver_endpoint"],
  price(resource, prices, usage) {
    const bill = { table: "aws_route53_resolver_endpoint", prices, usage };
    const addresses = resource.blocks("ip_address").length;
    const quantity = addresses === 0 ? undefined : addresses * hoursPerMonth;
    const name = "DNS queries";
    const asked = usedOf(usage, "monthly_queries", million);
    return priced([
      present(bill, { name: "Resolver endpoints", unit: "hours", quantity }),
      ...inSteps(bill, { name, unit, quantity: asked, steps }),
    ]);
  },
};

function optionalFeatures(check: CostResource): number {
  const type = check.text("type") ?? "";
  const used = [
    type.startsWith("HTTPS"),
    type.endsWith("STR_MATCH"),
    check.flag("measure_latency") === true,
    check.number("request_interval") === 10,
  ];
  return used.filter(Boolean).length;
}
