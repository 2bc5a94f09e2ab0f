import { describe, expect, test } from "vitest";
import { summarise } from "../../../../src/cost/summary.ts";
import type { Estimate } from "../../../../src/cost/estimate.ts";
import { costLines } from "../../../../src/ui/cost-view.ts";
import { createStyle } from "../../../../src/ui/style.ts";
import { estimateOf, type PlannedResource } from "../../../helpers/cost-plan.ts";
import { displayWidth } from "../../../../src/ui/width.ts";

const style = createStyle({ env: {}, stream: {}, noColor: true });

function lines(estimate: Estimate, width = 100): readonly string[] {
  return costLines(estimate, summarise(estimate), { style, width });
}

const node = (desired: number, most: number, name = "a"): PlannedResource => ({
  type: "aws_eks_node_group",
  name,
  values: { instance_types: ["m5.large"], scaling_config: [{ desired_size: desired, max_size: most }] },
});

describe("the bill", () => {
  test("has a line for each part, and the total last", () => {
    const bill = lines(estimateOf([node(2, 2), { type: "aws_sqs_queue" }, { type: "aws_iam_role" }]));
    const text = bill.join("\n");
    expect(text).toMatch(/^aws_eks_node_group\.a +\$144\.16$/m);
    expect(text).toMatch(/Instance usage \(.*m5\.large\) +1460 hours +\$0\.096 per hours +\$140\.16$/m);
    expect(text).toMatch(/Requests +by usage +\$0\.4 per 1M requests *$/m);
    expect(text).toContain("1 free of charge");
    expect(bill.at(-2)).toBe("$144.16 a month (+$144.16 against now)");
    expect(bill.at(-1)).toMatch(/^1 component by usage that is not given · prices of 20\d\d-/);
  });

  test("says how far it may grow, and only then", () => {
    const bill = lines(estimateOf([node(1, 3)]));
    expect(bill[0]).toMatch(/^aws_eks_node_group\.a +up to \$216\.24 a month +\$72\.08$/);
    expect(bill.slice(-3, -1)).toEqual([
      "$72.08 a month (+$72.08 against now)",
      "up to $216.24 a month when everything scales out",
    ]);
    expect(lines(estimateOf([node(1, 1)])).join("\n")).not.toContain("up to");
  });

  test("names what is not known and why, never as nothing", () => {
    const text = lines(estimateOf([{ type: "aws_unheard_of" }])).join("\n");
    expect(text).toMatch(/price not known: 1\n +aws_unheard_of\.a +no prices for aws_unheard_of/);
    expect(text).toContain("1 price not known");
  });

  test("names usage of nothing", () => {
    const estimate = estimateOf([node(1, 1)], { usage: { "aws_lb.gone": { new_connections: 1 } } });
    expect(lines(estimate).join("\n")).toContain("usage of nothing in this plan: aws_lb.gone");
  });

  test("lets no name move the cursor or break a line", () => {
    const hostile = 'x["\u001b[2J\n::error::\u202e"]';
    const text = lines(estimateOf([node(1, 1, hostile)])).join("\n");
    expect(text).toContain("\\u{1b}[2J ::error::\\u{202e}");
    // oxlint-disable-next-line no-control-regex -- the bell of what this is about
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });

  test.each([60, 80, 120])("fits into %i columns", (width) => {
    const name = "a_rather_long_name_for_a_group_of_nodes_that_somebody_made_in_a_module";
    const long = [...lines(estimateOf([node(1, 3, name), { type: "aws_unheard_of", name }]), width)];
    expect(long.filter((line) => displayWidth(line) > width)).toEqual([]);
  });
});
