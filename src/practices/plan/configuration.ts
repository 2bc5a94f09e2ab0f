import { arrayAt, isObject, objectAt, stringAt, type JsonObject, type JsonValue } from "../../core/json.ts";

/** One resource block of the configuration, before `count` and `for_each`. */
export interface ConfiguredResource {
  /** Path of its module without instance keys, `a.b`; empty in the root. */
  readonly module: string;
  /** Inside its module: `aws_sqs_queue.jobs`, `data.aws_ami.it`. */
  readonly local: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly expressions: JsonObject;
  /** Types of its provisioners, e.g. `local-exec`. */
  readonly provisioners: readonly string[];
  readonly repeats?: "count" | "for_each";
  /** What `for_each` or `count` refers to. */
  readonly goesOver: readonly string[];
}

/** One module of the configuration, and how it is called. */
export interface ConfiguredModule {
  /** `a.b`; empty for the root. */
  readonly path: string;
  readonly source?: string;
  readonly version?: string;
  /** Arguments that its caller gives it. */
  readonly given: JsonObject;
  readonly variables: JsonObject;
  readonly outputs: JsonObject;
  readonly resources: readonly ConfiguredResource[];
}

interface ConfiguredProvider {
  /** `aws`, `aws.west`, `module.a:aws`. */
  readonly key: string;
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  readonly constraint?: string;
  readonly expressions: JsonObject;
}

export interface Configuration {
  readonly modules: ReadonlyMap<string, ConfiguredModule>;
  readonly providers: readonly ConfiguredProvider[];
}

/** Reads `configuration` of a plan document. Format: https://developer.hashicorp.com/terraform/internals/json-format */
export function readConfiguration(document: JsonObject): Configuration {
  const configuration = objectAt(document["configuration"]);
  const modules = new Map<string, ConfiguredModule>();
  addModule(modules, "", {}, objectAt(configuration["root_module"]));
  const providers = Object.entries(objectAt(configuration["provider_config"])).map(([key, value]) => {
    const provider = objectAt(value);
    const constraint = stringAt(provider["version_constraint"]);
    return {
      key,
      source: stringAt(provider["full_name"]) ?? stringAt(provider["name"]) ?? key,
      ...(constraint === undefined ? {} : { constraint }),
      expressions: objectAt(provider["expressions"]),
    };
  });
  return { modules, providers };
}

function addModule(
  modules: Map<string, ConfiguredModule>,
  path: string,
  call: JsonObject,
  module: JsonObject,
): void {
  const source = stringAt(call["source"]);
  const version = stringAt(call["version_constraint"]);
  modules.set(path, {
    path,
    ...(source === undefined ? {} : { source }),
    ...(version === undefined ? {} : { version }),
    given: objectAt(call["expressions"]),
    variables: objectAt(module["variables"]),
    outputs: objectAt(module["outputs"]),
    resources: arrayAt(module["resources"])
      .filter(isObject)
      .map((resource) => readResource(path, resource)),
  });
  for (const [name, child] of Object.entries(objectAt(module["module_calls"]))) {
    const inner = objectAt(child);
    addModule(modules, path === "" ? name : `${path}.${name}`, inner, objectAt(inner["module"]));
  }
}

function readResource(module: string, resource: JsonObject): ConfiguredResource {
  const mode = resource["mode"] === "data" ? "data" : "managed";
  const type = stringAt(resource["type"]) ?? "?";
  const name = stringAt(resource["name"]) ?? "?";
  return {
    module,
    local: `${mode === "data" ? "data." : ""}${type}.${name}`,
    mode,
    type,
    name,
    expressions: objectAt(resource["expressions"]),
    provisioners: arrayAt(resource["provisioners"]).flatMap(
      (provisioner) => stringAt(objectAt(provisioner)["type"]) ?? [],
    ),
    goesOver: [
      ...referencesIn(resource["for_each_expression"]),
      ...referencesIn(resource["count_expression"]),
    ],
    ...(resource["count_expression"] === undefined ? {} : { repeats: "count" as const }),
    ...(resource["for_each_expression"] === undefined ? {} : { repeats: "for_each" as const }),
  };
}

/** Every reference inside an expression, its nested blocks included, as Terraform writes them, longest first. */
export function referencesIn(expression: JsonValue | undefined): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (!isObject(expression)) return [];
  const own = arrayAt(expression["references"]).filter((part) => typeof part === "string");
  if (own.length > 0) return own;
  return Object.entries(expression).flatMap(([key, part]) =>
    key === "constant_value" ? [] : referencesIn(part),
  );
}

/** Every text that stands in an expression as it is, with its dotted path. */
export function constantsIn(
  expression: JsonValue | undefined,
  path = "",
): readonly { readonly path: string; readonly text: string }[] {
  if (typeof expression === "string") return [{ path, text: expression }];
  if (Array.isArray(expression)) return expression.flatMap((part) => constantsIn(part, path));
  if (!isObject(expression)) return [];
  if (Object.hasOwn(expression, "references")) return [];
  return Object.entries(expression).flatMap(([key, part]) =>
    constantsIn(part, key === "constant_value" ? path : path === "" ? key : `${path}.${key}`),
  );
}
