import { describe, expect, it } from "vitest";
import type { QueryCall } from "../../../../../handlers/hosting/existence/query-api.ts";
import { parseXml, type XmlElement } from "../../../../../handlers/hosting/existence/xml.ts";
import type { Desk } from "../../../../../handlers/hosting/posture/desk.ts";
import { mayEverybodyCopy, volumes } from "../../../../../handlers/hosting/posture/ec2-storage.ts";
import { databases, mayEverybodyRestore } from "../../../../../handlers/hosting/posture/rds.ts";
import type { JsonObject } from "../../../../../src/core/json.ts";
import type { Resource } from "../../../../../src/core/resource.ts";

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

/** A desk where every question is answered by these documents, in turn for each action. */
function deskOf(answers: Readonly<Record<string, readonly string[]>>): {
  readonly desk: Desk;
  readonly asked: QueryCall[];
} {
  const asked: QueryCall[] = [];
  const never = (): never => {
    throw new Error("not expected to be called");
  };
  const query = async (call: QueryCall): Promise<XmlElement> => {
    const before = asked.filter(({ action }) => action === call.action).length;
    asked.push(call);
    const pages = answers[call.action] ?? [];
    return parseXml(pages[Math.min(before, pages.length - 1)] ?? "");
  };
  const desk: Desk = {
    config: { region: "eu-west-1", credentials: never },
    address: "x.y",
    account: undefined,
    json: never,
    rest: never,
    query,
    s3: never,
    iam: never,
    once: never,
    note: never,
    ask: async (_, work) => ({ kind: "told", value: await work() }),
  };
  return { desk, asked };
}

const thing = (type: string, attributes: JsonObject): Resource => ({
  address: `${type}.x`,
  type,
  name: "x",
  provider: "p",
  tainted: false,
  attributes,
});

describe("copies on later pages", () => {
  it("are looked at, of a database", async () => {
    const page = (name: string, marker: string): string =>
      `<R><DescribeDBSnapshotsResult><DBSnapshots><DBSnapshot><DBSnapshotIdentifier>${name}</DBSnapshotIdentifier>
        </DBSnapshot></DBSnapshots>${marker}</DescribeDBSnapshotsResult></R>`;
    const { desk, asked } = deskOf({
      DescribeDBInstances: [
        "<R><DescribeDBInstancesResult><DBInstances><DBInstance/></DBInstances></DescribeDBInstancesResult></R>",
      ],
      DescribeDBSnapshots: [page("one", "<Marker>m</Marker>"), page("two", "")],
      DescribeDBSnapshotAttributes: [database("", ""), database("", value("all"))],
    });
    const seen = await databases.read(desk, thing("aws_db_instance", { identifier: "d" }));
    expect(seen).toMatchObject([{ rule: "snapshot-public", message: expect.stringContaining("two") }]);
    expect(asked.map(({ parameters }) => parameters["Marker"]).filter(Boolean)).toEqual(["m"]);
  });

  it("are looked at, of a volume", async () => {
    const page = (id: string, token: string): string =>
      `<R><snapshotSet><item><snapshotId>${id}</snapshotId></item></snapshotSet>${token}</R>`;
    const { desk } = deskOf({
      DescribeVolumes: ["<R><volumeSet/></R>"],
      DescribeSnapshots: [page("snap-1", "<nextToken>t</nextToken>"), page("snap-2", "<nextToken/>")],
      DescribeSnapshotAttribute: [volume(""), volume("<item><group>all</group></item>")],
    });
    const seen = await volumes.read(desk, thing("aws_ebs_volume", { id: "vol-1" }));
    expect(seen).toMatchObject([{ rule: "snapshot-public", message: expect.stringContaining("snap-2") }]);
  });
});

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
