import { arrayAt, isObject, type JsonObject } from "../../../core/json.ts";
import { priced, under } from "../../component.ts";
import type { Component, CostMapping, CostResource } from "../../contract.ts";
import { metered, type Bill } from "./lines.ts";
import { storageClasses, type StorageClass } from "./s3-classes.ts";

const table = "aws_s3_bucket";
const lifecycle = "aws_s3_bucket_lifecycle_configuration";

/** A bucket in each storage class that its lifecycle rules move objects to, or that the usage file speaks of. */
export const s3Bucket: CostMapping = {
  types: [table],
  price(resource, prices, usage) {
    const bill = { table, prices, usage };
    const rules = rulesOf(resource);
    const targets = new Set(rules.flatMap(transitionsOf));
    const tags = rules.some(filtersByTag) || usage.number("object_tags") !== undefined;
    const tagging = { name: "Object tagging", unit: "10k tags", path: "object_tags", per: 10_000 };
    const classes = storageClasses.filter(
      ({ path, transition }) =>
        transition === undefined || targets.has(transition) || usage.object(path) !== undefined,
    );
    return priced([
      ...(tags ? [metered(bill, tagging)] : []),
      ...classes.flatMap((each) => classLines(each, bill)),
    ]);
  },
};

function classLines({ title, path, meters }: StorageClass, bill: Bill): readonly Component[] {
  const lines = meters.map((meter) => {
    const key = `${title} / ${meter.name}`;
    return metered(bill, { ...meter, path: `${path}.${meter.path}`, key });
  });
  return under(title, lines);
}

/** The rules written in the bucket and those of a lifecycle configuration beside it. */
function rulesOf(bucket: CostResource): readonly JsonObject[] {
  const beside = bucket.referencedBy(lifecycle, "bucket").flatMap((each) => each.blocks("rule"));
  const rules = [...bucket.blocks("lifecycle_rule"), ...beside];
  return rules.filter(({ enabled, status }) => enabled !== false && status !== "Disabled");
}

function transitionsOf(rule: JsonObject): readonly string[] {
  const blocks = [rule["transition"], rule["noncurrent_version_transition"]].flatMap((each) => arrayAt(each));
  return blocks.flatMap((block) => {
    const target = isObject(block) ? block["storage_class"] : undefined;
    return typeof target === "string" ? [target] : [];
  });
}

function filtersByTag(rule: JsonObject): boolean {
  const filters = arrayAt(rule["filter"]).filter(isObject);
  const inner = filters.flatMap((filter) => arrayAt(filter["and"]).filter(isObject));
  return (
    [rule, ...inner].some(({ tags }) => isObject(tags)) || filters.some(({ tag }) => arrayAt(tag).length > 0)
  );
}
