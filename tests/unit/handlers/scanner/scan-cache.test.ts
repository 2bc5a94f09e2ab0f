import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Scanner, ScanOutcome, ScanSetting } from "../../../../handlers/scanner/contract.ts";
import { withCache } from "../../../../handlers/scanner/scan-cache.ts";

let base = "";
let root = "";
let tool = "";
let scans = 0;
let plans: (string | undefined)[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "faber-scan-cache-test-"));
  [root, tool] = [join(base, "root"), join(base, "tool")];
  await mkdir(join(root, "sub"), { recursive: true });
  await mkdir(join(base, "shared"));
  await writeFile(join(root, "main.tf"), 'module "s" {\n  source = "../shared"\n}\n');
  await writeFile(join(root, "sub/policy.json"), "{}");
  await writeFile(join(root, "sub/a.tf"), "# a");
  await writeFile(join(base, "shared/main.tf"), "# shared");
  await writeFile(join(base, "a.tfvars"), "a = 1");
  await writeFile(tool, "1", { mode: 0o755 });
  [scans, plans] = [0, []];
});
afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

const answer: ScanOutcome = {
  kind: "scanned",
  version: "1",
  findings: [{ rule: "R", severity: "HIGH", message: "m", scanners: ["some"] }],
  passedChecks: 1,
  inlineSkips: [],
  gaps: [],
};

function scannerOf(outcome: ScanOutcome, readsPlan = false): Scanner {
  return {
    name: "some",
    test: "some_security",
    ...(readsPlan ? { readsPlan: true } : {}),
    scan: async (setting) => {
      scans += 1;
      const plan = readsPlan ? await setting.plan?.() : undefined;
      plans.push(plan === undefined ? undefined : JSON.stringify(plan));
      return outcome;
    },
  };
}

function settingOf(more: Partial<ScanSetting> = {}): ScanSetting {
  return {
    root,
    varFiles: [join(base, "a.tfvars")],
    processEnv: {},
    toolPath: tool,
    signal: new AbortController().signal,
    timeoutMs: 1_000,
    ...more,
  };
}

const cacheDir = (): string => join(base, "cache");
const scanWith = (scanner: Scanner, more: Partial<ScanSetting> = {}, faberVersion = "1.0.0") =>
  withCache(scanner, { dir: cacheDir(), faberVersion }).scan(settingOf(more));
const scan = (more: Partial<ScanSetting> = {}, faberVersion?: string) =>
  scanWith(scannerOf(answer), more, faberVersion);

test("what has not changed is not scanned again, and says so; only its owner may read what is kept", async () => {
  expect(await scan()).toEqual(answer);
  expect(await scan()).toEqual({ ...answer, reused: true });
  expect(scans).toBe(1);
  const [name = ""] = await readdir(cacheDir());
  expect((await stat(join(cacheDir(), name))).mode & 0o777).toBe(0o600);
  expect((await stat(cacheDir())).mode & 0o777).toBe(0o700);
});

describe("it is scanned again when this changes:", () => {
  const changes: Readonly<Record<string, () => Promise<Partial<ScanSetting> | string>>> = {
    "a Terraform file": async () => (await writeFile(join(root, "main.tf"), "# else"), {}),
    "a new file": async () => (await writeFile(join(root, "new.tf"), ""), {}),
    "a file that is gone": async () => (await rm(join(root, "sub/a.tf")), {}),
    "any other file, where the source reads files": async () => {
      await writeFile(join(root, "sub/a.tf"), 'locals {\n  p = file("${path.module}/policy.json")\n}\n');
      await scan();
      await writeFile(join(root, "sub/policy.json"), '{"a":1}');
      return {};
    },
    "a scanner's own rules in a hidden folder": async () => {
      await mkdir(join(root, ".tfsec"));
      await writeFile(join(root, ".tfsec/own_tfchecks.json"), "{}");
      return {};
    },
    "a module beside the root": async () => (await writeFile(join(base, "shared/main.tf"), "# new"), {}),
    "a variable file": async () => (await writeFile(join(base, "a.tfvars"), "a = 2"), {}),
    "the order of variable files": async () => ({ varFiles: [tool, join(base, "a.tfvars")] }),
    "a scanner's settings in a hidden file": async () => (
      await writeFile(join(root, ".checkov.yaml"), "skip-check: [CKV_AWS_1]"),
      {}
    ),
    "a module that was fetched": async () => {
      await mkdir(join(root, ".terraform/modules/m"), { recursive: true });
      await writeFile(join(root, ".terraform/modules/m/main.tf"), "");
      return {};
    },
    "a variable in the environment": async () => ({ processEnv: { TF_VAR_a: "2" } }),
    "the program": async () => (await writeFile(tool, "22"), {}),
    "the program, of the same size": async () => (await utimes(tool, 1, 1), {}),
    "the wish to ignore inline skips": async () => ({ ignoreInlineSkips: true }),
    "faber itself": async () => "2.0.0",
    "a large file, by its time": async () => {
      await writeFile(join(root, "big.tf"), Buffer.alloc(2 * 1024 * 1024));
      await scan();
      await utimes(join(root, "big.tf"), 1, 1);
      return {};
    },
    "what a link leads to": async () => {
      await symlink(join(base, "shared"), join(root, "linked"));
      await scan();
      await writeFile(join(base, "shared/other.tf"), "# other");
      return {};
    },
  };
  test.each(Object.entries(changes))("%s", async (_, change) => {
    await scan();
    const changed = await change();
    const before = scans;
    await (typeof changed === "string" ? scan({}, changed) : scan(changed));
    expect(scans).toBe(before + 1);
  });
});

