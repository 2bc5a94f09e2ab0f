import { describe, expect, it } from "vitest";
import { costOf, estimateOf, linesOf } from "../../../../../helpers/cost-plan.ts";

describe("load balancers", () => {
  it("cost by the hour, and by capacity units of which no usage tells", () => {
    const cost = costOf({ type: "aws_lb", values: { load_balancer_type: "application" } });
    expect(linesOf(cost)).toEqual([
      "Application load balancer: 730 hours × 0.0225",
      "Load balancer capacity units: ? LCU × 5.84",
    ]);
    expect(cost?.monthly_cost_usd).toBeCloseTo(16.425);
  });

  it("count the units of the measure that needs most of them", () => {
    const usage = { new_connections: 73_000, processed_bytes_gb: 730, rule_evaluations: 1000 };
    const cost = costOf({ type: "aws_alb", values: {} }, { usage });
    expect(linesOf(cost)[1]).toBe("Load balancer capacity units: 4 LCU × 5.84");
  });

  it("have prices of their own in another region, and none where the catalogue has none", () => {
    const lb = { type: "aws_lb", values: { load_balancer_type: "network" } };
    expect(linesOf(costOf(lb, { region: "eu-west-1" }))[0]).toBe("Network load balancer: 730 hours × 0.0252");
    const nowhere = estimateOf([lb], { region: "ap-south-2" });
    expect(nowhere.resources[0]?.monthly_cost_usd).toBeNull();
    expect(nowhere.unknown[0]?.reason).toContain("Network load balancer");
  });

  it("of a kind known only after apply are unknown", () => {
    const estimate = estimateOf([{ type: "aws_lb", unknown: { load_balancer_type: true } }]);
    expect(estimate.unknown).toHaveLength(1);
  });
});

describe("VPC endpoints", () => {
  const subnets = ["a", "b", "c"].map((name) => ({ type: "aws_subnet", name }));

  it("to a gateway are free, without a type too", () => {
    const estimate = estimateOf([{ type: "aws_vpc_endpoint", values: {} }]);
    expect(estimate.free).toHaveLength(1);
    expect(estimate.resources).toHaveLength(0);
  });

  it("cost in each subnet that the configuration refers to", () => {
    const references = ["a", "b", "c"].flatMap((name) => [`aws_subnet.${name}.id`, `aws_subnet.${name}`]);
    const endpoint = {
      type: "aws_vpc_endpoint",
      values: { vpc_endpoint_type: "Interface" },
      unknown: { subnet_ids: true },
      expressions: { subnet_ids: { references } },
    };
    expect(linesOf(costOf(endpoint, { beside: subnets }))[1]).toBe("Endpoint (Interface): 2190 hours × 0.01");
  });

  it("with a number of subnets that nothing tells are unknown", () => {
    const endpoint = {
      type: "aws_vpc_endpoint",
      values: { vpc_endpoint_type: "Interface" },
      unknown: { subnet_ids: true },
      expressions: { subnet_ids: { references: ["var.subnets"] } },
    };
    expect(estimateOf([endpoint]).unknown).toHaveLength(1);
  });

  it("get cheaper beyond a petabyte", () => {
    const values = { vpc_endpoint_type: "Interface", subnet_ids: ["subnet-1"] };
    const cost = costOf(
      { type: "aws_vpc_endpoint", values },
      { usage: { monthly_data_processed_gb: 1_500_000 } },
    );
    expect(linesOf(cost).slice(0, 2)).toEqual([
      "Data processed (first 1PB): 1000000 GB × 0.01",
      "Data processed (next 4PB): 500000 GB × 0.006",
    ]);
  });
});

describe("other ways into a network", () => {
  it("a VPN connection has an attachment only at a transit gateway", () => {
    expect(linesOf(costOf({ type: "aws_vpn_connection", values: { vpn_gateway_id: "vgw-1" } }))).toHaveLength(
      1,
    );
    const transit = costOf({ type: "aws_vpn_connection", values: { transit_gateway_id: "tgw-1" } });
    expect(transit?.monthly_cost_usd).toBeCloseTo(73);
  });

  it("a firewall has an endpoint in each subnet", () => {
    const subnet_mapping = [{ subnet_id: "a" }, { subnet_id: "b" }];
    expect(
      costOf({ type: "aws_networkfirewall_firewall", values: { subnet_mapping } })?.monthly_cost_usd,
    ).toBeCloseTo(576.7);
  });

  it("a Direct Connect port of another bandwidth is unknown, not the price of a smaller one", () => {
    const port = (bandwidth: string) => ({
      type: "aws_dx_connection",
      values: { bandwidth, location: "EqDC2" },
    });
    expect(costOf(port("1Gbps"))?.monthly_cost_usd).toBeCloseTo(219);
    expect(costOf(port("10Gbps"))?.monthly_cost_usd).toBeNull();
  });

  it("what no region has is passed over in a Direct Connect's usage", () => {
    const usage = { monthly_outbound_from_region_to_dx_connection_location: { eu_west_1: 1000, nowhere: 5 } };
    const cost = costOf(
      { type: "aws_dx_connection", values: { bandwidth: "1Gbps", location: "EqDC2" } },
      { usage },
    );
    expect(linesOf(cost).slice(1)).toEqual([
      "Outbound data transfer (from eu-west-1, to EqDC2): 1000 GB × 0.0282",
    ]);
  });

  it("an accelerator bills the direction with more traffic", () => {
    const usage = {
      monthly_inbound_data_transfer_gb: { europe: 10 },
      monthly_outbound_data_transfer_gb: { europe: 100, mars: 5 },
    };
    const cost = costOf(
      { type: "aws_globalaccelerator_endpoint_group", values: {} },
      { usage, region: "eu-central-1" },
    );
    expect(linesOf(cost)).toEqual(["Europe / Outbound DT-premium fee: 100 GB × 0.015"]);
  });
});
