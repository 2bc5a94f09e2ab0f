import { mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { FaberError } from "../../core/error.ts";
import { exitOf } from "../../core/exit.ts";
import { run, type Argv } from "../../process/run.ts";
import { makePrivateDir, writeFileAtomically } from "../../workdir/atomic-file.ts";
import type { CommandBody, Invocation } from "../define.ts";
import { callerEnv } from "../surroundings.ts";
import { leakTestFiles, leakTestVariables, newCanaries, type Canaries } from "./root.ts";
import {
  readableByOthers,
  searchBytes,
  searchFolder,
  soughtOf,
  type Searched,
  type Sought,
} from "./search.ts";

/** What is run, and the exit that it must have for the test to mean something. */
const reports = ["json", "yaml", "md", "html", "junit", "sarif", "gitlab"].flatMap((format) => [
  `--report`,
  `${format}=reports/${format}.txt`,
]);
const steps: readonly { readonly args: readonly string[]; readonly exit: readonly number[] }[] = [
  { args: ["config", "show", "--env=good", "--origin"], exit: [0] },
  { args: ["preview", "--env=good", "--verbose"], exit: [0] },
  { args: ["preview", "--env=good", "--json"], exit: [0] },
  { args: ["preview", "--env=refused", "--verbose"], exit: [64, 3, 5, 1] },
  { args: ["deploy", "--env=refused", "--yes", "--json", "--skip-tests"], exit: [64, 3, 5, 1] },
  { args: ["deploy", "--env=printed", "--yes", "--verbose", "--skip-tests", ...reports], exit: [5] },
  { args: ["deploy", "--env=good", "--yes", "--json", "--skip-tests", ...reports], exit: [0] },
  { args: ["cost", "--env=good", "--json"], exit: [0] },
  { args: ["runs", "list", "--env=good"], exit: [0] },
  { args: ["issues", "list"], exit: [0] },
  { args: ["issues", "export"], exit: [0] },
  { args: ["destroy", "--env=good", "--yes", "--verbose"], exit: [0] },
];

interface Ran {
  readonly step: string;
  readonly code: number | undefined;
  readonly expected: readonly number[];
  readonly searched: readonly Searched[];
}

/**
 * Runs the real program on a root of its own with secrets that only this test knows, and looks for them in every byte
 * that was written. No cloud is touched. What holds them by its nature (Terraform's state, and the copy of it that is
 * kept before a destroy) must be its owner's alone.
 */
export const leakTest: CommandBody = async (invocation) => {
  const dir = await realpath(await mkdtemp(join(tmpdir(), "faber-leak-test-")));
  try {
    const canaries = newCanaries();
    await prepare(dir, canaries);
    const sought = soughtOf({ ...canaries });
    const ran: Ran[] = [];
    for (const { args, exit } of steps)
      ran.push(await runStep(invocation, dir, { args, exit, canaries, sought }));
    return await verdict(dir, { ran, sought });
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
};

async function prepare(dir: string, canaries: Canaries): Promise<void> {
  await makePrivateDir(join(dir, "tmp"));
  for (const [name, text] of Object.entries(leakTestFiles(canaries)))
    await writeFileAtomically(join(dir, "root", name), text);
}

async function runStep(
  { world, signal }: Invocation,
  dir: string,
  step: {
    readonly args: readonly string[];
    readonly exit: readonly number[];
    readonly canaries: Canaries;
    readonly sought: readonly Sought[];
  },
): Promise<Ran> {
  const name = `faber ${step.args.filter((arg) => !arg.startsWith("--report") && !arg.includes("=reports/")).join(" ")}`;
  const env = {
    ...withoutOwnSettings(callerEnv(world)),
    ...leakTestVariables(step.canaries),
    TMPDIR: join(dir, "tmp"),
  };
  const argv: Argv = [process.execPath, ...process.execArgv, programFile(), ...step.args, "--no-input"];
  const ran = await run(argv, { cwd: join(dir, "root"), env, signal, timeoutMs: 300_000 });
  return {
    step: name,
    code: ran.ended.how === "exited" ? ran.ended.code : undefined,
    expected: step.exit,
    searched: [
      searchBytes(`stdout of ${name}`, Buffer.from(ran.stdout), step.sought),
      searchBytes(`stderr of ${name}`, Buffer.from(ran.stderr), step.sought),
    ],
  };
}

/** This program, compiled or as it is written. */
function programFile(): string {
  const own = fileURLToPath(import.meta.url);
  return fileURLToPath(new URL(own.endsWith(".ts") ? "../../bin.ts" : "../../bin.js", import.meta.url));
}

/** Settings of the surroundings would lead the runs elsewhere; where the tools are stays. */
function withoutOwnSettings(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = /^FABER_(?:TOOLS_DIR|TF_PATH|PROVIDER_MIRROR|POLICY)$/;
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => kept.test(name) || !/^(?:FABER_|TF_VAR_|TF_CLI_ARGS|TF_WORKSPACE)/.test(name),
    ),
  );
}

