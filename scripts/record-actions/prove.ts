import { rm } from "node:fs/promises";
import { join } from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import type { ActionsFor } from "../../src/permissions/needed-action.ts";
import { actionsOfLine } from "./actions.ts";
import { layOut, region, show, terraform, type Bench, type Keys, type Workplace } from "./bench.ts";
import { checkedElsewhere, emulatorsNames } from "./emulator.ts";
import { withoutCall } from "./generate.ts";
import { documentsOf, statementsFor, usesFor, type Statement } from "./policy.ts";
import { callsIn } from "./provider-log.ts";
import { lineOf } from "./record.ts";

export interface Proof {
  readonly name: string;
  /** How many actions the policy held. */
  readonly actions: number;
  /** What went wrong; empty: from nothing to deployed, changed, and gone. */
  readonly faults: readonly string[];
  /** Actions that the emulator checks on another resource than the table's ARN, and `emulator.ts` does not know. */
  readonly elsewhere: readonly string[];
  /** Whether the second plan had nothing to do. */
  readonly steady: boolean;
  /** What the table says that the root's types take, as lines `TYPE CHANGE ACTION`. */
  readonly uses: ReadonlySet<string>;
  /** What the provider asked for all the way, as lines `TYPE ACTION`. */
  readonly called: ReadonlySet<string>;
}

const quiet = ["-input=false", "-no-color"];
const roundsPerStep = 12;
const steps: readonly (readonly [string, readonly string[]])[] = [
  ["create", ["apply", "-auto-approve", ...quiet]],
  ["plan", ["plan", ...quiet]],
  ["update", ["apply", "-auto-approve", "-var=changed=true", ...quiet]],
  ["delete", ["destroy", "-auto-approve", "-var=changed=true", ...quiet]],
];

/** A deploy user on its way through the steps. */
interface Journey {
  readonly bench: Bench;
  readonly place: Workplace;
  readonly keys: Keys;
  /** What the policy from the table holds. */
  readonly held: ReadonlySet<string>;
  /** What is allowed on everything beside it. */
  readonly everywhere: Set<string>;
  readonly elsewhere: Set<string>;
  readonly called: Set<string>;
  readonly faults: string[];
}

/** What the table has and no call of any of these runs stands behind, as lines `TYPE CHANGE ACTION`. */
export function idleIn(proofs: readonly Pick<Proof, "uses" | "called">[]): readonly string[] {
  const called = new Set(proofs.flatMap((proof) => [...proof.called]));
  const uses = new Set(proofs.flatMap((proof) => [...proof.uses]));
  return [...uses].sort().filter((line) => {
    const [type = "", , action = ""] = line.split(" ");
    return !called.has(`${type} ${action}`) && !withoutCall(type).has(action);
  });
}

/**
 * Takes a root all the way as a user that may do what the table says and nothing else; the emulator must run with
 * AUTH=true. What it denies although the table has it is allowed on everything and noted; what the table has not is a
 * fault, and the end of it. So the proof is of the names of all actions, and of the ARNs where the emulator looks at them.
 */
export async function proveRoot(
  bench: Bench,
  root: string,
  account: string,
  actionsFor: ActionsFor,
): Promise<Proof> {
  const place = await layOut(bench, root, account);
  const statements: Statement[] = [];
  const uses = new Set<string>();
  // What is needed can depend on what is changed later.
  for (const changed of [false, true]) {
    const planned = await terraform(bench, place, [
      "plan",
      "-out=a.plan",
      `-var=changed=${changed}`,
      ...quiet,
    ]);
    if (planned.code !== 0) throw new Error(`${place.name}: cannot be planned\n${planned.text}`);
    const where = { partition: "aws", region, account };
    const plan = await show(bench, place, "a.plan");
    statements.push(...statementsFor(plan, actionsFor, where));
    for (const line of usesFor(plan, actionsFor)) uses.add(line);
  }
  const held = new Set(statements.flatMap(({ Action }) => Action));
  const keys = await userWith(bench, account, statements);
  const everywhere = new Set([
    ...[...held].filter((action) => checkedElsewhere.has(action)),
    ...emulatorsNames,
  ]);
  await allow(bench, account, everywhere);
  const journey: Journey = {
    bench,
    place,
    keys,
    held,
    everywhere,
    elsewhere: new Set(),
    called: new Set(),
    faults: [],
  };
  let steady = false;
  for (const [step, args] of steps) {
    const said = await goOn(journey, step, args);
    if (step === "plan") steady = said.includes("No changes.");
    if (journey.faults.length > 0) break;
  }
  return {
    name: place.name,
    actions: held.size,
    faults: journey.faults,
    elsewhere: [...journey.elsewhere].sort(),
    steady,
    uses,
    called: journey.called,
  };
}

