import { arrayAt, objectAt } from "../../../src/core/json.ts";
import { probesOf } from "./probe.ts";
import { restApi, type RestApi } from "./rest-api.ts";

const root = "/2015-02-01";

/** Paths: https://docs.aws.amazon.com/efs/latest/ug/API_Operations.html */
export const efsProbes = probesOf<RestApi>(
  async (settings) => restApi(settings, "elasticfilesystem"),
  [
    {
      types: ["aws_efs_file_system"],
      call: "elasticfilesystem:DescribeFileSystems",
      ask: async (efs, of) => {
        const said = await efs(`${root}/file-systems`, { FileSystemId: of.text("id") });
        return arrayAt(said["FileSystems"]).some((one) => objectAt(one)["LifeCycleState"] !== "deleted");
      },
    },
    {
      types: ["aws_efs_mount_target"],
      call: "elasticfilesystem:DescribeMountTargets",
      ask: async (efs, of) => {
        const said = await efs(`${root}/mount-targets`, { MountTargetId: of.text("id") });
        return arrayAt(said["MountTargets"]).length > 0;
      },
    },
    {
      types: ["aws_efs_access_point"],
      call: "elasticfilesystem:DescribeAccessPoints",
      ask: async (efs, of) => {
        const said = await efs(`${root}/access-points`, { AccessPointId: of.text("id") });
        return arrayAt(said["AccessPoints"]).length > 0;
      },
    },
  ],
);
