import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Flags } from "../../../../src/config/overrides.ts";
import { resolveEnvironment, type ResolvedSettings } from "../../../../src/config/resolve.ts";
import { sharesStateWith } from "../../../../src/config/shared-state.ts";
import { fromYaml } from "./yaml.ts";

let dir = "";

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-resolve-"));
  await mkdir(join(dir, "infra"));
  await mkdir(join(dir, "mirror"));
  await writeFile(join(dir, "infra", "test.tfvars"), "");
  await writeFile(join(dir, "common.tfvars"), "");
});

afterAll(() => rm(dir, { recursive: true, force: true }));

type Env = Readonly<Record<string, string>>;

function resolveWith(yaml: string, flags: Flags = {}, env: Env = {}): Promise<ResolvedSettings> {
  return resolveEnvironment({ config: fromYaml(yaml, dir), flags, env, cwd: dir });
}

function resolveBare(flags: Flags = {}, env: Env = {}): Promise<ResolvedSettings> {
  return resolveEnvironment({ flags, env, cwd: dir });
}

function originOf(resolved: ResolvedSettings, key: string): unknown {
  return resolved.settings.find((setting) => setting.key === key)?.origin;
}

const oneEnvironment = (settings: string): string => `environments:\n  test: { ${settings} }\n`;

test("flag goes before variable, variable before file, file before default", async () => {
  const yaml = oneEnvironment("region: eu-west-1");
  const env = { FABER_REGION: "eu-west-2", AWS_REGION: "eu-west-4" };
  const byFlag = await resolveWith(yaml, { region: "eu-west-3" }, env);
  expect([byFlag.environment.region, originOf(byFlag, "region")]).toEqual([
    "eu-west-3",
    { kind: "flag", name: "--region" },
  ]);
  const byVariable = await resolveWith(yaml, {}, env);
  expect([byVariable.environment.region, originOf(byVariable, "region")]).toEqual([
    "eu-west-2",
    { kind: "variable", name: "FABER_REGION" },
  ]);
  const byFile = await resolveWith(yaml, {}, { AWS_REGION: "eu-west-4", FABER_REGION: "" });
  expect([byFile.environment.region, originOf(byFile, "region")]).toEqual([
    "eu-west-1",
    { kind: "file", at: "faber.yaml:2:11" },
  ]);
  const bySurroundings = await resolveWith(oneEnvironment(""), {}, { AWS_REGION: "eu-west-4" });
  expect([bySurroundings.environment.region, originOf(bySurroundings, "region")]).toEqual([
    "eu-west-4",
    { kind: "variable", name: "AWS_REGION" },
  ]);
  const byNothing = await resolveWith(oneEnvironment(""));
  expect([byNothing.environment.region, originOf(byNothing, "region")]).toEqual([
    undefined,
    { kind: "terraform" },
  ]);
});

test.each([
  ["iac", { iac: "opentofu" }, "FABER_IAC", "terraform", "iac"],
  ["hosting", { hosting: "emulator" }, "FABER_HOSTING", "aws", "hosting"],
  ["account", { account: "111111111111" }, "FABER_ACCOUNT", "222222222222", "account"],
  ["profile", { profile: "one" }, "FABER_PROFILE", "two", "profile"],
  ["workspace", { workspace: "one" }, "FABER_WORKSPACE", "two", "workspace"],
  ["stack", { stack: "one" }, "FABER_STACK", "two", "stack"],
  ["fix", { fix: "never" }, "FABER_FIX", "auto", "fix"],
] as const)(
  "%s: the flag beats the variable, which works alone",
  async (name, flags, variable, other, key) => {
    const both = await resolveWith(oneEnvironment(""), flags, { [variable]: other });
    expect(both.environment[key]).toBe(Object.values(flags)[0]);
    expect(originOf(both, name)).toEqual({ kind: "flag", name: `--${name}` });
    const alone = await resolveWith(oneEnvironment(""), {}, { [variable]: other });
    expect(alone.environment[key]).toBe(other);
    expect(originOf(alone, name)).toEqual({ kind: "variable", name: variable });
  },
);

