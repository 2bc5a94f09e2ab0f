import { stringAt } from "../../../src/core/json.ts";
import { attributesOf } from "../existence/probe.ts";
import { domainOf } from "../existence/signed-call.ts";
import type { PostureReader } from "./desk.ts";
import { judgePolicy } from "./open-policy.ts";

const call = "ecr:GetRepositoryPolicy";

export const repositories: PostureReader = {
  types: ["aws_ecr_repository"],
  read: async (desk, resource) => {
    const { region } = desk.config;
    const ecr = desk.json({
      service: "ecr",
      host: `api.ecr.${region}.${domainOf(region)}`,
      target: "AmazonEC2ContainerRegistry_V20150921",
      protocol: "1.1",
    });
    const repositoryName = attributesOf(resource).text("name");
    const reply = await desk.ask(call, () => ecr("GetRepositoryPolicy", { repositoryName }));
    if (reply.kind !== "told") return [];
    const policy = stringAt(reply.value["policyText"]);
    return judgePolicy(desk, policy, { rule: "repository-open-to-anybody", severity: "HIGH", call });
  },
};
