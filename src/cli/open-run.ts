import { join } from "node:path";
import type { IacHandler } from "../../handlers/iac/contract.ts";
import type { Check } from "../checks/contract.ts";
import type { ResolvedSettings } from "../config/resolve.ts";
import { allEnded } from "../core/all-ended.ts";
import type { Environment } from "../core/environment.ts";
import type { FaberEvent, RunInfo } from "../core/event.ts";
import { tee, type Host } from "../core/host.ts";
import type { Redactor } from "../core/redact.ts";
import type { RunContext, RunWishes } from "../pipeline/context.ts";
import type { Recovery } from "../pipeline/recovery.ts";
import { runHooks } from "../pipeline/hooks.ts";
import { createPlanning, type Planning, type PlanningParts } from "../pipeline/planning.ts";
import { lockEnvironment } from "../workdir/environment-lock.ts";
import { openJournal } from "../workdir/journal.ts";
import { createRunFolder, type RunFolder } from "../workdir/run-folder.ts";
import { flagOption, type Invocation } from "./define.ts";
import { Borrowed } from "./borrowed.ts";
import { tellOfBrokenOffRun } from "./broken-off.ts";
import { locateHelpers, surroundingsOf } from "./locate-tools.ts";
import { chooseHandlers, openIac } from "./open-iac.ts";
import { lazyRecovery } from "./lazy-recovery.ts";
import { openHost } from "./open-host.ts";
import { learnSettings } from "./open-redactor.ts";
import { withTraces } from "./open-traces.ts";
import { acceptanceOf } from "./open-acceptance.ts";
import { identify, openHosting } from "./open-hosting.ts";
import { opinionTools, secondOpinionOf } from "./open-second-opinion.ts";
import { recordingFailure, type RunRecords } from "./record-failure.ts";
import { loadSettings } from "./settings.ts";
import { callerEnv, withoutCloud } from "./surroundings.ts";
import { refuseAgainstPolicy } from "./guard-wishes.ts";
import { refuseUnknownTests } from "./wishes.ts";
import { version } from "./version.ts";
import { checkReportTargets } from "./report-targets.ts";

export interface RunRequest {
  readonly wishes: RunWishes;
  /** Whether it changes the environment, and so must be the only one that does. */
  readonly exclusive: boolean;
  /** Whether it may speak to the cloud at all. */
  readonly cloud: boolean;
  /** Events that this command shows in its own way. */
  readonly muted: readonly FaberEvent["type"][];
}

export interface OpenedRun {
  readonly context: RunContext;
  readonly folder: RunFolder;
}

/** Does `work` with everything a run needs, and gives back what was borrowed, however it ends. */
export async function withRun<T>(
  invocation: Invocation,
  request: RunRequest,
  work: (opened: OpenedRun) => Promise<T>,
): Promise<T> {
  // What could not be written at the end is refused before anything begins.
  await checkReportTargets(invocation);
  const borrowed = new Borrowed();
  try {
    const records = await openRecords(invocation, request, borrowed);
    return await recordingFailure(records, invocation.signal, async () =>
      work(await open(invocation, request, { records, borrowed })),
    );
  } finally {
    await borrowed.giveBack();
  }
}

/** The run's folder, journal and screen: from here on the run has a story. */
interface Records extends RunRecords {
  readonly settings: ResolvedSettings;
  readonly handlers: Ground["handlers"];
  readonly usesCloud: boolean;
  readonly folder: RunFolder;
  readonly host: Host;
  readonly run: RunInfo;
}

async function openRecords(
  invocation: Invocation,
  request: RunRequest,
  borrowed: Borrowed,
): Promise<Records> {
  const { world, command, redactor } = invocation;
  const settings = await loadSettings(invocation);
  const { environment: settled } = settings;
  const handlers = await chooseHandlers(settled);
  const isOfCloud = await handlers[0].usesCloud(settled.dir);
  const usesCloud = request.cloud && isOfCloud;
  learnSettings(redactor, settled);
  const startedAt = world.clock.now();
  const folder = await createRunFolder(settled.stateDir, startedAt, world.pid);
  borrowed.owe(folder.close);
  const host = await openSinks(
    invocation,
    { redactor, folder, muted: request.muted, root: settled.dir },
    borrowed,
  );
  const run = runInfo(settled, {
    command,
    runId: folder.runId,
    startedAt: startedAt.toISOString(),
    isOfCloud,
  });
  host.emit({ type: "run.started", run });
  return { settings, handlers, usesCloud, folder, host, run };
}

