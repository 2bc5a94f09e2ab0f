import type { CostMapping } from "../../contract.ts";
import { plain } from "./plain.ts";

const processed = { name: "Data processed", unit: "GB", path: "monthly_data_processed_gb" } as const;
const attachment = { name: "Transit gateway attachment", unit: "hours" } as const;

/** Gateways, attachments and zones that cost by the hour or the month. */
export const plainNetwork: readonly CostMapping[] = [
  plain("aws_dx_gateway_association", [processed, attachment]),
  plain("aws_ec2_client_vpn_endpoint", [{ name: "Connection", unit: "hours" }]),
  plain("aws_ec2_client_vpn_network_association", [{ name: "Endpoint association", unit: "hours" }]),
  plain("aws_ec2_traffic_mirror_session", [{ name: "Traffic mirror", unit: "hours" }]),
  plain("aws_ec2_transit_gateway_peering_attachment", [attachment]),
  plain("aws_ec2_transit_gateway_vpc_attachment", [attachment, processed]),
  plain("aws_elb", [{ name: "Classic load balancer", unit: "hours" }, processed]),
  plain("aws_globalaccelerator_accelerator", [{ name: "Fixed fee", unit: "hours" }], "global"),
  plain("aws_nat_gateway", [{ name: "NAT gateway", unit: "hours" }, processed]),
  plain("aws_vpclattice_service", [
    { name: "VPC Lattice service", unit: "hours" },
    processed,
    {
      name: "Requests (over 300k an hour)",
      unit: "1M requests",
      path: "monthly_requests_over_300k_an_hour",
      per: 1e6,
    },
  ]),
  plain("aws_route53_zone", [{ name: "Hosted zone", unit: "months" }], "global"),
];
