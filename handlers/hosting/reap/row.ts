import type { ReapTarget } from "../contract.ts";
import type { Clients } from "../posture/desk.ts";
import { arrayAt, objectAt, stringAt, type JsonValue } from "../../../src/core/json.ts";
import { isoOfEpochSeconds } from "../../../src/core/time.ts";
import { elementsAt, textIn, type XmlElement } from "../existence/xml.ts";

/** How things of one type are asked for their tags and removed. */
export interface ReapRow {
  readonly type: string;
  /** The attribute of a plan that holds its name. */
  readonly attribute: string;
  /** That name as it stands in the ARN, where it is another. */
  readonly planned?: (name: string, attributes: Readonly<Record<string, string>>) => string;
  /** Of the ARN after `arn:partition:`; its one group is the thing's name. */
  readonly pattern: RegExp;
  /** Lower ones go first: what uses others before what is used. */
  readonly order: number;
  readonly tags: (clients: Clients, target: ReapTarget) => Promise<Readonly<Record<string, string>>>;
  /** When it was made, or last changed where only that is told, ISO 8601; absent where the service tells neither. */
  readonly madeAt?: (clients: Clients, target: ReapTarget) => Promise<string | undefined>;
  readonly remove: (clients: Clients, target: ReapTarget) => Promise<unknown>;
  readonly command: (name: string, arn: string) => string;
  /** The ARN of a thing by its name: a search by tags leaves kinds out, and is minutes late. Undefined where it is not there. */
  readonly arnOf: (clients: Clients, name: string) => Promise<string | undefined>;
}

/** Tags as most services list them: `[{Key, Value}]`. */
export function listedTags(list: JsonValue | undefined): Readonly<Record<string, string>> {
  const pairs = arrayAt(list)
    .map(objectAt)
    .map(({ Key, Value }) => [stringAt(Key) ?? "", stringAt(Value) ?? ""] as const);
  return Object.fromEntries(pairs);
}

/** Tags as others give them: an object. */
export function mappedTags(map: JsonValue | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectAt(map)).map(([key, value]) => [key, stringAt(value) ?? ""]),
  );
}

/** Tags in an answer of the Query protocol: `member` elements with `Key` and `Value`. */
export function memberTags(answer: XmlElement, path: string): Readonly<Record<string, string>> {
  const pairs = elementsAt(answer, path).map(
    (member) => [textIn(member, "Key") ?? "", textIn(member, "Value") ?? ""] as const,
  );
  return Object.fromEntries(pairs);
}

/** A time as JSON protocols give it, seconds since 1970, in ISO 8601; nothing for what is no time. */
export function timeOfSeconds(value: JsonValue | undefined): string | undefined {
  return typeof value === "number" && Math.abs(value) < lastSecond ? isoOfEpochSeconds(value) : undefined;
}

/** The end of year 9999: later ones have no four digits. */
const lastSecond = 253_402_300_800;
