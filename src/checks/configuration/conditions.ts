import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "../../core/json.ts";

/** One `check` block, postcondition or precondition of the configuration, as it was last evaluated. */
export interface Condition {
  /** `check.health`, `aws_sns_topic.t`, `output.url`. */
  readonly address: string;
  readonly kind: "check" | "resource" | "output" | "variable" | "other";
  readonly status: "pass" | "fail" | "error" | "unknown";
  /** What its author wrote for the case. */
  readonly problems: readonly string[];
}

/**
 * Reads `checks` of a plan document. Format:
 * https://developer.hashicorp.com/terraform/internals/json-format#checks-representation
 */
export function readConditions(document: JsonObject): readonly Condition[] {
  return arrayAt(document["checks"])
    .filter(isObject)
    .flatMap((entry) => {
      const instances = arrayAt(entry["instances"]).filter(isObject);
      // A block that could not be expanded has a status and no instances.
      return (instances.length === 0 ? [entry] : instances).map((instance) => readOne(entry, instance));
    });
}

function readOne(entry: JsonObject, instance: JsonObject): Condition {
  const object = objectAt(entry["address"]);
  const shown = stringAt(objectAt(instance["address"])["to_display"]) ?? stringAt(object["to_display"]);
  return {
    address: shown ?? "?",
    kind: kindOf(stringAt(object["kind"])),
    status: statusOf(stringAt(instance["status"])),
    problems: arrayAt(instance["problems"]).flatMap(
      (problem) => stringAt(objectAt(problem)["message"]) ?? [],
    ),
  };
}

function kindOf(kind: string | undefined): Condition["kind"] {
  if (kind === "check" || kind === "resource") return kind;
  if (kind === "output_value") return "output";
  return kind === "var" ? "variable" : "other";
}

function statusOf(status: string | undefined): Condition["status"] {
  return status === "pass" || status === "fail" || status === "error" ? status : "unknown";
}
