import { describe, expect, it } from "vitest";
import { parseXml } from "../../../../../handlers/hosting/existence/xml.ts";
import { mayEverybodyCopy } from "../../../../../handlers/hosting/posture/ec2-storage.ts";
import { mayEverybodyRestore } from "../../../../../handlers/hosting/posture/rds.ts";

const volume = (item: string): string =>
  `<?xml version="1.0"?><DescribeSnapshotAttributeResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
    <snapshotId>snap-1</snapshotId><createVolumePermission>${item}</createVolumePermission>
  </DescribeSnapshotAttributeResponse>`;
const database = (kind: string, values: string): string =>
  `<DescribeDB${kind}SnapshotAttributesResponse><DescribeDB${kind}SnapshotAttributesResult><DB${kind}SnapshotAttributesResult>
    <DB${kind}SnapshotAttributes><DB${kind}SnapshotAttribute><AttributeName>restore</AttributeName>
    <AttributeValues>${values}</AttributeValues></DB${kind}SnapshotAttribute></DB${kind}SnapshotAttributes>
  </DB${kind}SnapshotAttributesResult></DescribeDB${kind}SnapshotAttributesResult></DescribeDB${kind}SnapshotAttributesResponse>`;
const value = (text: string): string => `<AttributeValue>${text}</AttributeValue>`;

describe("who may copy a snapshot", () => {
  it.each([
    ["everybody", "<item><group>all</group></item>", true],
    ["one account", "<item><userId>123456789012</userId></item>", false],
    ["nobody", "", false],
  ])("of a volume: %s", async (_, item, expected) =>
    expect(mayEverybodyCopy(await parseXml(volume(item)))).toBe(expected),
  );

  it.each([
    ["", value("all"), true],
    ["Cluster", value("123456789012") + value("all"), true],
    ["", value("123456789012"), false],
    ["Cluster", "", false],
  ])("of a database (%s): %s", async (kind, values, expected) =>
    expect(mayEverybodyRestore(await parseXml(database(kind, values)))).toBe(expected),
  );

  it("is not read out of what is no XML", async () => {
    await expect(parseXml("not found")).rejects.toThrow(SyntaxError);
    await expect(parseXml("<a><b></a>")).rejects.toThrow(SyntaxError);
    await expect(parseXml("")).rejects.toThrow(SyntaxError);
  });
});
