import { hoursPerMonth, priced } from "../../component.ts";
import type { CostMapping, CostResource } from "../../contract.ts";
import { inSteps, metered, present, type Step } from "./lines.ts";
import { subnetCount } from "./vpc-endpoint.ts";

const path = "monthly_data_ingested_gb";
const terabyte = 1024;
const steps: readonly Step[] = [
  ["first 500TB", 500 * terabyte],
  ["next 1.5PB", 2000 * terabyte],
  ["next 3PB"],
];
const inVpc = [
  "elasticsearch_configuration",
  "opensearch_configuration",
  "opensearchserverless_configuration",
];

/** Data by volume; what is converted or delivered into a VPC costs again, the latter by the hour in each zone too. */
export const firehose: CostMapping = {
  types: ["aws_kinesis_firehose_delivery_stream"],
  price(resource, prices, usage) {
    const bill = { table: "aws_kinesis_firehose_delivery_stream", prices, usage };
    const lines = [
      ...inSteps(bill, { name: "Data ingested", unit: "GB", quantity: usage.number(path), steps }),
    ];
    if (converts(resource)) lines.push(metered(bill, { name: "Format conversion", unit: "GB", path }));
    const destination = inVpc.find((each) => resource.blocks(`${each}.vpc_config`).length > 0);
    if (destination !== undefined) {
      const zones = subnetCount(resource, `${destination}.vpc_config.subnet_ids`);
      const quantity = zones ? zones * hoursPerMonth : undefined;
      lines.push(metered(bill, { name: "VPC data", unit: "GB", path }));
      lines.push(present(bill, { name: "VPC AZ delivery", unit: "hours", quantity }));
    }
    return priced(lines);
  },
};

function converts(resource: CostResource): boolean {
  const [conversion] = resource.blocks("extended_s3_configuration.data_format_conversion_configuration");
  return conversion !== undefined && conversion["enabled"] !== false;
}
