import { stringAt } from "../../../src/core/json.ts";
import { attributesOf } from "../existence/probe.ts";
import { observe, type Desk, type PostureReader } from "./desk.ts";
import { judgePolicy } from "./open-policy.ts";
import type { Observation } from "../contract.ts";

const call = "kms:GetKeyPolicy";

export const keys: PostureReader = {
  types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"],
  read: async (desk, resource) => {
    const KeyId = attributesOf(resource).text("key_id");
    const kms = desk.json({ service: "kms", target: "TrentService", protocol: "1.1" });
    const policy = await desk.ask(call, () => kms("GetKeyPolicy", { KeyId, PolicyName: "default" }));
    const open =
      policy.kind === "told"
        ? judgePolicy(desk, stringAt(policy.value["Policy"]), {
            rule: "key-open-to-anybody",
            severity: "CRITICAL",
            call,
          })
        : [];
    if (!canRotate(resource.type, resource.attributes["customer_master_key_spec"])) return open;
    return [...open, ...(await judgeRotation(desk, () => kms("GetKeyRotationStatus", { KeyId })))];
  },
};

/** AWS rotates symmetric keys of its own making alone. */
function canRotate(type: string, spec: unknown): boolean {
  return type === "aws_kms_key" && (spec === undefined || spec === null || spec === "SYMMETRIC_DEFAULT");
}

async function judgeRotation(
  desk: Desk,
  ask: () => Promise<Readonly<Record<string, unknown>>>,
): Promise<readonly Observation[]> {
  const reply = await desk.ask("kms:GetKeyRotationStatus", ask);
  if (reply.kind !== "told" || reply.value["KeyRotationEnabled"] === true) return [];
  return [
    observe(desk, "key-not-rotated", {
      severity: "LOW",
      message: "its material is never renewed",
      remedy: "set enable_key_rotation = true: old data stays readable",
    }),
  ];
}
