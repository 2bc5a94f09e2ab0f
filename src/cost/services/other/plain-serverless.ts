import type { CostMapping } from "../../contract.ts";
import { plain } from "./plain.ts";

/** Services without machines of their own, whose arguments do not change their price. */
export const plainServerless: readonly CostMapping[] = [
  plain("aws_msk_serverless_cluster", [
    { name: "MSK Serverless cluster", unit: "hours" },
    { name: "MSK Serverless partition", unit: "partition-hours", path: "monthly_partition_hours" },
    { name: "MSK Serverless data in", unit: "GB", path: "monthly_data_in_gb" },
    { name: "MSK Serverless data out", unit: "GB", path: "monthly_data_out_gb" },
  ]),
  plain("aws_opensearchserverless_collection", [
    { name: "OpenSearch Compute Units", unit: "OCU-hours", path: "monthly_ocu_hours" },
    { name: "Managed storage", unit: "GB", path: "storage_gb" },
  ]),
  plain("aws_redshiftserverless_workgroup", [
    { name: "Redshift Processing Units", unit: "RPU-hours", path: "monthly_rpu_hours" },
  ]),
];