test.each([
  [{ region: "EU West" }, {}, '--region must be the name of a region such as eu-west-1, got "EU West"'],
  [{ account: "12" }, {}, '--account must be twelve digits, got "12"'],
  [{}, { FABER_FIX: "atuo" }, 'FABER_FIX must be ask, auto or never, got "atuo" (auto?)'],
  [{ iac: "terrafrom" }, {}, '--iac must be terraform, opentofu or cdktf, got "terrafrom" (terraform?)'],
  [{ hosting: "" }, {}, '--hosting must be aws or emulator, got ""'],
] as const)("a value that is not valid is refused: %o %o", async (flags, env, message) => {
  const resolving = resolveWith(oneEnvironment(""), flags, env);
  await expect(resolving).rejects.toMatchObject({ code: "wrong-value", exitName: "wrong-usage", message });
});

const twoEnvironments = "environments:\n  test: {}\n  prod: {}\n";

test("an unknown environment is refused with those that exist and the one that was meant", async () => {
  await expect(resolveWith(twoEnvironments, { env: "tset" })).rejects.toMatchObject({
    code: "unknown-environment",
    exitName: "wrong-usage",
    message: 'there is no environment "tset" in faber.yaml (test, prod)',
    hints: ["did you mean --env=test?"],
  });
  await expect(resolveWith(twoEnvironments, { env: "constructor" })).rejects.toMatchObject({
    code: "unknown-environment",
  });
});

test("a missing environment is the only one, or refused with all of them", async () => {
  expect((await resolveWith(oneEnvironment(""))).environment.name).toBe("test");
  expect((await resolveWith(twoEnvironments, {}, { FABER_ENV: "prod" })).environment.name).toBe("prod");
  await expect(resolveWith(twoEnvironments)).rejects.toMatchObject({
    code: "env-missing",
    message: "no environment is named, and faber.yaml has 2 (test, prod)",
    hints: ["name one: --env=test"],
  });
  await expect(
    resolveWith("environments:\n  prod: { region: us-east-1 }\n  staging: { region: us-east-1 }\n"),
  ).rejects.toMatchObject({ hints: ["name one: --env=staging"] });
  await expect(resolveBare()).rejects.toMatchObject({ code: "env-missing", exitName: "wrong-usage" });
});

test("without a faber.yaml any name is an environment of the folder", async () => {
  const { environment } = await resolveBare({ env: "try" }, { AWS_DEFAULT_REGION: "eu-west-1" });
  expect(environment).toMatchObject({
    name: "try",
    configured: false,
    dir,
    projectDir: dir,
    hosting: "aws",
    region: "eu-west-1",
  });
  expect(environment.project).toMatch(/^faber-resolve-/);
  expect(environment.stateDir).toBe(join(dir, ".faber"));
  expect(environment.reportsDir).toBe(join(dir, ".faber", "test-reports"));
  await expect(resolveBare({ env: "../x" })).rejects.toMatchObject({ code: "wrong-value" });
});

test.each([
  ["http://localhost:4566", "emulator", "http://localhost:4566", "us-east-1"],
  ["https://sqs.eu-west-1.amazonaws.com", "aws", undefined, undefined],
  ["https://s3.us-east-1.api.aws/", "aws", undefined, undefined],
  ["https://amazonaws.com.example.org", "emulator", "https://amazonaws.com.example.org", "us-east-1"],
  ["nonsense", "aws", undefined, undefined],
] as const)(
  "without a faber.yaml AWS_ENDPOINT_URL=%s means hosting %s",
  async (url, hosting, endpoint, region) => {
    const { environment } = await resolveBare({ env: "test" }, { AWS_ENDPOINT_URL: url });
    expect([environment.hosting, environment.endpoint, environment.region]).toEqual([
      hosting,
      endpoint,
      region,
    ]);
  },
);