test("faber's own files, states, downloads of npm and unrelated variables change nothing", async () => {
  await scan();
  await mkdir(join(root, ".faber/runs"), { recursive: true });
  await mkdir(join(root, "node_modules/p"), { recursive: true });
  await mkdir(join(root, ".terraform/providers"), { recursive: true });
  await mkdir(join(root, "terraform.tfstate.d/test"), { recursive: true });
  await writeFile(join(root, "terraform.tfstate.d/test/terraform.tfstate"), "{}");
  await writeFile(join(root, "terraform.tfstate.backup"), "{}");
  await writeFile(join(root, ".terraform.tfstate.lock.info"), "{}");
  await writeFile(join(root, ".terraform.lock.hcl"), "# new");
  await writeFile(join(root, "faber.yaml"), "waivers: []");
  await writeFile(join(root, ".faber/runs/a.tf"), "x");
  await writeFile(join(root, "node_modules/p/a.tf"), "x");
  await writeFile(join(root, ".terraform/providers/a.tf"), "x");
  expect(await scan({ processEnv: { PATH: "/else" } })).toMatchObject({ reused: true });
});

test.each([
  'locals {\n  a = file("${path.module}/../${var.env}.json")\n}\n',
  'locals {\n  a = file(pathexpand("~/x"))\n}\n',
  'locals {\n  a = file("/etc/x")\n}\n',
])("where nobody can tell what is read, nothing is reused: %j", async (text) => {
  await writeFile(join(root, "main.tf"), text);
  await scan();
  expect(await scan()).not.toHaveProperty("reused");
  expect(scans).toBe(2);
});

test("what broke, what is missing and what was interrupted is not kept", async () => {
  for (const outcome of [
    { kind: "broken", reason: "r", timedOut: true },
    { kind: "missing", reason: "r" },
  ] as const) {
    await scanWith(scannerOf(outcome));
    expect(await scanWith(scannerOf(outcome))).toEqual(outcome);
  }
  const aborted = AbortSignal.abort();
  await scan({ signal: aborted });
  expect(scans).toBe(5);
  expect(await readdir(cacheDir()).catch(() => [])).toEqual([]);
});

test.each(["", "{", "null", '{"schema_version":"faber.scan/1"}', "changed"])(
  "a damaged entry is scanned again and mended: %j",
  async (text) => {
    await scan();
    const [name = ""] = await readdir(cacheDir());
    const file = join(cacheDir(), name);
    const whole = await readFile(file, "utf8");
    // One finding less is no smaller damage.
    await writeFile(file, text === "changed" ? whole.replace('"HIGH"', '"LOW"') : text);
    expect(await scan()).toEqual(answer);
    expect(await scan()).toMatchObject({ reused: true });
  },
);

test("the plan is a part of it, and is waited for only where a result may be reused", async () => {
  const planned = (values: string) => ({
    plan: async () => ({
      timestamp: values,
      planned_values: { root_module: { resources: [{ address: values }] } },
      configuration: { root_module: { resources: [{ for_each_expression: {} }] } },
    }),
  });
  const scanner = scannerOf(answer, true);
  await scanWith(scanner, planned("a"));
  expect(await scanWith(scanner, planned("a"))).toMatchObject({ reused: true });
  expect(await scanWith(scanner, planned("b"))).not.toHaveProperty("reused");
  expect(await scanWith(scanner, { plan: async () => undefined })).not.toHaveProperty("reused");
  expect(await scanWith(scanner)).toMatchObject({ reused: true });
  expect(scans).toBe(3);
  let asked = 0;
  await writeFile(join(root, "main.tf"), "# new");
  const started: Scanner = { ...scanner, scan: async () => ((scans = asked), answer) };
  await scanWith(started, { plan: async () => ((asked += 1), undefined) });
  expect(scans).toBe(0);
});

test("only so many are kept, the newest", async () => {
  await mkdir(cacheDir());
  for (let index = 0; index < 80; index += 1) {
    const file = join(cacheDir(), `some-${index}.json`);
    await writeFile(file, "{}");
    await utimes(file, index + 1, index + 1);
  }
  await scan();
  const names = await readdir(cacheDir());
  expect(names).toHaveLength(64);
  expect(names).not.toContain("some-0.json");
  expect(await scan()).toMatchObject({ reused: true });
});

test("where nothing can be kept, the result is there all the same", async (context) => {
  context.skip(process.getuid?.() === 0, "root may write everywhere");
  await mkdir(cacheDir());
  await chmod(cacheDir(), 0o500);
  expect(await scan()).toEqual(answer);
  await chmod(cacheDir(), 0o700);
});

test("what changed during the scan is not kept", async () => {
  const scanner = scannerOf(answer);
  const changing: Scanner = {
    ...scanner,
    scan: async (setting) => {
      await writeFile(join(root, "main.tf"), `# ${scans}`);
      return scanner.scan(setting);
    },
  };
  await scanWith(changing);
  expect(await scanWith(changing)).not.toHaveProperty("reused");
});