/** Terraform's own files and those that the test wrote; a state holds secrets by its nature. */
const notFabers =
  /^tmp\/tsx-|^root\/(?:main\.tf|faber\.json|lines\.tfvars\.json|\.terraform\b.*|\.terraform\.lock\.hcl)$/;
const stateFile = /\.tfstate(?:\.[\w.-]+)?$|state-backups\/|terraform\.tfstate\.d\//;

async function verdict(
  dir: string,
  { ran, sought }: { readonly ran: readonly Ran[]; readonly sought: readonly Sought[] },
): Promise<Awaited<ReturnType<CommandBody>>> {
  const odd = ran.find(({ code, expected }) => code === undefined || !expected.includes(code));
  if (odd) throw meaningless(odd);
  const files = await searchFolder(dir, sought, (path) => notFabers.test(path) || stateFile.test(path));
  const states = (await allFiles(dir)).filter((path) => stateFile.test(path));
  const held = await heldIn(dir, states, sought);
  if (!held) throw meaningless({ step: "the deploy", code: undefined });
  const open = await readableByOthers(
    dir,
    states.filter((path) => path.includes(".faber/")),
  );
  const all = [...ran.flatMap(({ searched }) => searched), ...files];
  const leaks = all.filter(({ found }) => found.length > 0);
  const scratch = files.filter(({ place }) => /\/scratch\/|\.tfplan$/.test(place)).map(({ place }) => place);
  const ok = leaks.length === 0 && open.length === 0 && scratch.length === 0;
  const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
  const forms = sought.reduce((sum, one) => sum + one.forms.length, 0);
  const looked = `${all.length} places, ${bytes} bytes, for ${sought.length} secrets in ${forms} forms`;
  const lines = [
    ...all.map(
      ({ place, bytes: size, found }) =>
        `${found.length > 0 ? "LEAK" : "  ok"}  ${place} (${size} bytes)${found.length > 0 ? `: ${found.join(", ")}` : ""}`,
    ),
    ...open.map((path) => `LEAK  ${path}: a state that others may read`),
    ...scratch.map((path) => `LEAK  ${path}: left behind`),
    "",
    `looked at ${looked}`,
    ok
      ? "PASS: no secret in anything that faber wrote"
      : `FAIL: ${leaks.length + open.length + scratch.length} leaks`,
  ];
  return {
    exit: ok
      ? exitOf("done", "no secret in anything that faber wrote")
      : exitOf("unexpected", "a secret was written"),
    document: {
      leak_test: {
        passed: ok,
        places: all.length,
        bytes,
        secrets: sought.length,
        forms,
        leaks,
        open,
        left_behind: scratch,
      },
    },
    text: lines.join("\n"),
  };
}

/** The secrets have been there to be leaked: Terraform's own state holds them. */
async function heldIn(dir: string, states: readonly string[], sought: readonly Sought[]): Promise<boolean> {
  for (const path of states) {
    const { found } = searchBytes(path, await readFile(join(dir, path)), sought);
    if (found.includes("variable") && found.includes("number")) return true;
  }
  return false;
}

async function allFiles(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)));
}

function meaningless({
  step,
  code,
}: {
  readonly step: string;
  readonly code: number | undefined;
}): FaberError {
  return new FaberError({
    code: "leak-test-broken",
    exit: "wrong-usage",
    message: `the leak test says nothing: ${step} ended in another way than it should (${code ?? "no exit code"})`,
    hints: ["see what is missing here: faber doctor"],
  });
}
