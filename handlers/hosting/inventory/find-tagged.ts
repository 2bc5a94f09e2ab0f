import { arrayAt, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { clientSettings } from "../client-config.ts";
import type { Inventory, TaggedResource } from "../contract.ts";
import { askEach } from "../existence/ask-each.ts";
import { jsonApi } from "../existence/json-api.ts";
import { interruption } from "../existence/parallel.ts";
import { describeError, troubleOf } from "../api-error.ts";
import { sessionError } from "../credential-error.ts";
import type { ReadingContext } from "../posture/read-posture.ts";
import { resourceOfArn } from "./resource-of-arn.ts";

type Tags = Readonly<Record<string, string>>;

/**
 * Everything that carries all of these tags, by the Resource Groups Tagging API, in the session's region and the
 * given ones. What belongs to no region (IAM, CloudFront, Route 53) is listed in us-east-1, which is asked as well
 * on AWS. The API still lists what was just deleted, and keys that wait for their end: what the service itself says
 * is gone is left out. Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export async function findTagged(
  tags: Tags,
  regions: readonly string[],
  context: ReadingContext,
): Promise<Inventory> {
  const { config, signal } = context;
  const global = config.endpoint === undefined && /^(?!cn-|us-gov-)/.test(config.region) ? ["us-east-1"] : [];
  const wanted = [...new Set([config.region, ...regions, ...global])];
  const interrupted = interruption(signal);
  try {
    const searches = await Promise.all(
      wanted.map((region) => interrupted.unless(() => searchRegion(tags, region, context))),
    );
    const byArn = new Map(searches.flatMap(({ found }) => found).map((one) => [one.arn, one] as const));
    return {
      resources: await withoutGone([...byArn.values()], context),
      checked: searches.flatMap(({ found, why, region }) =>
        why === undefined || found.length > 0 ? [`tag:GetResources in ${region}`] : [],
      ),
      unavailable: searches.flatMap(({ why, region }) =>
        why === undefined ? [] : [`tag:GetResources in ${region}: ${why}`],
      ),
    };
  } finally {
    interrupted.close();
  }
}

interface Search {
  readonly region: string;
  readonly found: readonly TaggedResource[];
  readonly why?: string;
}

async function searchRegion(tags: Tags, region: string, { config, label }: ReadingContext): Promise<Search> {
  const tagging = jsonApi(clientSettings({ ...config, region }), {
    service: "tagging",
    target: "ResourceGroupsTaggingAPI_20170126",
    protocol: "1.1",
  });
  const TagFilters = Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] }));
  const found: TaggedResource[] = [];
  let token: string | undefined;
  try {
    do {
      const said: JsonObject = await tagging("GetResources", {
        TagFilters,
        ResourcesPerPage: 100,
        ...(token === undefined ? {} : { PaginationToken: token }),
      });
      found.push(...arrayAt(said["ResourceTagMappingList"]).flatMap((one) => read(objectAt(one))));
      token = stringAt(said["PaginationToken"]) || undefined;
    } while (token !== undefined);
    return { region, found };
  } catch (error) {
    const whole = sessionError(error, label);
    if (whole !== undefined) throw whole;
    if (troubleOf(error) === "bug") throw error;
    return { region, found, why: describeError(error) };
  }
}

function read(mapping: JsonObject): readonly TaggedResource[] {
  const arn = stringAt(mapping["ResourceARN"]);
  if (arn === undefined) return [];
  const tags = arrayAt(mapping["Tags"])
    .map(objectAt)
    .map(({ Key, Value }) => [stringAt(Key) ?? "", stringAt(Value) ?? ""] as const);
  return [{ arn, tags: Object.fromEntries(tags) }];
}

async function withoutGone(
  found: readonly TaggedResource[],
  context: ReadingContext,
): Promise<readonly TaggedResource[]> {
  const known = found.flatMap(({ arn }) => resourceOfArn(arn) ?? []);
  const answers = await askEach(known, context);
  const gone = new Set(
    answers.flatMap((answer, index) => (answer.answer === "missing" ? [known[index]?.address] : [])),
  );
  return found.filter(({ arn }) => !gone.has(arn));
}