async function open(
  invocation: Invocation,
  request: RunRequest,
  { records, borrowed }: { readonly records: Records; readonly borrowed: Borrowed },
): Promise<OpenedRun> {
  const { redactor } = invocation;
  const { settings, folder, host, run, ...more } = records;
  const { environment: settled, optionalTests, requiredTests, issueLog } = settings;
  if (request.exclusive) {
    const lock = await lockEnvironment({
      stateDir: settled.stateDir,
      environment: settled.name,
      runId: folder.runId,
      command: invocation.command,
      pid: invocation.world.pid,
      since: run.started_at,
    });
    borrowed.owe(lock.release);
  }
  if (request.cloud) await tellOfBrokenOffRun(settled, host);
  return {
    folder,
    context: await openContext(invocation, request, {
      recovery: lazyRecovery(invocation, { redactor, issueLog, borrowed }),
      settled,
      ...more,
      optionalTests,
      requiredTests,
      redactor,
      folder,
      host,
      run,
    }),
  };
}

interface Ground {
  readonly recovery: Recovery;
  readonly settled: Environment;
  readonly handlers: readonly [IacHandler, ...IacHandler[]];
  readonly usesCloud: boolean;
  readonly optionalTests: readonly string[];
  readonly requiredTests: readonly string[];
  readonly redactor: Redactor;
  readonly folder: RunFolder;
  readonly host: Host;
  readonly run: RunInfo;
}

/** The world around a run: where it may go, what it may start, and with whose rights. */
async function openSurroundings(invocation: Invocation, request: RunRequest, ground: Ground) {
  const { world, signal } = invocation;
  const { settled, handlers, usesCloud, redactor, folder, host } = ground;
  const surroundings = await surroundingsOf(world, settled.toolPaths, { cwd: settled.dir, signal });
  const helpers = await locateHelpers(surroundings, [...helpersOf(settled), ...opinionTools(world)]);
  const environment: Environment = { ...settled, toolPaths: { ...helpers, ...settled.toolPaths } };
  const hosting = usesCloud ? await openHosting(invocation, environment, host) : undefined;
  const toolEnv = withoutCloud(callerEnv(world));
  // Whoever has no business in the cloud gets no key to it: validation works without.
  const processEnv = hosting?.processEnv ?? (request.cloud ? callerEnv(world) : toolEnv);
  const [identity, iac] = await allEnded([
    identify(hosting, redactor, host),
    openIac({
      environment,
      handlers,
      surroundings,
      processEnv,
      scratchDir: folder.scratchDir,
      upgrade: flagOption(invocation.options, "initUpgrade"),
      signal,
      emit: host.emit,
    }),
  ]);
  // Before there is a plan that tells them: scanners and validation quote the files as well.
  for (const secret of (await iac.secretInputs?.()) ?? []) redactor.learn(secret);
  return { environment, hosting, identity, iac, toolEnv, processEnv };
}

async function openContext(invocation: Invocation, request: RunRequest, ground: Ground): Promise<RunContext> {
  const { signal } = invocation;
  const { clock } = invocation.world;
  const { settled, redactor, folder, host, run } = ground;
  const { scratchDir } = folder;
  const [around, { openScanners }, { checks, customCheck }, { openUserCommands }] = await Promise.all([
    openSurroundings(invocation, request, ground),
    import("../../handlers/scanner/registry.ts"),
    import("../checks/index.ts"),
    import("../../handlers/commands/open.ts"),
  ]);
  const { environment, hosting, iac, toolEnv } = around;
  const identity = around.identity === undefined ? {} : { identity: around.identity };
  const account = around.identity === undefined ? {} : { account: around.identity.account };
  const facts = { run, environment, root: iac.root, ...account, scratchDir };
  const commands = openUserCommands(facts, around.processEnv, iac);
  const { openProbes } = await import("../../handlers/probes/open.ts");
  refuseAgainstPolicy(invocation, request.wishes, settled);
  refuseUnknownTests(request.wishes, [...checks, ...settled.policy.tests.map(customCheck)]);
  const hooks = { environment, commands, host, clock, signal };
  const learnSecret = redactor.learn;
  return {
    run,
    wishes: request.wishes,
    environment,
    iac,
    ...(hosting === undefined ? {} : { hosting }),
    ...identity,
    scanners: openScanners(scannerOptions(invocation, settled)),
    commands,
    probes: openProbes(clock),
    checks: [...checks, ...settled.policy.tests.map(customCheck)].map((check) =>
      withRequirement(check, settled, ground),
    ),
    ...(await acceptanceOf(invocation, settled)),
    toolEnv,
    ...(await secondOpinionOf(invocation, { ...around, redactor, scratchDir })),
    planning: planningOf(request, { iac, environment, ...identity, learnSecret, scratchDir, hooks }),
    // A command that changes nothing tells what failed; what to do about it is asked with `faber debug`.
    ...(request.exclusive ? { recovery: ground.recovery } : {}),
    host,
    redactor,
    clock,
    signal,
    scratchDir,
  };
}

