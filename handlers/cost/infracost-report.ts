import { arrayAt, objectAt, parseObject, stringAt, type JsonValue } from "../../src/core/json.ts";

export interface InfracostReport {
  readonly currency: string;
  readonly total?: number;
  readonly resources: readonly { readonly address: string; readonly monthly: number }[];
}

/**
 * What `infracost breakdown --format json` writes: projects with a breakdown of resources by address; money is decimal
 * text, null where it is not known. https://www.infracost.io/docs/features/cli_commands/#json-format
 */
export function readInfracost(text: string): InfracostReport | { readonly why: string } {
  const document = parseObject(text);
  if (document === undefined || !Array.isArray(document["projects"]))
    return { why: "it wrote no breakdown of projects" };
  const total = amount(document["totalMonthlyCost"]);
  const resources = arrayAt(document["projects"]).flatMap((project) =>
    arrayAt(objectAt(objectAt(project)["breakdown"])["resources"]).flatMap((each) => {
      const address = stringAt(objectAt(each)["name"]);
      const monthly = amount(objectAt(each)["monthlyCost"]);
      return address === undefined || monthly === undefined ? [] : [{ address, monthly }];
    }),
  );
  return {
    currency: stringAt(document["currency"]) ?? "USD",
    ...(total === undefined ? {} : { total }),
    resources,
  };
}

function amount(value: JsonValue | undefined): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
