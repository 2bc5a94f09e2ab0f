import type { IAM } from "@aws-sdk/client-iam";
import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";
import { grantOf, type Statement } from "../../../src/permissions/statement.ts";
import type { OwnPolicy } from "./contract.ts";
import type { Holder } from "./holder.ts";

/** Whose policies are meant. */
export interface Owner {
  readonly project: string;
  readonly environment: string;
}

/** `faber-PROJECT-ENVIRONMENT`; more than one policy holds go on with `-2`. */
export function policyName({ project, environment }: Owner, index = 1): string {
  const base = `faber-${project}-${environment}`.replace(/[^\w+=,.@-]/g, "-").slice(0, 120);
  return index === 1 ? base : `${base}-${index}`;
}

/** Whether a name is one of this project's and environment's. */
export function isOwnName(name: string, owner: Owner): boolean {
  const base = policyName(owner);
  return name === base || (name.startsWith(`${base}-`) && /^\d{1,3}$/.test(name.slice(base.length + 1)));
}

/** Faber's own policies that the holder has, by name. */
export async function readOwn(iam: IAM, holder: Holder, owner: Owner): Promise<readonly OwnPolicy[]> {
  const arns = (await holder.attached()).filter((arn) => isOwnName(arn.split("/").at(-1) ?? "", owner));
  const managed = await Promise.all(arns.map((arn) => readManaged(iam, arn, owner)));
  const names = (await holder.inline()).filter((name) => isOwnName(name, owner));
  const inline = await Promise.all(
    names.map(async (name) => ({ name, statements: statementsIn(await holder.getInline(name)) })),
  );
  return [...managed.filter((policy) => policy !== undefined), ...inline].sort((a, b) =>
    a.name.localeCompare(b.name, "en", { numeric: true }),
  );
}

async function readManaged(iam: IAM, arn: string, owner: Owner): Promise<OwnPolicy | undefined> {
  const { Policy } = await iam.getPolicy({ PolicyArn: arn });
  const tags = new Map(Policy?.Tags?.map(({ Key, Value }) => [Key, Value]));
  // `faber-a-b-c` is project a-b in c, or a in b-c: the tags say which. A cloud without tags has none.
  const isOwn =
    tags.size === 0 ||
    (tags.get("faber:project") === owner.project && tags.get("faber:environment") === owner.environment);
  if (!isOwn) return undefined;
  const { PolicyVersion } = await iam.getPolicyVersion({
    PolicyArn: arn,
    VersionId: Policy?.DefaultVersionId ?? "v1",
  });
  return { name: arn.split("/").at(-1) ?? "", arn, statements: statementsIn(PolicyVersion?.Document ?? "") };
}

/** Only what faber writes: statements that are not shaped so are somebody else's, and are not looked after. */
function statementsIn(encoded: string): readonly Statement[] {
  const text = encoded.startsWith("%") ? decodeURIComponent(encoded) : encoded;
  if (text === "") return [];
  const document: unknown = JSON.parse(text);
  return arrayAt(objectAt(document)["Statement"])
    .filter(isObject)
    .flatMap((statement) => statementOf(statement) ?? []);
}

function statementOf(statement: JsonObject): Statement | undefined {
  const Sid = stringAt(statement["Sid"]) ?? "";
  if (grantOf({ Sid }) === undefined) return undefined;
  const conditions = Object.entries(objectAt(statement["Condition"])).map(([operator, keys]) => [
    operator,
    Object.fromEntries(
      Object.entries(objectAt(keys)).map(([key, value]) => [
        key,
        typeof value === "string" ? value : listOf(value),
      ]),
    ),
  ]);
  return {
    Sid,
    Effect: "Allow",
    Action: listOf(statement["Action"]),
    Resource: listOf(statement["Resource"]),
    Condition: Object.fromEntries(conditions) as Statement["Condition"],
  };
}

function listOf(value: unknown): readonly string[] {
  return typeof value === "string" ? [value] : arrayAt(value).flatMap((text) => stringAt(text) ?? []);
}
