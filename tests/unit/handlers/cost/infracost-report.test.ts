import { describe, expect, it } from "vitest";
import { readInfracost } from "../../../../handlers/cost/infracost-report.ts";

const resource = (name: string, monthlyCost: string | null) => ({
  name,
  resourceType: "aws_instance",
  metadata: {},
  hourlyCost: null,
  monthlyCost,
  costComponents: [],
});

describe("what infracost writes", () => {
  it("is read as a total and the resources that have a cost", () => {
    const document = {
      version: "0.2",
      currency: "USD",
      projects: [
        {
          name: "a",
          breakdown: { resources: [resource("aws_instance.a", "70.08"), resource("aws_lb.b", null)] },
        },
        { name: "b", breakdown: { resources: [resource('module.x["y"].aws_instance.c', "1.5")] } },
      ],
      totalHourlyCost: "0.1",
      totalMonthlyCost: "71.58",
    };
    expect(readInfracost(JSON.stringify(document))).toEqual({
      currency: "USD",
      total: 71.58,
      resources: [
        { address: "aws_instance.a", monthly: 70.08 },
        { address: 'module.x["y"].aws_instance.c', monthly: 1.5 },
      ],
    });
  });

  it("may have no total, and names its currency", () => {
    const document = { currency: "EUR", projects: [], totalMonthlyCost: null };
    expect(readInfracost(JSON.stringify(document))).toEqual({ currency: "EUR", resources: [] });
  });

  it.each(["", "null", "[]", "{}", '{"projects": 7}', "Error: no"])("is nothing when it is %j", (text) => {
    expect(readInfracost(text)).toEqual({ why: "it wrote no breakdown of projects" });
  });

  it.each(['"NaN"', '""', '"1e999"', "{}", "true"])("has no total that is %s", (total) => {
    expect(readInfracost(`{"projects": [], "totalMonthlyCost": ${total}}`)).not.toHaveProperty("total");
  });
});
