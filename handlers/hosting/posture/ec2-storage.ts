import type { Observation } from "../contract.ts";
import { eachInParallel } from "../existence/parallel.ts";
import { attributesOf } from "../existence/probe.ts";
import { elementsAt, textIn, type XmlElement } from "../existence/xml.ts";
import { observe, type Desk, type PostureReader } from "./desk.ts";

const ec2 = { service: "ec2", version: "2016-11-15" } as const;

export const volumes: PostureReader = {
  types: ["aws_ebs_volume"],
  read: async (desk, resource) => {
    const id = attributesOf(resource).text("id");
    return (await Promise.all([judgeVolumes(desk, { "VolumeId.1": id }), judgeCopies(desk, id)])).flat();
  },
};

/** The volumes that came with a machine are in no state. */
export const machines: PostureReader = {
  types: ["aws_instance"],
  read: async (desk, resource) =>
    judgeVolumes(desk, {
      "Filter.1.Name": "attachment.instance-id",
      "Filter.1.Value.1": attributesOf(resource).text("id"),
    }),
};

async function judgeVolumes(
  desk: Desk,
  parameters: Readonly<Record<string, string>>,
): Promise<readonly Observation[]> {
  const reply = await desk.ask("ec2:DescribeVolumes", () =>
    desk.query({ ...ec2, action: "DescribeVolumes", parameters }),
  );
  if (reply.kind !== "told") return [];
  return elementsAt(reply.value, "volumeSet/item")
    .filter((volume) => textIn(volume, "encrypted") === "false")
    .map((volume) =>
      observe(desk, "volume-unencrypted", {
        severity: "MEDIUM",
        message: `the volume ${textIn(volume, "volumeId") ?? ""} is not encrypted`,
        remedy: "set encrypted = true, which makes a new volume; copy the data through a snapshot",
      }),
    );
}

export const volumeSnapshots: PostureReader = {
  types: ["aws_ebs_snapshot", "aws_ebs_snapshot_copy", "aws_ebs_snapshot_import"],
  read: async (desk, resource) => judgeSnapshot(desk, attributesOf(resource).text("id")),
};

async function judgeCopies(desk: Desk, volume: string): Promise<readonly Observation[]> {
  const reply = await desk.ask("ec2:DescribeSnapshots", () => copiesOf(desk, volume));
  if (reply.kind !== "told") return [];
  return (await eachInParallel(reply.value, (id) => judgeSnapshot(desk, id))).flat();
}

async function copiesOf(desk: Desk, volume: string): Promise<readonly string[]> {
  const ids: string[] = [];
  let token: string | undefined;
  do {
    const parameters = {
      "Owner.1": "self",
      "Filter.1.Name": "volume-id",
      "Filter.1.Value.1": volume,
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const said: XmlElement = await desk.query({ ...ec2, action: "DescribeSnapshots", parameters });
    ids.push(...elementsAt(said, "snapshotSet/item").flatMap((item) => textIn(item, "snapshotId") ?? []));
    token = textIn(said, "nextToken") || undefined;
  } while (token !== undefined);
  return ids;
}

async function judgeSnapshot(desk: Desk, id: string): Promise<readonly Observation[]> {
  const parameters = { SnapshotId: id, Attribute: "createVolumePermission" };
  const reply = await desk.ask("ec2:DescribeSnapshotAttribute", () =>
    desk.query({ ...ec2, action: "DescribeSnapshotAttribute", parameters }),
  );
  if (reply.kind !== "told") return [];
  if (!mayEverybodyCopy(reply.value)) return [];
  return [
    observe(desk, "snapshot-public", {
      severity: "CRITICAL",
      message: `every AWS account may make a volume of the snapshot ${id}`,
      remedy: "take the group all out of its createVolumePermission; name the accounts that need it",
    }),
  ];
}

/** Of an answer to DescribeSnapshotAttribute. */
export function mayEverybodyCopy(answer: XmlElement): boolean {
  return elementsAt(answer, "createVolumePermission/item/group").some(({ text }) => text.trim() === "all");
}
