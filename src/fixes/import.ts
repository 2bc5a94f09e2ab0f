import type { IacMending } from "../../handlers/iac/mending.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { arrayAt, canonicalJson, isObject, objectAt, stringAt, type JsonObject } from "../core/json.ts";
import type { AttributeChange, Plan } from "../core/plan.ts";
import type { Resource } from "../core/resource.ts";
import type { Fix, FixDone, FixOffer, FixSituation, Workshop } from "./contract.ts";
import { whyNotOurs, type Tags } from "./project-tags.ts";
import { refuse } from "./refuse.ts";
import { firstError } from "./told-error.ts";

/** Takes what is there already into the state, where the plan shows that nothing of value is lost by it. */
export function importExisting(workshop: Workshop): Fix {
  return {
    name: "import",
    impact: "medium",
    spendsTry: true,
    description: "Import what exists already, instead of creating it",
    appliesTo: existsAlready,
    offer: (situation) => offer(workshop, situation),
  };
}

const inTheWay =
  /already ?(?:exist|owned)|Already(?:Exists|OwnedByYou|InUse)|ResourceConflictException|name is already (?:taken|in use)|EntityAlreadyExists|ResourceInUseException.*exists/i;

function existsAlready({ message, code, resource_address }: Diagnosis): boolean {
  return resource_address !== undefined && inTheWay.test(`${code ?? ""} ${message}`);
}

interface Found {
  readonly address: string;
  readonly id: string;
  /** That it is to have. */
  readonly tags: Tags;
}

async function offer(workshop: Workshop, situation: FixSituation): Promise<FixOffer> {
  const mending = workshop.iac.mending;
  const plan = await workshop.plan?.();
  if (!mending || !plan) return refuse("there is no plan that says what it is to be");
  const failed = situation.together.filter(existsAlready);
  const found: Found[] = [];
  const left: string[] = [];
  for (const diagnosis of failed.length === 0 ? [situation.diagnosis] : failed) {
    const one = await find(workshop, mending, { plan, diagnosis, signal: situation.signal });
    if (typeof one === "string") left.push(one);
    else found.push(one);
  }
  const [first] = found;
  if (!first) return refuse(left[0] ?? "nothing was found to import");
  const preview = await mending.imports.preview(found);
  if (!preview.ok) return refuse(`the import was planned and refused: ${firstError(preview.diagnostics)}`);
  return fromPreview({ workshop, mending, found, left }, preview.value);
}

/** What stands in the way of one resource, or why that is not to be imported. */
async function find(
  workshop: Workshop,
  mending: IacMending,
  {
    plan,
    diagnosis,
    signal,
  }: { readonly plan: Plan; readonly diagnosis: Diagnosis; readonly signal: AbortSignal },
): Promise<Found | string> {
  const planned = plannedCreate(plan, diagnosis.resource_address ?? "");
  if (typeof planned === "string") return planned;
  const located = await workshop.hosting?.locate?.(planned, signal);
  const { address, attributes } = planned;
  const named = mending.imports.idFor({
    type: planned.type,
    attributes,
    ...(located === undefined ? {} : { account: located.account, region: located.region }),
  });
  if (named.kind === "unknown") return named.why;
  const id = named.kind === "known" ? named.id : located?.[named.what];
  if (!id)
    return `the import ID of ${address} could not be found: ${located?.why ?? "nothing answers to its name"}`;
  return { address, id, tags: tagsOf(attributes) };
}

/** What was to be created there, as a resource, or why that is nothing to import. */
function plannedCreate(plan: Plan, address: string): Resource | string {
  const entry = changesOf(plan.document).find((change) => change["address"] === address);
  const change = objectAt(entry?.["change"]);
  const after = change["after"];
  if (!entry || !isObject(after))
    return `${address === "" ? "what failed" : address} is not a part of the plan`;
  const action = actionOf(change);
  if (action !== "create") return `${address} was not to be created: ${action} was planned`;
  const text = (key: string): string => stringAt(entry[key]) ?? "?";
  return {
    address,
    type: text("type"),
    name: text("name"),
    provider: text("provider_name"),
    tainted: false,
    attributes: after,
  };
}

