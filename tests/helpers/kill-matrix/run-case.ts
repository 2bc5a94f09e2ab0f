import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import Database from "better-sqlite3";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isObject, type JsonObject } from "../../../src/core/json.ts";
import { run } from "../../../src/process/run.ts";
import { faber, startFaber, surroundings, until, type FaberRun, type RunningFaber } from "../faber.ts";
import { leftovers } from "../leftovers.ts";
import { processesAt, type ProcessSeen } from "../processes.ts";
import { toolPath } from "../tools.ts";
import { hasReached, type KillCase, type KilledCommand } from "./cases.ts";

/** A project on an emulator of its own, used for one case after another. */
export interface Ground {
  readonly dir: string;
  readonly endpoint: string;
}

export interface CaseEnd {
  /** What is wrong; none when all promises were kept. */
  readonly broken: readonly string[];
  /** Exit of the killed run; undefined when a signal ended it. */
  readonly exit: number | undefined;
  /** `too late`: the run had ended before the signal came. */
  readonly how: "reaped" | "nothing begun" | "too late";
  readonly before: number;
}

/** Kills one run at one line of its journal, and looks at what faber promises afterwards. */
export async function runCase(ground: Ground, { command, boundary, ending }: KillCase): Promise<CaseEnd> {
  await prepare(ground, command);
  const journals = journalsOf(ground);
  const running = start(ground, command);
  const acknowledged = await untilReached(ground, journals, boundary, running).catch(async (error) => {
    // It must not go on in the middle of the next case.
    running.kill("SIGTERM");
    await running.ended;
    throw error;
  });
  end(ground, running, ending);
  const ran = await running.ended;
  await until("nothing works there any more", () => atWork(ground.dir).length === 0, patienceMs);
  const before = (await leftovers(ground.endpoint)).length;
  const broken = lostRecords(ground, journals, acknowledged);
  const { how, said } = await cleanUp(ground, { command, ran, journals, broken });
  await lookAround(ground, command === "fix" ? [theirs.name] : [], broken);
  if (broken.length > 0) broken.push(`the reap said: ${said.replace(/\s+/g, " ").slice(-2_000)}`);
  return { broken, exit: ran.code, how, before };
}

const always = ["--env=test", "--json"] as const;
/** Two cases share two cores with whatever else there is. */
const patienceMs = 300_000;
const wholeRoot = 5;
/** What is there before the deploy that imports it: no dead run made it, so no reap may take it. */
const theirs = { name: "ssm /quick/test/limit", address: "aws_ssm_parameter.limit" } as const;