/** The planning of a run, with the hooks around each plan. */
function planningOf(
  { wishes }: RunRequest,
  {
    hooks,
    ...parts
  }: Omit<PlanningParts, "kind" | "savedPlan" | "around"> & {
    readonly hooks: Parameters<typeof runHooks>[0];
  },
): Planning {
  return createPlanning({
    ...parts,
    kind: wishes.kind,
    ...(wishes.savedPlan === undefined ? {} : { savedPlan: wishes.savedPlan }),
    around: {
      before: () => runHooks(hooks, "pre_plan", {}),
      after: (plan) => runHooks(hooks, "post_plan", { plan }),
    },
  });
}

function scannerOptions({ options }: Invocation, { stateDir, guards }: Environment) {
  const cache = { dir: join(stateDir, "cache", "scans"), faberVersion: version };
  return {
    ignoreInlineSkips: flagOption(options, "ignoreInlineSkips") || guards?.waivers === false,
    ...(flagOption(options, "noCache") ? {} : { cache }),
  };
}

/** Programs that a run may use; what starts one only where it is wanted is not looked for otherwise. */
function helpersOf({ policy }: Environment): readonly string[] {
  const wantsConftest = policy.tests.some((test) => test.how.kind === "policy");
  return ["checkov", "tfsec", "trivy", "tflint", "ministack", ...(wantsConftest ? ["conftest"] : [])];
}

/**
 * `required_tests` and `optional_tests` of faber.yaml: the first block when they could not run, the others never when
 * their tool breaks. In a protected environment nothing is optional.
 */
function withRequirement(
  check: Check,
  environment: Environment,
  { requiredTests, optionalTests }: Pick<Ground, "requiredTests" | "optionalTests">,
): Check {
  const requirement = requiredTests.includes(check.name)
    ? "required"
    : optionalTests.includes(check.name) && !environment.protected
      ? "optional"
      : undefined;
  if (requirement === undefined) return check;
  // What is required and cannot run has to be seen.
  const applies = requirement === "required" ? { applies: () => true } : {};
  return { ...check, ...applies, run: async (context) => ({ ...(await check.run(context)), requirement }) };
}

async function openSinks(
  invocation: Invocation,
  parts: {
    readonly redactor: Redactor;
    readonly folder: RunFolder;
    readonly muted: readonly FaberEvent["type"][];
    /** Of the Terraform files, for what is shown beside them. */
    readonly root: string;
  },
  borrowed: Borrowed,
): Promise<Host> {
  const terminal = await openHost(invocation, parts.redactor, parts.muted, parts.root);
  borrowed.owe(async () => terminal.close());
  const journal = openJournal(parts.folder.journalFile, {
    redactor: parts.redactor,
    clock: invocation.world.clock,
    onBroken: (text) => terminal.emit({ type: "notice", level: "warning", code: "journal-broken", text }),
  });
  borrowed.owe(async () => journal.close());
  return tee(terminal, journal, ...(await withTraces(terminal, invocation, borrowed)));
}

function runInfo(
  environment: Environment,
  run: {
    readonly command: string;
    readonly runId: string;
    readonly startedAt: string;
    readonly isOfCloud: boolean;
  },
): RunInfo {
  return {
    run_id: run.runId,
    command: run.command,
    version,
    project: environment.project,
    environment: environment.name,
    hosting: run.isOfCloud ? environment.hosting : "no cloud",
    ...(environment.region === undefined ? {} : { region: environment.region }),
    protected: environment.protected,
    started_at: run.startedAt,
  };
}