/** With the provider's default tags, where it tells them. */
function tagsOf(attributes: JsonObject): Tags {
  const all = isObject(attributes["tags_all"]) ? attributes["tags_all"] : attributes["tags"];
  return Object.fromEntries(
    Object.entries(objectAt(all)).flatMap(([key, value]) =>
      typeof value === "string" ? [[key, value]] : [],
    ),
  );
}

interface Finding {
  readonly workshop: Workshop;
  readonly mending: IacMending;
  readonly found: readonly Found[];
  /** Why others are left alone. */
  readonly left: readonly string[];
}

function fromPreview({ workshop, mending, found, left }: Finding, document: JsonObject): FixOffer {
  const changes = new Map(
    changesOf(document).map((change) => [change["address"], objectAt(change["change"])]),
  );
  const planned = found.map((one) => ({ ...one, change: changes.get(one.address) ?? {} }));
  const lost = planned.find(({ change }) => !isHarmless(change));
  if (lost) return tooDifferent(lost, workshop);
  const attributes = new Map(
    workshop.iac.planReader.changes(document).map((one) => [one.address, one.attributes]),
  );
  const diff = planned.flatMap(({ address, id, change }) => [
    `  import ${address}`,
    `    id = ${id}`,
    ...(actionOf(change) === "no-op"
      ? ["    nothing of it changes"]
      : (attributes.get(address) ?? []).map(attributeLine)),
  ]);
  const touches = planned.some(({ change }) => actionOf(change) === "update");
  const { project } = workshop.environment;
  const [stranger] = planned.flatMap(({ address, id, tags, change }) => {
    const why = whyNotOurs(tags, foundTags(change), project);
    return why === undefined ? [] : [{ name: id, why: `${address} (${id}): ${why}` }];
  });
  const what = found.length === 1 ? (found[0]?.address ?? "") : `${found.length} resources`;
  return {
    kind: "offered",
    summary: `import ${what} ${touches ? "and change" : "without any change to"} ${found.length === 1 ? "it" : "them"}${touches ? " in place" : ""}`,
    diff: [...diff, ...left.map((why) => `  not imported: ${why}`)],
    confidence: stranger === undefined ? "high" : "low",
    impact: touches || stranger !== undefined ? "medium" : "low",
    ...(stranger === undefined ? {} : { named: stranger }),
    perform: async () => agree(mending, planned, what),
  };
}

function isHarmless(change: JsonObject): boolean {
  return isObject(change["importing"]) && ["no-op", "update"].includes(actionOf(change));
}

function tooDifferent(
  { address, id, change }: Found & { readonly change: JsonObject },
  { iac }: Workshop,
): FixOffer {
  const action = actionOf(change);
  const would = isObject(change["importing"]) ? action.replace("+", " and ") : "leave out";
  return refuse(
    `importing ${address} would ${would} it: what is there differs too much from what is planned`,
    [`look at it: ${iac.tool.command} import ${address} '${id}', in a copy of the state`],
  );
}

/** As the provider read them, which has to be able to. */
function foundTags({ before }: JsonObject): Tags | undefined {
  return isObject(before) && (isObject(before["tags_all"]) || isObject(before["tags"]))
    ? tagsOf(before)
    : undefined;
}

function agree(
  { imports }: IacMending,
  planned: readonly (Found & { readonly change: JsonObject })[],
  what: string,
): FixDone {
  imports.agree(planned.map(({ address, id, change }) => ({ address, id, change: canonicalJson(change) })));
  return {
    summary: `every plan of this run imports ${what}`,
    undo: async () => {
      imports.withdraw(planned.map(({ address }) => address));
      return `no plan imports ${what} any more; what an apply has imported stays in the state`;
    },
  };
}

function changesOf(document: JsonObject): readonly JsonObject[] {
  return arrayAt(document["resource_changes"]).filter(isObject);
}

function actionOf(change: JsonObject): string {
  return arrayAt(change["actions"])
    .map((action) => stringAt(action) ?? "?")
    .join("+");
}

/** A secret has no value to show. */
function attributeLine({ path, before, after, sensitive, unknown }: AttributeChange): string {
  if (sensitive) return `    ~ ${path} (sensitive)`;
  return `    ~ ${path} = ${textOf(before)} -> ${unknown ? "(known after apply)" : textOf(after)}`;
}

function textOf(value: unknown): string {
  return JSON.stringify(value ?? null).slice(0, 200);
}
