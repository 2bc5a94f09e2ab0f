import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, type TestContext } from "vitest";
import { writeCliConfig } from "../../../handlers/tools/cli-config.ts";
import { findProviderMirrors, type ProviderMirror } from "../../../handlers/tools/provider-mirrors.ts";
import { findTool } from "../../../handlers/tools/registry.ts";
import { toolDirOf } from "../../../handlers/tools/tool-dir.ts";
import { run, type Ran } from "../../../src/process/run.ts";
import { realEnv, scratchFolder, surroundingsIn, writeTree } from "../../helpers/tool-surroundings.ts";

const source = "registry.terraform.io/hashicorp/aws";
const { platform, arch } = process;

interface Bench {
  readonly terraform: string;
  readonly mirror: ProviderMirror;
  readonly version: string;
  /** An empty home folder. */
  readonly home: string;
}

async function benchOf(context: TestContext): Promise<Bench> {
  const env = realEnv();
  const terraform = await findTool("terraform", surroundingsIn(toolDirOf(env, platform), { env }));
  if (terraform === undefined) context.skip("terraform is not installed");
  const mirrors = await findProviderMirrors({ env, home: env["HOME"] ?? "/", platform, arch });
  const mirror = mirrors.find(({ providers }) => providers.some((provider) => provider.source === source));
  const version = mirror?.providers.find((provider) => provider.source === source)?.versions.at(-1);
  if (mirror === undefined || version === undefined)
    context.skip(`no filesystem mirror here holds ${source}`);
  const home = await scratchFolder();
  await writeTree(home, {
    "root/main.tf": `terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "${version}"\n    }\n  }\n}\n`,
  });
  return { terraform: terraform.path, mirror, version, home };
}

async function init(bench: Bench, file: string | undefined): Promise<Ran> {
  const env = {
    HOME: bench.home,
    PATH: "",
    CHECKPOINT_DISABLE: "1",
    ...(file === undefined ? {} : { TF_CLI_CONFIG_FILE: file }),
  };
  return run([bench.terraform, "init", "-input=false", "-no-color"], {
    env,
    cwd: join(bench.home, "root"),
    timeoutMs: 120_000,
  });
}

test("terraform init takes the provider from a mirror that faber found, in a clean home", async (context) => {
  const bench = await benchOf(context);
  const config = await writeCliConfig({
    env: {},
    home: bench.home,
    mirrors: [bench.mirror],
    file: join(bench.home, "cli.tfrc"),
  });
  expect(config.notices).toEqual([]);
  const ran = await init(bench, config.file);
  expect(ran.stderr).toBe("");
  expect(ran.stdout).toContain(`Installed hashicorp/aws v${bench.version}`);
});

test("a TF_CLI_CONFIG_FILE that names a missing file harms nothing, where Terraform alone would warn", async (context) => {
  const bench = await benchOf(context);
  const gone = join(bench.home, "gone.tfrc");
  const env = { TF_CLI_CONFIG_FILE: gone };
  const config = await writeCliConfig({
    env,
    home: bench.home,
    mirrors: [bench.mirror],
    file: join(bench.home, "cli.tfrc"),
  });
  expect(config.notices).toMatchObject([{ code: "cli-config-missing" }]);
  const alone = await run([bench.terraform, "version"], {
    env: { HOME: bench.home, PATH: "", CHECKPOINT_DISABLE: "1", ...env },
  });
  expect(alone.stderr).toContain("Unable to open CLI configuration file");
  const ran = await init(bench, config.file);
  expect(ran.stderr).toBe("");
  expect(ran.ended).toEqual({ how: "exited", code: 0 });
});

test("any folder name is written so that Terraform reads it as it is", async (context) => {
  const bench = await benchOf(context);
  const odd = join(bench.home, 'a "b" ${c} \\d %{e} é');
  await symlink(bench.mirror.path, odd);
  const mirrors = await findProviderMirrors({
    env: {},
    home: bench.home,
    platform,
    arch,
    configured: odd,
    prefixes: [],
  });
  const config = await writeCliConfig({
    env: {},
    home: bench.home,
    mirrors: mirrors.slice(0, 1),
    file: join(bench.home, "cli.tfrc"),
  });
  const ran = await init(bench, config.file);
  expect(ran.stderr).toBe("");
  expect(ran.stdout).toContain(`Installed hashicorp/aws v${bench.version}`);
});

test("the user's credentials and plugin cache stay in force beside the mirrors", async (context) => {
  const bench = await benchOf(context);
  const cache = join(bench.home, "cache");
  await mkdir(cache);
  await writeTree(bench.home, {
    ".terraformrc": `plugin_cache_dir = ${JSON.stringify(cache)} # no newline at the end`,
    ".terraform.d/team.tfrc": 'credentials "registry.example.com" {\n  token = "not-a-real-one"\n}',
  });
  const config = await writeCliConfig({
    env: {},
    home: bench.home,
    mirrors: [bench.mirror],
    file: join(bench.home, "cli.tfrc"),
  });
  const ran = await init(bench, config.file);
  expect(ran.stderr).toBe("");
  const cached = await findProviderMirrors({
    env: {},
    home: bench.home,
    platform,
    arch,
    configured: cache,
    prefixes: [],
  });
  expect(cached[0]?.providers).toEqual([{ source, versions: [bench.version] }]);
});
