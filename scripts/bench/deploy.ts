import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProviderMirrors } from "../../handlers/tools/provider-mirrors.ts";
import { writeCliConfig } from "../../handlers/tools/cli-config.ts";
import { homeOf } from "../../handlers/tools/tool-dir.ts";
import { toolPath } from "../../tests/helpers/tools.ts";
import { median, ratioOf, row, time } from "./measure.ts";

const port = 4793;
const endpoint = `http://127.0.0.1:${port}`;

/** A whole deploy of stacks/plain, and one that changes nothing, against the same work by hand. */
export async function benchDeploy(faber: string, runs = 5): Promise<readonly string[]> {
  const terraform = toolPath("terraform");
  const checkov = toolPath("checkov");
  if (terraform === undefined || checkov === undefined) return ["- deploy: Terraform or Checkov is not here"];
  const bench = await prepare();
  try {
    const first = { faber: [] as number[], hand: [] as number[], verified: [] as number[] };
    const again = { faber: [] as number[], hand: [] as number[] };
    time([process.execPath, faber, "emulator", "start", "--env=test"], { cwd: bench.faberDir });
    time([process.execPath, faber, "deploy", "--env=test", "--yes"], { cwd: bench.faberDir });
    for (let run = 0; run < runs; run += 1) {
      await bench.reset();
      first.faber.push(
        // Resources of the run before are gone on purpose.
        time([process.execPath, faber, "deploy", "--env=test", "--yes", "--allow-empty-state"], {
          cwd: bench.faberDir,
        }).seconds,
      );
      again.faber.push(
        time([process.execPath, faber, "deploy", "--env=test", "--yes"], { cwd: bench.faberDir }).seconds,
      );
      await bench.reset();
      const applied = byHand({ terraform, checkov, ...bench }, [
        "init",
        "validate",
        "plan",
        "show",
        "apply",
        "scan",
      ]);
      first.hand.push(applied);
      // What faber looks at afterwards, it looks at with such a plan as well.
      first.verified.push(applied + byHand({ terraform, checkov, ...bench }, ["refresh"]));
      again.hand.push(byHand({ terraform, checkov, ...bench }, ["init", "plan", "scan"]));
    }
    return [
      compare("faber deploy --yes of stacks/plain / by hand", first.faber, first.hand),
      compare("the same / by hand and a refresh-only plan", first.faber, first.verified),
      compare("no-change deploy / init + plan + scanner", again.faber, again.hand),
    ];
  } finally {
    time([process.execPath, faber, "emulator", "stop", "--env=test"], { cwd: bench.faberDir });
    rmSync(bench.base, { recursive: true, force: true });
  }
}

function compare(name: string, faber: readonly number[], hand: readonly number[]): string {
  const ratio = ratioOf(faber, hand);
  const value = `${ratio.toFixed(2)} × (${median(faber).toFixed(1)} / ${median(hand).toFixed(1)} s)`;
  return row(name, value, "≤ 1.10 ×", ratio <= 1.1);
}

type Step = "init" | "validate" | "plan" | "show" | "apply" | "refresh" | "scan";

function byHand(
  bench: { terraform: string; checkov: string; handDir: string; handEnv: NodeJS.ProcessEnv },
  steps: readonly Step[],
): number {
  const { terraform, checkov, handDir: cwd, handEnv: env } = bench;
  const commands: Readonly<Record<Step, readonly [string, ...string[]]>> = {
    init: [terraform, "init", "-input=false"],
    validate: [terraform, "validate"],
    plan: [terraform, "plan", "-input=false", "-var=environment=test", "-out=plan.bin"],
    show: [terraform, "show", "-json", "plan.bin"],
    refresh: [terraform, "plan", "-refresh-only", "-input=false", "-var=environment=test"],
    apply: [terraform, "apply", "-input=false", "plan.bin"],
    scan: [
      checkov,
      "-d",
      ".",
      "--framework",
      "terraform",
      "-o",
      "json",
      "--compact",
      "--quiet",
      "--skip-download",
    ],
  };
  return steps
    .map((step) => time(commands[step], { cwd, env, codes: step === "scan" ? [0, 1] : [0] }).seconds)
    .reduce((a, b) => a + b, 0);
}

async function prepare(): Promise<{
  readonly base: string;
  readonly faberDir: string;
  readonly handDir: string;
  readonly handEnv: NodeJS.ProcessEnv;
  readonly reset: () => Promise<void>;
}> {
  const base = mkdtempSync(join(tmpdir(), "faber-bench-"));
  const [faberDir, handDir] = [join(base, "faber"), join(base, "hand")];
  for (const dir of [faberDir, handDir])
    cpSync(join(import.meta.dirname, "../../stacks/plain"), dir, { recursive: true });
  const settings = join(faberDir, "faber.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("127.0.0.1:4566", `127.0.0.1:${port}`));
  const home = homeOf(process.env);
  const mirrors = await findProviderMirrors({
    env: process.env,
    home,
    platform: process.platform,
    arch: process.arch,
  });
  const config = await writeCliConfig({ env: process.env, home, mirrors, file: join(base, "cli.tfrc") });
  const handEnv: NodeJS.ProcessEnv = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    TF_CLI_CONFIG_FILE: config.file,
  };
  if (config.file === undefined) delete handEnv["TF_CLI_CONFIG_FILE"];
  const reset = async (): Promise<void> => {
    await fetch(`${endpoint}/_ministack/reset`, { method: "POST", headers: { connection: "close" } });
    rmSync(join(faberDir, "terraform.tfstate.d"), { recursive: true, force: true });
    rmSync(join(handDir, "terraform.tfstate"), { force: true });
  };
  return { base, faberDir, handDir, handEnv, reset };
}
