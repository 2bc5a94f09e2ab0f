import type { HealthService } from "../../../src/core/health.ts";
import { stringAt, type JsonValue } from "../../../src/core/json.ts";
import type { Resource } from "../../../src/core/resource.ts";

/** How a kind of thing is known: its types in a state, and which attributes a person may name it by. */
interface Kind {
  readonly types: readonly string[];
  readonly by: readonly string[];
  /** What is asked about when the state does not know the name. */
  readonly elsewhere: (name: string) => Part;
}

interface Part {
  readonly type: string;
  readonly attributes: Readonly<Record<string, JsonValue>>;
}

const kinds: Readonly<Record<HealthService, Kind>> = {
  lambda: {
    types: ["aws_lambda_function"],
    by: ["function_name", "arn", "qualified_arn", "invoke_arn"],
    elsewhere: (name) => ({ type: "aws_lambda_function", attributes: { function_name: name } }),
  },
  ecs: {
    types: ["aws_ecs_service"],
    by: ["name", "id", "arn"],
    elsewhere: (name) => {
      const [service = "", cluster = "default"] = name.split("/").toReversed();
      return { type: "aws_ecs_service", attributes: { name: service, cluster: bare(cluster) } };
    },
  },
  queue: {
    types: ["aws_sqs_queue"],
    by: ["name", "url", "id", "arn"],
    elsewhere: (name) => ({
      type: "aws_sqs_queue",
      attributes: /^https?:/.test(name) ? { url: name } : { name: bare(name) },
    }),
  },
  target_group: {
    types: ["aws_lb_target_group", "aws_alb_target_group"],
    by: ["name", "arn"],
    elsewhere: (name) => ({
      type: "aws_lb_target_group",
      attributes: name.startsWith("arn:") ? { arn: name } : { name },
    }),
  },
  database: {
    types: ["aws_db_instance", "aws_rds_cluster_instance", "aws_rds_cluster"],
    by: ["identifier", "cluster_identifier", "arn"],
    elsewhere: (name) => ({ type: "database", attributes: { identifier: bare(name) } }),
  },
  step_function: {
    types: ["aws_sfn_state_machine"],
    by: ["name", "arn", "id"],
    elsewhere: (name) => ({ type: "aws_sfn_state_machine", attributes: { arn: name } }),
  },
  api_stage: {
    types: ["aws_apigatewayv2_stage", "aws_api_gateway_stage"],
    by: ["arn", "invoke_url"],
    elsewhere: (name) => {
      const [api = "", stage = "$default"] = name.split("/");
      return {
        type: "api_stage",
        attributes: { api_id: api, name: stage, rest_api_id: api, stage_name: stage },
      };
    },
  },
};

/** What a person means by a name: a resource of the state, or something that others deployed. */
export function resourceNamed(service: HealthService, name: string, among: readonly Resource[]): Resource {
  const kind = kinds[service];
  const known = among.find(
    (resource) =>
      kind.types.includes(resource.type) &&
      (resource.address === name ||
        kind.by.some((attribute) => stringAt(resource.attributes[attribute]) === name)),
  );
  if (known !== undefined) return known;
  const part = kind.elsewhere(name);
  return {
    ...part,
    address: name,
    name,
    provider: "registry.terraform.io/hashicorp/aws",
    tainted: false,
    // It tells the region.
    ...(name.startsWith("arn:") ? { arn: name } : {}),
  };
}

/** The name in an ARN, `arn:aws:sqs:REGION:ACCOUNT:NAME`, `…:cluster/NAME`. */
function bare(name: string): string {
  return name.startsWith("arn:") ? (name.split(/[:/]/).at(-1) ?? name) : name;
}
