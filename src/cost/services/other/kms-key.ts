import { priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { metered, present, type Meter } from "./lines.ts";

const meter = (name: string, path = "monthly_requests"): Meter => ({
  name,
  unit: "10k requests",
  path,
  per: 10_000,
});
const symmetric = [
  meter("Requests"),
  meter("ECC GenerateDataKeyPair requests", "monthly_ecc_data_key_pair_requests"),
  meter("RSA GenerateDataKeyPair requests", "monthly_rsa_data_key_pair_requests"),
];

/** A key by the month; what its requests cost depends on the kind of key. */
export const kmsKey: CostMapping = {
  types: ["aws_kms_key", "aws_kms_replica_key"],
  price(resource, prices, usage) {
    const bill = { table: "aws_kms_key", prices, usage };
    const spec = resource.text("customer_master_key_spec") ?? "SYMMETRIC_DEFAULT";
    return priced([
      present(bill, { name: "Customer master key", unit: "months", quantity: 1 }),
      ...metersOf(spec).map((each) => metered(bill, each)),
    ]);
  },
};

function metersOf(spec: string): readonly Meter[] {
  if (spec === "RSA_2048") return [meter("Requests (RSA 2048)")];
  return /^(?:RSA|ECC)_/.test(spec) ? [meter("Requests (asymmetric)")] : symmetric;
}