/** One step, again after each denial that is the emulator's own; returns what Terraform said in the end. */
async function goOn(journey: Journey, step: string, args: readonly string[]): Promise<string> {
  const { bench, place, keys, held, everywhere, elsewhere, faults } = journey;
  for (let round = 1; round <= roundsPerStep; round++) {
    const log = join(place.dir, "calls.log");
    const { code, text } = await terraform(bench, place, args, { keys, log });
    await noteCalls(journey, log);
    if (code === 0) return text;
    const denied = deniedIn(text);
    const lacking = denied.filter((action) => !held.has(action));
    const fresh = denied.filter((action) => held.has(action) && !everywhere.has(action));
    faults.push(...lacking.map((action) => `the table has no ${action}`));
    if (denied.length === 0)
      faults.push(`${step}: ${/Error: (.{0,300})/s.exec(text)?.[1] ?? text.slice(-300)}`);
    if (denied.length > 0 && lacking.length === 0 && fresh.length === 0)
      faults.push(`${step}: denied although it is allowed: ${denied.join(", ")}`);
    if (faults.length > 0) return text;
    for (const action of fresh) {
      elsewhere.add(action);
      everywhere.add(action);
    }
    await allow(bench, place.account, everywhere);
  }
  faults.push(`${step}: still denied after ${roundsPerStep} rounds`);
  return "";
}

async function noteCalls({ called }: Journey, log: string): Promise<void> {
  for (const call of await callsIn(log))
    for (const { action } of actionsOfLine(lineOf(call))) called.add(`${call.type} ${action}`);
  await rm(log, { force: true });
}

function deniedIn(text: string): readonly string[] {
  const named = [...text.matchAll(/not authorized to perform: ([\w-]+:\w+)/g)].map(
    ([, action = ""]) => action,
  );
  // Some answers the provider cannot read: only the operation is left.
  const bare = [
    ...text.matchAll(/operation error (Route 53|CloudFront): (\w+), https response error StatusCode: 403/g),
  ];
  const prefixed = bare.map(
    ([, service = "", name = ""]) => `${service.replace(" ", "").toLowerCase()}:${name}`,
  );
  return [...new Set([...named, ...prefixed])];
}

async function allow(bench: Bench, account: string, actions: ReadonlySet<string>): Promise<void> {
  const iam = clientOf(bench, account);
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: [...actions], Resource: "*" }],
  });
  await iam.putUserPolicy({ UserName: "deploy", PolicyName: "elsewhere", PolicyDocument });
  iam.destroy();
}

function clientOf(bench: Bench, account: string): IAM {
  const credentials = { accessKeyId: account, secretAccessKey: "root" };
  return new IAM({ endpoint: bench.endpoint, region, credentials });
}

/** A new user of the account with these statements as managed policies, and its keys. */
async function userWith(bench: Bench, account: string, statements: readonly Statement[]): Promise<Keys> {
  const iam = clientOf(bench, account);
  const UserName = "deploy";
  await iam.createUser({ UserName }).catch(unlessThere);
  for (const [index, PolicyDocument] of documentsOf(statements).entries()) {
    const PolicyName = `deploy-${index}`;
    await iam.createPolicy({ PolicyName, PolicyDocument }).catch(unlessThere);
    await iam.attachUserPolicy({ UserName, PolicyArn: `arn:aws:iam::${account}:policy/${PolicyName}` });
  }
  const { AccessKey } = await iam.createAccessKey({ UserName });
  iam.destroy();
  if (AccessKey?.AccessKeyId === undefined || AccessKey.SecretAccessKey === undefined)
    throw new Error("an access key without its parts");
  return { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
}

/** The account is new: what is there already was made by a call whose answer was lost. */
function unlessThere(error: unknown): void {
  if (!(error instanceof Error && error.name.startsWith("EntityAlreadyExists"))) throw error;
}
