import { byUsage, free, priced } from "../../component.ts";
import type { CostMapping } from "../../contract.ts";
import { inSteps, metered, present, type Step } from "./lines.ts";

const steps: readonly Step[] = [["first 1K", 1000], ["next 9K", 10_000], ["over 10K"]];

/** Public certificates cost nothing; one of a private authority is paid when it is issued. */
export const acmCertificate: CostMapping = {
  types: ["aws_acm_certificate"],
  price(resource, prices) {
    const isPrivate =
      resource.isConfigured("certificate_authority_arn") || resource.text("certificate_authority_arn");
    if (!isPrivate) return free("a public certificate costs nothing");
    const price = prices.of("aws_acm_certificate", "Certificate");
    return priced([byUsage({ name: "Certificate", unit: "requests", quantity: 1, price })]);
  },
};

/** A private authority by the month and by the certificates that it issues. */
export const privateAuthority: CostMapping = {
  types: ["aws_acmpca_certificate_authority"],
  price(resource, prices, usage) {
    const bill = { table: "aws_acmpca_certificate_authority", prices, usage };
    const path = "monthly_requests";
    const name = "Private certificate authority";
    if (resource.text("usage_mode") === "SHORT_LIVED_CERTIFICATE") {
      const short = `${name} (short-lived certificate mode)`;
      return priced([
        present(bill, { name: short, unit: "months", quantity: 1 }),
        metered(bill, { name: "Certificates (short-lived)", unit: "requests", path }),
      ]);
    }
    return priced([
      present(bill, { name, unit: "months", quantity: 1 }),
      ...inSteps(bill, { name: "Certificates", unit: "requests", quantity: usage.number(path), steps }),
    ]);
  },
};
