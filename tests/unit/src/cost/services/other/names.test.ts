import { describe, expect, it } from "vitest";
import { costOf, estimateOf, linesOf } from "../../../../../helpers/cost-plan.ts";

describe("Route 53", () => {
  it("has one price list for all regions", () => {
    expect(costOf({ type: "aws_route53_zone" }, { region: "eu-central-1" })?.monthly_cost_usd).toBe(0.5);
  });

  it("answers for an alias without charge", () => {
    const alias = [{ name: "lb.example.com", zone_id: "Z1", evaluate_target_health: true }];
    expect(estimateOf([{ type: "aws_route53_record", values: { alias } }]).free).toHaveLength(1);
  });

  it("halves the price of queries after a thousand million", () => {
    const cost = costOf(
      { type: "aws_route53_record", values: {} },
      { usage: { monthly_standard_queries: 1.5e9 } },
    );
    expect(linesOf(cost).slice(0, 2)).toEqual([
      "Standard queries (first 1B): 1000 1M queries × 0.4",
      "Standard queries (over 1B): 500 1M queries × 0.2",
    ]);
  });

  it("counts a health check's optional features, dearer outside AWS", () => {
    const values = { type: "HTTPS_STR_MATCH", measure_latency: true, request_interval: 30 };
    expect(costOf({ type: "aws_route53_health_check", values })?.monthly_cost_usd).toBeCloseTo(3.5);
    const outside = costOf(
      { type: "aws_route53_health_check", values },
      { usage: { endpoint_type: "Non_AWS" } },
    );
    expect(outside?.monthly_cost_usd).toBeCloseTo(6.75);
    expect(linesOf(costOf({ type: "aws_route53_health_check", values: { type: "TCP" } }))).toHaveLength(1);
  });

  it("has a resolver at each address", () => {
    const ip_address = [{ subnet_id: "a" }, { subnet_id: "b" }, { subnet_id: "c" }];
    expect(
      costOf({ type: "aws_route53_resolver_endpoint", values: { ip_address } })?.monthly_cost_usd,
    ).toBeCloseTo(273.75);
    const untold = estimateOf([{ type: "aws_route53_resolver_endpoint", unknown: { ip_address: true } }]);
    expect(untold.unknown).toHaveLength(1);
  });
});

describe("CloudFront", () => {
  it("lists the United States when nobody says where viewers are", () => {
    const cost = costOf({ type: "aws_cloudfront_distribution", values: {} });
    expect(cost?.monthly_cost_usd).toBeNull();
    expect(linesOf(cost)).toContain(
      "US, Mexico, Canada / Data transfer out to internet (first 10TB): ? GB × 0.085",
    );
  });

  it("lists an area for each that the usage file names, and no other", () => {
    const usage = { monthly_http_requests: { india: 10_000, atlantis: 1 } };
    const lines = linesOf(costOf({ type: "aws_cloudfront_distribution", values: {} }, { usage }));
    expect(lines).toContain("India / HTTP requests: 1 10k requests × 0.009");
    expect(lines.some((line) => line.startsWith("US,"))).toBe(false);
  });

  it("takes what its arguments switch on", () => {
    const values = {
      logging_config: [{ bucket: "logs" }],
      viewer_certificate: [{ ssl_support_method: "vip" }],
      default_cache_behavior: [{ field_level_encryption_id: "key" }],
      origin: [
        { origin_id: "a", origin_shield: [{ enabled: true, origin_shield_region: "sa-east-1" }] },
        { origin_id: "b", origin_shield: [{ enabled: false, origin_shield_region: "us-east-1" }] },
      ],
    };
    const cost = costOf({ type: "aws_cloudfront_distribution", values });
    expect(cost?.components.map(({ name }) => name).slice(0, 4)).toEqual([
      "Field level encryption requests",
      "Real-time log requests",
      "Dedicated IP custom SSLs",
      "Origin shield HTTP requests (South America sa-east-1)",
    ]);
    expect(cost?.monthly_cost_usd).toBe(600);
  });
});

describe("certificates", () => {
  it("are free when they are public", () => {
    expect(
      estimateOf([{ type: "aws_acm_certificate", values: { domain_name: "a.example" } }]).free,
    ).toHaveLength(1);
    const values = {
      certificate_authority_arn: "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/a",
    };
    expect(costOf({ type: "aws_acm_certificate", values })?.monthly_cost_usd).toBe(0.75);
  });

  it("of an authority for short lives cost less", () => {
    const values = { usage_mode: "SHORT_LIVED_CERTIFICATE" };
    expect(costOf({ type: "aws_acmpca_certificate_authority", values })?.monthly_cost_usd).toBe(50);
    const usage = { monthly_requests: 1500 };
    expect(costOf({ type: "aws_acmpca_certificate_authority" }, { usage })?.monthly_cost_usd).toBeCloseTo(
      400 + 750 + 175,
    );
  });
});
