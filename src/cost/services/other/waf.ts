import { arrayAt, objectAt, type JsonObject } from "../../../core/json.ts";
import { byUsage, priced, unknown } from "../../component.ts";
import type { Component, CostMapping } from "../../contract.ts";
import { metered, present, type Bill } from "./lines.ts";
import { globalRegion } from "./plain.ts";

const requests = { name: "Requests", unit: "1M requests", path: "monthly_requests", per: 1e6 };

/** An ACL by the month, by its rules and groups of rules, and by the requests that it looks at. */
export const wafClassic: CostMapping = {
  types: ["aws_waf_web_acl", "aws_wafregional_web_acl"],
  price(resource, prices, usage) {
    const bill = { table: "aws_waf_web_acl", prices, usage };
    const rules = [...resource.blocks("rules"), ...resource.blocks("rule")];
    const groups = rules.filter(({ type }) => type === "GROUP").length;
    const single = rules.length - groups + (usage.number("rule_group_rules") ?? 0);
    return priced([
      ...aclLines(bill, single),
      ...groupLine(bill, "Rule groups", groups),
      metered(bill, requests),
    ]);
  },
};

/** As a classic one, but groups that AWS or others manage are counted apart. An ACL of CloudFront is priced as everywhere. */
export const wafV2: CostMapping = {
  types: ["aws_wafv2_web_acl"],
  price(resource, regional, usage) {
    const prices = resource.text("scope") === "CLOUDFRONT" ? regional.in(globalRegion) : regional;
    const bill = { table: "aws_wafv2_web_acl", prices, usage };
    if (resource.isUnknown("rule") && resource.blocks("rule").length === 0)
      return unknown("its rules are known only after apply");
    const statements = resource.blocks("rule").map(({ statement }) => objectAt(arrayAt(statement)[0]));
    const groups = statements.filter((each) => has(each, "rule_group_reference_statement")).length;
    const managed = statements.filter((each) => has(each, "managed_rule_group_statement")).length;
    const inGroups =
      (usage.number("rule_group_rules") ?? 0) + (usage.number("managed_rule_group_rules") ?? 0);
    return priced([
      ...aclLines(bill, statements.length - groups - managed + inGroups),
      ...groupLine(bill, "Rule groups", groups),
      ...groupLine(bill, "Managed rule groups", managed),
      metered(bill, requests),
    ]);
  },
};

function aclLines(bill: Bill, rules: number): readonly Component[] {
  return [
    present(bill, { name: "Web ACL usage", unit: "months", quantity: 1 }),
    ...(rules > 0 ? [present(bill, { name: "Rules", unit: "rules", quantity: rules })] : []),
  ];
}

function groupLine({ prices, table }: Bill, name: string, quantity: number): readonly Component[] {
  return quantity === 0 ? [] : [byUsage({ name, unit: "groups", quantity, price: prices.of(table, name) })];
}

function has(statement: JsonObject, name: string): boolean {
  return arrayAt(statement[name]).length > 0;
}