test("with a faber.yaml the surroundings change no hosting", async () => {
  const { environment } = await resolveWith(
    oneEnvironment(""),
    {},
    { AWS_ENDPOINT_URL: "http://localhost:1" },
  );
  expect([environment.hosting, environment.endpoint]).toEqual(["aws", undefined]);
  const emulator = (await resolveWith(oneEnvironment("hosting: emulator"), {}, { AWS_REGION: "eu-west-1" }))
    .environment;
  expect([emulator.endpoint, emulator.region]).toEqual(["http://127.0.0.1:4566", "us-east-1"]);
});

test("an emulator's endpoint must not be AWS, and AWS takes none", async () => {
  const yaml = oneEnvironment("hosting: emulator, endpoint: https://sqs.us-east-1.amazonaws.com");
  await expect(resolveWith(yaml)).rejects.toThrow(
    "faber.yaml:2:40: https://sqs.us-east-1.amazonaws.com is AWS itself",
  );
  const emulator = oneEnvironment("hosting: emulator");
  await expect(resolveWith(emulator, { endpoint: "https://x.amazonaws.com" })).rejects.toMatchObject({
    code: "settings-contradict",
  });
  await expect(resolveWith(oneEnvironment(""), { endpoint: "http://localhost:1" })).rejects.toMatchObject({
    code: "settings-contradict",
  });
});

const guarded = "environments:\n  live: { protected: true, account: '111111111111' }\n";

test.each([
  [
    "protection lifted by flag",
    guarded,
    { protected: "false" },
    {},
    "--protected=false cannot lift the protection of live (faber.yaml:2:11)",
  ],
  [
    "protection lifted by variable",
    guarded,
    {},
    { FABER_PROTECTED: "false" },
    "FABER_PROTECTED=false cannot lift the protection of live (faber.yaml:2:11)",
  ],
  [
    "protection of prod lifted",
    "environments: { prod: {} }",
    {},
    { FABER_PROTECTED: "false" },
    "FABER_PROTECTED=false cannot lift the protection of prod (default (prod always is))",
  ],
  [
    "fixes unasked by flag",
    guarded,
    { fix: "auto" },
    {},
    "--fix: nothing is fixed unasked in live, which is protected",
  ],
  [
    "fixes unasked by variable",
    guarded,
    {},
    { FABER_FIX: "auto" },
    "FABER_FIX: nothing is fixed unasked in live, which is protected",
  ],
  [
    "another hosting by variable",
    guarded,
    {},
    { FABER_HOSTING: "emulator" },
    "FABER_HOSTING is emulator, but live is protected and runs on aws",
  ],
] as const)("guard: %s", async (_what, yaml, flags, env, message) => {
  await expect(resolveWith(yaml, flags, env)).rejects.toMatchObject({
    code: "guard-cannot-be-weakened",
    exitName: "wrong-usage",
    message,
  });
});

test("a pinned account can be repeated, not replaced", async () => {
  expect((await resolveWith(guarded, { account: "111111111111" })).environment.account).toBe("111111111111");
  await expect(resolveWith(guarded, {}, { FABER_ACCOUNT: "222222222222" })).rejects.toMatchObject({
    code: "account-pinned",
    message: "FABER_ACCOUNT is 222222222222, but live is pinned to account 111111111111 (faber.yaml:2:28)",
  });
});

test("prod is protected whatever its case, with and without a file, and a run can protect more", async () => {
  for (const name of ["prod", "PROD", "Production"]) {
    expect((await resolveBare({ env: name })).environment.protected).toBe(true);
    expect((await resolveWith(`environments: { ${name}: {} }`)).environment.protected).toBe(true);
  }
  expect((await resolveBare({ env: "preprod" })).environment.protected).toBe(false);
  const tightened = await resolveWith(oneEnvironment("fix: auto, gate: { max_high: 5 }"), {
    protected: "true",
  });
  expect(tightened.environment).toMatchObject({
    protected: true,
    fix: "ask",
    gate: { maxCritical: 0, maxHigh: 0 },
  });
});

