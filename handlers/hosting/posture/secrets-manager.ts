import { stringAt } from "../../../src/core/json.ts";
import { attributesOf } from "../existence/probe.ts";
import type { PostureReader } from "./desk.ts";
import { judgePolicy } from "./open-policy.ts";

const call = "secretsmanager:GetResourcePolicy";

export const secrets: PostureReader = {
  types: ["aws_secretsmanager_secret"],
  read: async (desk, resource) => {
    const SecretId = attributesOf(resource).text("arn");
    const manager = desk.json({ service: "secretsmanager", target: "secretsmanager", protocol: "1.1" });
    const reply = await desk.ask(call, () => manager("GetResourcePolicy", { SecretId }));
    if (reply.kind !== "told") return [];
    const policy = stringAt(reply.value["ResourcePolicy"]);
    return judgePolicy(desk, policy, { rule: "secret-open-to-anybody", severity: "CRITICAL", call });
  },
};