async function plantTheirs(endpoint: string): Promise<void> {
  const tags = { Project: "quick", Environment: "test", ManagedBy: "terraform" };
  const client = {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const ssm = new SSMClient(client);
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await ssm.send(new PutParameterCommand({ Name: "/quick/test/limit", Type: "String", Value: "10", Tags }));
  ssm.destroy();
}

/** Terraform by hand, on the emulator. */
async function terraform({ dir, endpoint }: Ground, args: readonly string[]): Promise<string> {
  const env = surroundings({
    TF_CLI_CONFIG_FILE: undefined,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  const ran = await run([toolPath("terraform") ?? "terraform", ...args], { cwd: dir, env });
  if (ran.ended.how === "exited" && ran.ended.code === 0) return ran.stdout;
  throw new Error(`terraform ${args.join(" ")} failed:\n${ran.stdout}${ran.stderr}`);
}

async function prepare({ dir, endpoint }: Ground, command: KilledCommand): Promise<void> {
  await fetch(`${endpoint}/_ministack/reset`, { method: "POST" });
  for (const name of readdirSync(dir).filter((one) => /tfstate/.test(one)))
    await rm(join(dir, name), { recursive: true, force: true });
  if (command === "destroy") await terraform({ dir, endpoint }, ["apply", "-auto-approve", "-input=false"]);
  if (command === "fix") await plantTheirs(endpoint);
  if (command !== "reap") return;
  // Something must be there to reap: a deploy that lost its faber after two resources.
  const known = journalsOf({ dir, endpoint });
  const dead = start({ dir, endpoint }, "deploy");
  await untilReached({ dir, endpoint }, known, "resource.ended 2", dead);
  dead.kill("SIGKILL");
  await dead.ended;
  await until("Terraform has ended", () => atWork(dir).length === 0, patienceMs);
}

function start({ dir }: Ground, command: KilledCommand): RunningFaber {
  const deploy = ["deploy", "--yes", "--skip-tests"];
  const args = {
    preview: ["preview"],
    deploy,
    fix: [...deploy, "--fix=auto"],
    destroy: ["destroy", "--yes"],
    reap: ["reap", "--yes"],
  }[command];
  return startFaber([...args, ...always], { cwd: dir });
}

function end({ dir }: Ground, running: RunningFaber, ending: KillCase["ending"]): void {
  if (ending === "crash") {
    for (const { pid } of atWork(dir)) killHard(pid);
    running.kill("SIGKILL");
    return;
  }
  running.kill(ending === "double SIGINT" ? "SIGINT" : ending);
  if (ending === "double SIGINT") setTimeout(() => running.kill("SIGINT"), 300);
}

/** Faber and its tools; the emulator works there too, and goes on. */
function atWork(dir: string): readonly ProcessSeen[] {
  return processesAt(dir).filter(({ argv }) => !argv.some((word) => word.includes("ministack")));
}

function killHard(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** The text of the new run's journal when the line was there. */
async function untilReached(
  ground: Ground,
  known: ReadonlyMap<string, string>,
  boundary: string,
  running: RunningFaber,
): Promise<string> {
  let over = false;
  let text = "";
  void running.ended.then(() => (over = true));
  const hasCome = (): boolean => {
    const mine = [...journalsOf(ground)].find(([name]) => !known.has(name));
    text = mine?.[1] ?? "";
    return over || hasReached(boundary, eventsIn(text));
  };
  await until(`the journal has ${boundary}`, hasCome, patienceMs);
  return text.slice(0, text.lastIndexOf("\n") + 1);
}

function journalsOf({ dir }: Ground): ReadonlyMap<string, string> {
  const runs = join(dir, ".faber/runs");
  if (!existsSync(runs)) return new Map();
  const files = readdirSync(runs).map((name) => [name, join(runs, name, "journal.ndjson")] as const);
  return new Map(
    files.flatMap(([name, file]) => (existsSync(file) ? [[name, readFileSync(file, "utf8")] as const] : [])),
  );
}

function eventsIn(text: string): readonly JsonObject[] {
  return text.split("\n").flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isObject(value) ? [value] : [];
    } catch {
      return []; // Half a line, or none.
    }
  });
}

/** Journals of earlier runs are as they were, and this one still begins with what was read of it. */
function lostRecords(ground: Ground, journals: ReadonlyMap<string, string>, acknowledged: string): string[] {
  const now = journalsOf(ground);
  const changed = [...journals].filter(([name, text]) => now.get(name) !== text);
  const mine = [...now].find(([name]) => !journals.has(name))?.[1] ?? "";
  return [
    ...changed.map(([name]) => `the journal of ${name} has changed`),
    ...(mine.startsWith(acknowledged) ? [] : ["what was in the journal before the kill is not in it now"]),
  ];
}

async function cleanUp(
  ground: Ground,
  killed: {
    readonly command: KilledCommand;
    readonly ran: FaberRun;
    readonly journals: ReadonlyMap<string, string>;
    readonly broken: string[];
  },
): Promise<{ readonly how: CaseEnd["how"]; readonly said: string }> {
  const { command, ran, journals, broken } = killed;
  const mine = [...journalsOf(ground)].find(([name]) => !journals.has(name))?.[1] ?? "";
  const begun = eventsIn(mine).some(({ type }) => type === "apply.intended");
  const said = await expectDone(ground, "reap", broken);
  const deploys = command === "deploy" || command === "fix";
  if ((command === "destroy" && !begun) || (deploys && ran.code === 0)) {
    const count = (await leftovers(ground.endpoint)).length;
    if (count !== wholeRoot)
      broken.push(`a reap took what no dead run had begun: ${count} of ${wholeRoot} are left`);
    await expectDone(ground, "destroy", broken);
    if (command === "fix") await plantTheirs(ground.endpoint);
  }
  const how = ran.code === 0 ? "too late" : begun || command === "reap" ? "reaped" : "nothing begun";
  return { how, said };
}

async function expectDone(ground: Ground, command: "reap" | "destroy", broken: string[]): Promise<string> {
  const ran = await faber([command, ...always, "--yes"], { cwd: ground.dir });
  if (ran.code !== 0) broken.push(`faber ${command} ended with ${ran.code}: ${ran.stderr.slice(-1_500)}`);
  return ran.stderr;
}

async function lookAround(
  { dir, endpoint }: Ground,
  mayStay: readonly string[],
  broken: string[],
): Promise<void> {
  const all = await leftovers(endpoint);
  const left = all.filter((name) => !mayStay.includes(name));
  for (const name of mayStay.filter((one) => !all.includes(one))) broken.push(`the reap took ${name}`);
  if (left.length > 0) broken.push(`left in the cloud: ${left.join(", ")}`);
  const locks = join(dir, ".faber/locks");
  const held = existsSync(locks) ? readdirSync(locks) : [];
  if (held.length > 0) broken.push(`locks are left: ${held.join(", ")}`);
  // Terraform makes the file when it locks it, and writes it later: killed in between it leaves an empty one.
  const state = statSync(join(dir, "terraform.tfstate"), { throwIfNoEntry: false });
  const listed = (state?.size ?? 0) > 0 ? await terraform({ dir, endpoint }, ["state", "list"]) : "";
  const inState = listed.split("\n").filter((line) => line !== "" && line !== theirs.address);
  if (inState.length > 0) broken.push(`left in the state: ${inState.join(", ")}`);
  for (const name of readdirSync(join(dir, ".faber")).filter((one) => one.endsWith(".db"))) {
    const database = new Database(join(dir, ".faber", name), { readonly: true });
    const said = database.pragma("integrity_check", { simple: true });
    database.close();
    if (said !== "ok") broken.push(`${name}: ${String(said)}`);
  }
  const scratch = readdirSync(join(dir, ".faber/runs")).filter((run) =>
    existsSync(join(dir, ".faber/runs", run, "scratch")),
  );
  if (scratch.length > 0) broken.push(`scratch folders with plans are left: ${scratch.join(", ")}`);
}