test("the gate: two high findings, none in a protected environment, as the file says elsewhere", async () => {
  const gateOf = async (yaml: string, env: string) => (await resolveWith(yaml, { env })).environment.gate;
  expect(await gateOf(twoEnvironments, "test")).toEqual({ maxCritical: 0, maxHigh: 2 });
  expect(await gateOf(twoEnvironments, "prod")).toEqual({ maxCritical: 0, maxHigh: 0 });
  const wide = `gate: { max_critical: 1, max_high: 9 }\n${twoEnvironments}`;
  expect(await gateOf(wide, "test")).toEqual({ maxCritical: 1, maxHigh: 9 });
  expect(await gateOf(wide, "prod")).toEqual({ maxCritical: 0, maxHigh: 0 });
  expect(await gateOf(`gate: { max_high: 9 }\n${oneEnvironment("gate: { max_high: 0 }")}`, "test")).toEqual({
    maxCritical: 0,
    maxHigh: 0,
  });
});

test("paths: the file's are relative to it, flags' to the working directory", async () => {
  const yaml = `dir: infra\nstate: { dir: own }\nprovider_mirror: mirror\nissue_log: { url: log.db }\ntools: { checkov: bin/checkov, tfsec: tfsec }\n${oneEnvironment("var_files: [test.tfvars, common.tfvars]")}`;
  const config = fromYaml(yaml, dir);
  const cwd = join(dir, "infra");
  const resolved = await resolveEnvironment({
    config,
    flags: { reportsDir: "out" },
    env: { HOME: "/home/me", FABER_TFSEC_PATH: "~/tfsec", FABER_TF_PATH: "/opt/bin/tofu" },
    cwd,
  });
  expect(resolved.environment).toMatchObject({
    dir: join(dir, "infra"),
    stateDir: join(dir, "own"),
    reportsDir: join(dir, "infra", "out"),
    providerMirror: join(dir, "mirror"),
    varFiles: [join(dir, "infra", "test.tfvars"), join(dir, "common.tfvars")],
    toolPaths: { checkov: join(dir, "bin", "checkov"), tfsec: "/home/me/tfsec", opentofu: "/opt/bin/tofu" },
  });
  expect(resolved.issueLog).toBe(join(dir, "log.db"));
});

test.each([
  ["dir: gone\n", {}, 'faber.yaml:1:6: dir: there is no folder "', "config-invalid"],
  ["dir: common.tfvars\n", {}, "faber.yaml:1:6: dir: ", "config-invalid"],
  ["provider_mirror: gone\n", {}, 'faber.yaml:1:18: provider_mirror: there is no folder "', "config-invalid"],
  ["", { dir: "gone" }, '--dir: there is no folder "', "no-such-folder"],
] as const)(
  "a folder that is not there is an error where it is named: %j %o",
  async (yaml, flags, start, code) => {
    const resolving = resolveWith(yaml + oneEnvironment(""), flags);
    await expect(resolving).rejects.toMatchObject({ code, message: expect.stringContaining(start) });
  },
);

test("a variable file that is not there is an error at its line", async () => {
  const yaml =
    "environments:\n  test:\n    var_files:\n      - common.tfvars\n      - gone.tfvars\n  other: {}\n";
  const resolving = resolveWith(yaml, { env: "test" });
  await expect(resolving).rejects.toThrow(
    `faber.yaml:5:9: there is no variable file ${join(dir, "gone.tfvars")}`,
  );
  await expect(resolveWith(yaml, { env: "other" })).resolves.toBeDefined();
});

test("environments with one workspace, backend and stack share a state", () => {
  const { value } = fromYaml(
    "environments:\n  a: { backend: { key: k, bucket: b } }\n  b: { backend: { bucket: b, key: k }, workspace: default }\n  c: { workspace: c }\n  d: { stack: d, backend: { key: k, bucket: b } }\n",
  );
  expect(sharesStateWith("a", value)).toEqual(["b"]);
  expect(sharesStateWith("c", value)).toEqual([]);
});
