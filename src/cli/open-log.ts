import type { IssueLog } from "../../issue-log/contract.ts";
import { FaberError } from "../core/error.ts";
import type { Redactor } from "../core/redact.ts";
import type { AskAgent } from "../core/agent-advice.ts";
import type { DebuggerParts } from "../debugger/diagnose.ts";
import { flagOption, textOption, type Invocation } from "./define.ts";
import { objectAt } from "../core/json.ts";
import { readKnownSettings } from "./known-settings.ts";
import { loadSettings } from "./settings.ts";

/** The issue log of the project; throws FaberError when it cannot be used. */
export async function openLog(invocation: Invocation, redactor: Redactor): Promise<IssueLog> {
  const [{ openIssueLog }, url] = await Promise.all([
    import("../../issue-log/open.ts"),
    issueLogOf(invocation),
  ]);
  return openIssueLog({ url, cwd: invocation.world.cwd, redactor });
}

/** Where the log is: it belongs to the project, whatever environment is meant, or none. */
async function issueLogOf(invocation: Invocation): Promise<string> {
  const { world, options } = invocation;
  const [{ findConfig, workingDir }, { issueLogPlace }] = await Promise.all([
    import("../config/find.ts"),
    import("../config/issue-log-place.ts"),
  ]);
  const cwd = await workingDir({ flag: textOption(options, "chdir"), env: world.env, cwd: world.cwd });
  const file = await findConfig({ flag: textOption(options, "config"), env: world.env, cwd });
  const place = await issueLogPlace({ file, env: world.env, stateDir: textOption(options, "stateDir"), cwd });
  return place ?? (await loadSettings({ ...invocation, anyEnvironment: true })).issueLog;
}

/** A log that cannot be opened is no reason not to look at a failure: the reason is said instead. */
export async function debuggerParts(
  invocation: Invocation,
  redactor: Redactor,
  url?: string,
): Promise<DebuggerParts & { readonly close: () => Promise<void> }> {
  const { world, options } = invocation;
  const [{ loadKnowledge }, { matchKnowledge }, { solutionsFrom }] = await Promise.all([
    import("../../issue-log/knowledge/load.ts"),
    import("../../issue-log/knowledge/match.ts"),
    import("../../issue-log/knowledge/solutions.ts"),
  ]);
  const entries = flagOption(options, "noKnowledge") ? [] : loadKnowledge();
  const opened = await openOrSayWhyNot(invocation, redactor, url);
  return {
    ...opened,
    knowledge: (failure, surroundings) =>
      matchKnowledge(failure, entries).flatMap((match) => solutionsFrom(match, failure, surroundings)),
    redact: redactor.text,
    agent: askAgent(invocation, redactor),
    now: () => world.clock.now().toISOString(),
    close: async () => opened.log?.close(),
  };
}

/** The agent that faber.yaml names, looked for when a failure is new and not before. */
function askAgent(invocation: Invocation, redactor: Redactor): AskAgent {
  return async (diagnosis) => {
    const { document } = await readKnownSettings(invocation);
    if (objectAt(document["debugger"])["agent"] === undefined) return { kind: "absent" };
    const { environment } = await loadSettings({ ...invocation, anyEnvironment: true });
    if (environment.agent === undefined) return { kind: "absent" };
    const [{ agentCommand }, { callerEnv, withoutCloud }] = await Promise.all([
      import("../../handlers/agent/command.ts"),
      import("./surroundings.ts"),
    ]);
    const ask = agentCommand({
      ...environment.agent,
      cwd: environment.projectDir,
      env: withoutCloud(callerEnv(invocation.world)),
      signal: invocation.signal,
      redact: redactor.text,
    });
    return ask(diagnosis);
  };
}

async function openOrSayWhyNot(
  invocation: Invocation,
  redactor: Redactor,
  url: string | undefined,
): Promise<Pick<DebuggerParts, "log" | "whyNoLog">> {
  try {
    if (url === undefined) return { log: await openLog(invocation, redactor) };
    const { openIssueLog } = await import("../../issue-log/open.ts");
    return { log: await openIssueLog({ url, cwd: invocation.world.cwd, redactor }) };
  } catch (error) {
    if (!(error instanceof FaberError) || !error.code.startsWith("issue-log-")) throw error;
    return { whyNoLog: error.message };
  }
}
