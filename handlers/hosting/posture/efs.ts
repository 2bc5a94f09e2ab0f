import { arrayAt, objectAt, stringAt } from "../../../src/core/json.ts";
import { attributesOf } from "../existence/probe.ts";
import { percentEncoded } from "../existence/signed-call.ts";
import { observe, type PostureReader } from "./desk.ts";
import { judgePolicy } from "./open-policy.ts";

const root = "/2015-02-01/file-systems";

export const fileSystems: PostureReader = {
  types: ["aws_efs_file_system"],
  read: async (desk, resource) => {
    const id = attributesOf(resource).text("id");
    const efs = desk.rest("elasticfilesystem");
    const [described, policy] = await Promise.all([
      desk.ask("elasticfilesystem:DescribeFileSystems", () => efs(root, { FileSystemId: id })),
      desk.ask("elasticfilesystem:DescribeFileSystemPolicy", () =>
        efs(`${root}/${percentEncoded(id)}/policy`),
      ),
    ]);
    const found = described.kind === "told" ? arrayAt(described.value["FileSystems"]).map(objectAt) : [];
    return [
      ...(found.some(({ Encrypted }) => Encrypted === false)
        ? [
            observe(desk, "file-system-unencrypted", {
              severity: "MEDIUM",
              message: "files are stored without encryption",
              remedy: "encryption is set when a file system is made: make a new one with encrypted = true",
            }),
          ]
        : []),
      ...judgePolicy(desk, policy.kind === "told" ? stringAt(policy.value["Policy"]) : undefined, {
        rule: "file-system-open-to-anybody",
        severity: "HIGH",
        call: "elasticfilesystem:DescribeFileSystemPolicy",
      }),
    ];
  },
};
