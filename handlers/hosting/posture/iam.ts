import { attributesOf } from "../existence/probe.ts";
import { observe, type PostureReader } from "./desk.ts";
import { readPolicy } from "./policy.ts";
import { judgeTrust } from "./trust.ts";

export const roles: PostureReader = {
  types: ["aws_iam_role"],
  read: async (desk, resource) => {
    const RoleName = attributesOf(resource).text("name");
    const iam = await desk.iam();
    const reply = await desk.ask("iam:GetRole", () => iam.getRole({ RoleName }));
    if (reply.kind !== "told") return [];
    const statements = readPolicy(reply.value.Role?.AssumeRolePolicyDocument);
    if (statements === undefined) {
      desk.note("iam:GetRole", "the trust policy in the answer cannot be read");
      return [];
    }
    return judgeTrust(statements, desk.account).map(({ rule, ...saying }) => observe(desk, rule, saying));
  },
};
