import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { layOut, show, terraform, type Bench, type Workplace } from "./bench.ts";
import { callsIn, type Call } from "./provider-log.ts";

export const changes = ["create", "read", "update", "delete"] as const;
export type Change = (typeof changes)[number];

/** What a type's changes called, as lines `Service.Operation`, for API Gateway with ` METHOD path`. */
export type Recording = Record<string, Partial<Record<Change, readonly string[]>>>;

const quiet = ["-input=false", "-no-color"];

export interface Recorded {
  readonly recording: Recording;
  /** What did not go as a root should. */
  readonly remarks: readonly string[];
}

/** Takes a root from nothing to deployed, through a plan and a change, and away again, with the provider's log on. */
export async function recordRoot(bench: Bench, root: string, account: string): Promise<Recorded> {
  const place = await layOut(bench, root, account);
  const remarks: string[] = [];
  const found = new Map<string, Map<Change, Set<string>>>();
  const note = (change: Change, calls: readonly Call[], except: ReadonlySet<string> = new Set()): void => {
    for (const call of calls) {
      const really = call.during === "apply" ? change : "read";
      if (call.during === "apply" && except.has(call.type)) continue;
      const ofType = found.get(call.type) ?? new Map<Change, Set<string>>();
      found.set(call.type, ofType);
      ofType.set(really, (ofType.get(really) ?? new Set()).add(lineOf(call)));
    }
  };
  const step = async (
    change: Change,
    args: readonly string[],
    accept: readonly number[],
  ): Promise<readonly Call[]> => {
    const log = join(place.dir, `${change}.log`);
    const said = await terraform(bench, place, args, { log });
    if (!accept.includes(said.code)) remarks.push(`${change}: ${errorsIn(said.text)}`);
    const calls = await callsIn(log);
    await rm(log);
    return calls;
  };
  note("create", await step("create", ["apply", "-auto-approve", ...quiet], [0]));
  note("read", await step("read", ["plan", "-out=again.plan", ...quiet], [0]));
  const again = existsSync(join(place.dir, "again.plan"))
    ? actionsIn(await show(bench, place, "again.plan"))
    : new Map<string, ReadonlySet<string>>();
  for (const [type, actions] of again) remarks.push(`second plan: ${type} ${[...actions].join(", ")}`);
  const change = await terraform(bench, place, ["plan", "-var=changed=true", "-out=change.plan", ...quiet]);
  if (change.code !== 0) remarks.push(`plan of the change: ${errorsIn(change.text)}`);
  else
    note(
      "update",
      await step("update", ["apply", ...quiet, "change.plan"], [0]),
      await replaced(bench, place, remarks),
    );
  note("delete", await step("delete", ["destroy", "-auto-approve", "-var=changed=true", ...quiet], [0]));
  return { recording: recordingOf(found), remarks: remarks.map((remark) => `${place.name}: ${remark}`) };
}

/** Types of which the change made or destroyed one: their calls would be those of another change. */
async function replaced(bench: Bench, place: Workplace, remarks: string[]): Promise<ReadonlySet<string>> {
  const planned = actionsIn(await show(bench, place, "change.plan"));
  const others = [...planned].filter(([, actions]) => [...actions].some((action) => action !== "update"));
  for (const [type, actions] of others) remarks.push(`change: ${type} ${[...actions].join(", ")}`);
  return new Set(others.map(([type]) => type));
}

function actionsIn(plan: JsonObject): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const entry of arrayAt(plan["resource_changes"])) {
    const { type, mode, change } = objectAt(entry);
    const actions = arrayAt(objectAt(change)["actions"]).flatMap((action) => stringAt(action) ?? []);
    if (mode !== "managed" || actions.join() === "no-op") continue;
    const name = stringAt(type) ?? "";
    const set = found.get(name) ?? new Set();
    for (const action of actions) set.add(action);
    found.set(name, set);
  }
  return found;
}

/** The path only where it is what permissions are about. */
export function lineOf({ service, operation, method, path }: Call): string {
  const place = /^api ?gateway/i.test(service) ? ` ${method} ${apiPath(path)}` : "";
  return `${service}.${operation}${place}`;
}

const apiWords =
  /^(?:v2|apis|routes|integrations|stages|authorizers|deployments|models|restapis|resources|methods|responses|integration|tags|apikeys|usageplans|keys|account|policy|settings|domainnames|apimappings|basepathmappings|vpclinks|requestvalidators|gatewayresponses|documentation|routeresponses|integrationresponses)$/;

/** A path with a star for each name in it. */
function apiPath(path: string): string {
  const [, ...parts] = path.split("/");
  return parts
    .map((part, index) => `/${parts[index - 1] !== "tags" && apiWords.test(part) ? part : "*"}`)
    .join("");
}

function errorsIn(text: string): string {
  const found = [...text.matchAll(/Error: (.+(?:\n[^\n]*with aws_\S+)?)/g)].map((match) => match[1] ?? "");
  const where = [...text.matchAll(/with (\S+),/g)].map((match) => match[1] ?? "");
  return found.map((line, index) => `${where[index] ?? "?"}: ${line}`).join("\n    ") || text.slice(-400);
}

function recordingOf(found: ReadonlyMap<string, ReadonlyMap<Change, ReadonlySet<string>>>): Recording {
  return Object.fromEntries(
    [...found].map(([type, byChange]) => [
      type,
      Object.fromEntries([...byChange].map(([change, lines]) => [change, [...lines].sort()])),
    ]),
  );
}
