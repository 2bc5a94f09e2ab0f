import { describe, expect, it } from "vitest";
import { costOf, linesOf } from "../../../../../helpers/cost-plan.ts";

const bucket = { type: "aws_s3_bucket", values: { bucket: "b" } };

describe("buckets", () => {
  it("have the standard class, with prices and without a cost", () => {
    const cost = costOf(bucket);
    expect(cost?.monthly_cost_usd).toBeNull();
    expect(linesOf(cost)[0]).toBe("Standard / Storage: ? GB × 0.023");
    expect(linesOf(cost)).toHaveLength(5);
  });

  it("get a class by the usage file", () => {
    const usage = { glacier_deep_archive: { storage_gb: 1000, early_delete_gb: 0 } };
    const lines = linesOf(costOf(bucket, { usage }));
    expect(lines).toContain("Glacier deep archive / Storage: 1000 GB × 0.00099");
    expect(lines).toContain("Glacier deep archive / Early delete (within 180 days): 0 GB × 0.00099");
  });

  it("get a class by a lifecycle configuration beside them, but not by a disabled rule", () => {
    const lifecycle = {
      type: "aws_s3_bucket_lifecycle_configuration",
      name: "l",
      values: {
        rule: [
          {
            status: "Enabled",
            transition: [{ storage_class: "STANDARD_IA" }],
            filter: [{ tag: [{ key: "k", value: "v" }] }],
          },
          { status: "Disabled", transition: [{ storage_class: "GLACIER" }] },
        ],
      },
      expressions: { bucket: { references: ["aws_s3_bucket.a.id", "aws_s3_bucket.a"] } },
    };
    const names = costOf(bucket, { beside: [lifecycle] })?.components.map(({ name }) => name) ?? [];
    expect(names).toContain("Object tagging");
    expect(names).toContain("Standard - infrequent access / Retrievals");
    expect(names.some((name) => name.startsWith("Glacier"))).toBe(false);
  });

  it("get a class by rules of their own", () => {
    const lifecycle_rule = [{ enabled: true, transition: [{ storage_class: "ONEZONE_IA" }] }];
    const names = costOf({ ...bucket, values: { lifecycle_rule } })?.components.map(({ name }) => name) ?? [];
    expect(names).toContain("One zone - infrequent access / Storage");
  });

  it("in a region without prices list their lines without them", () => {
    expect(linesOf(costOf(bucket, { region: "me-central-1" }))[0]).toBe("Standard / Storage: ? GB × ?");
  });
});
