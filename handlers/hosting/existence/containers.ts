import { arrayAt, objectAt, type JsonObject } from "../../../src/core/json.ts";
import { jsonApi, type JsonApi } from "./json-api.ts";
import { probesOf } from "./probe.ts";
import { domainOf } from "./signed-call.ts";

/** What was deleted stays for a while, INACTIVE. */
function isActive(said: JsonObject, list: string): boolean {
  return arrayAt(said[list]).some((item) => objectAt(item)["status"] !== "INACTIVE");
}

export const ecsProbes = probesOf<JsonApi>(
  async (settings) =>
    jsonApi(settings, { service: "ecs", target: "AmazonEC2ContainerServiceV20141113", protocol: "1.1" }),
  [
    {
      types: ["aws_ecs_cluster"],
      call: "ecs:DescribeClusters",
      ask: async (ecs, of) =>
        isActive(await ecs("DescribeClusters", { clusters: [of.text("name")] }), "clusters"),
    },
    {
      types: ["aws_ecs_service"],
      call: "ecs:DescribeServices",
      ask: async (ecs, of) => {
        const asked = { cluster: of.maybe("cluster") ?? "default", services: [of.text("name")] };
        return isActive(await ecs("DescribeServices", asked), "services");
      },
    },
    {
      types: ["aws_ecs_task_definition"],
      call: "ecs:DescribeTaskDefinition",
      ask: async (ecs, of) => {
        const said = await orMissing(ecs("DescribeTaskDefinition", { taskDefinition: of.text("arn") }));
        return said !== undefined && objectAt(said["taskDefinition"])["status"] !== "INACTIVE";
      },
    },
  ],
);

/** ECS has no code of its own for a task definition that is not there. */
async function orMissing(asked: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await asked;
  } catch (error) {
    const isMissing = error instanceof Error && error.name === "ClientException";
    if (isMissing && error.message.startsWith("Unable to describe task definition")) return undefined;
    throw error;
  }
}

export const ecrProbes = probesOf<JsonApi>(
  async (settings) =>
    jsonApi(settings, {
      service: "ecr",
      host: `api.ecr.${settings.region}.${domainOf(settings.region)}`,
      target: "AmazonEC2ContainerRegistry_V20150921",
      protocol: "1.1",
    }),
  [
    {
      types: ["aws_ecr_repository"],
      call: "ecr:DescribeRepositories",
      ask: async (ecr, of) => ecr("DescribeRepositories", { repositoryNames: [of.text("name")] }),
    },
    {
      types: ["aws_ecr_repository_policy"],
      call: "ecr:GetRepositoryPolicy",
      ask: async (ecr, of) => ecr("GetRepositoryPolicy", { repositoryName: of.text("repository") }),
    },
    {
      types: ["aws_ecr_lifecycle_policy"],
      call: "ecr:GetLifecyclePolicy",
      ask: async (ecr, of) => ecr("GetLifecyclePolicy", { repositoryName: of.text("repository") }),
    },
  ],
);
