import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gatherFacts } from "../../../../src/config/init/facts.ts";
import { proposeConfig } from "../../../../src/config/init/propose.ts";
import { ignoreStateDir, writeConfig } from "../../../../src/config/init/write.ts";
import { resolveEnvironment } from "../../../../src/config/resolve.ts";
import { fromYaml } from "./yaml.ts";

const fixtures = fileURLToPath(new URL("../../../fixtures/config/", import.meta.url));
let dir = "";

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "faber-init-"));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

/** The proposal for a copy of a fixture, held to our own schema and resolved for each of its environments. */
async function propose(fixture: string, env: Readonly<Record<string, string>> = {}) {
  await cp(join(fixtures, fixture), dir, { recursive: true });
  const facts = await gatherFacts(dir, env);
  const text = proposeConfig(facts);
  const config = fromYaml(text, dir);
  for (const name of Object.keys(config.value.environments)) {
    await resolveEnvironment({ config, flags: { env: name }, env: {}, cwd: dir });
  }
  return { facts, text, value: config.value };
}

test("a plain root: one environment to try it in, with the provider's region", async () => {
  const { facts, value } = await propose("plain");
  expect(facts.roots).toEqual([
    { dir: ".", backendIsPartial: false, region: "eu-central-1", isOpenTofu: false },
  ]);
  expect(value.dir).toBe(".");
  expect(value.environments).toEqual({
    test: { hosting: "emulator", endpoint: "http://127.0.0.1:4566", region: "eu-central-1" },
  });
});

test("a root below with variable files: an environment each, with a state of its own, prod protected", async () => {
  const { facts, value } = await propose("tfvars");
  expect(facts.roots.map((root) => root.dir)).toEqual(["infra"]);
  expect(facts.roots[0]?.backend).toBe("s3");
  expect(value.dir).toBe("infra");
  expect(Object.keys(value.environments)).toEqual(["prod", "staging", "test"]);
  expect(value.environments["prod"]).toEqual({
    hosting: "aws",
    workspace: "prod",
    var_files: ["envs/prod/main.tfvars"],
    protected: true,
  });
  expect(value.environments["staging"]?.var_files).toEqual(["staging.tfvars.json"]);
  expect(value.environments["test"]?.var_files).toEqual(["test.tfvars"]);
});

test("a cdktf app", async () => {
  const { value } = await propose("cdktf", { AWS_ENDPOINT_URL: "http://localhost:5000" });
  expect([value.iac, value.dir]).toEqual(["cdktf", "."]);
  expect(value.environments["test"]?.endpoint).toBe("http://localhost:5000");
});

test("workspaces become environments, and profile names are found without their secrets", async () => {
  await mkdir(join(dir, "terraform.tfstate.d", "live"), { recursive: true });
  await mkdir(join(dir, ".terraform"));
  await writeFile(join(dir, ".terraform", "environment"), "trial");
  const config = join(dir, "aws-config");
  await writeFile(
    config,
    '[default]\n[profile live]\naws_secret_access_key = hunter2\n[ profile "my team" ]\n[sso-session x]\n',
  );
  const { facts, text, value } = await propose("plain", { AWS_CONFIG_FILE: config });
  expect(facts.awsProfiles).toEqual(["default", "live", "my team"]);
  expect(value.environments["live"]).toMatchObject({ workspace: "live", profile: "live", hosting: "aws" });
  expect(value.environments["trial"]).toMatchObject({ workspace: "trial", region: "eu-central-1" });
  expect(text).not.toContain("hunter2");
});

test("names that YAML would misread are quoted", async () => {
  for (const name of ["no", "1", "null"]) await writeFile(join(dir, `${name}.tfvars`), "");
  const { value } = await propose("plain");
  expect(Object.keys(value.environments).sort()).toEqual(["1", "no", "null"]);
  expect(value.environments["no"]?.workspace).toBe("no");
});

test("an empty backend block is left to the environment, and a folder with nothing gets a proposal too", async () => {
  await writeFile(join(dir, "a.tf"), 'terraform {\n  backend "s3" {\n  }\n}\n');
  for (const name of ["a", "b"]) await writeFile(join(dir, `${name}.tfvars`), "");
  const text = proposeConfig(await gatherFacts(dir, {}));
  expect(text).toContain("# backend: { key: a/terraform.tfstate }");
  expect(text).not.toContain("workspace");
  const nothing = join(dir, "nothing");
  await mkdir(nothing);
  expect(fromYaml(proposeConfig(await gatherFacts(nothing, {}))).value.dir).toBe(".");
});

const write = (file: string, text: string, mode: number): Promise<void> => writeFile(file, text, { mode });

test("faber.yaml is written once and never over another", async () => {
  expect(await writeConfig("environments: { test: {} }\n", { dir, write })).toBe(join(dir, "faber.yaml"));
  await expect(writeConfig("x", { dir, write })).rejects.toMatchObject({
    code: "config-exists",
    exitName: "wrong-usage",
  });
  expect(await readFile(join(dir, "faber.yaml"), "utf8")).toBe("environments: { test: {} }\n");
  await rm(join(dir, "faber.yaml"));
  await writeFile(join(dir, "faber.json"), "{}");
  await expect(writeConfig("x", { dir, write })).rejects.toThrow("faber.json is there already");
});

test(".faber/ is ignored once, in a repository alone", async () => {
  expect(await ignoreStateDir({ dir, write })).toEqual({ done: "no-repository" });
  await mkdir(join(dir, ".git"));
  const inner = join(dir, "inner");
  await mkdir(inner);
  await writeFile(join(inner, ".gitignore"), "dist");
  expect(await ignoreStateDir({ dir: inner, write })).toEqual({
    done: "added",
    file: join(inner, ".gitignore"),
  });
  expect(await readFile(join(inner, ".gitignore"), "utf8")).toBe("dist\n.faber/\n");
  expect((await ignoreStateDir({ dir: inner, write })).done).toBe("already");
  await rm(join(inner, ".gitignore"));
  await writeFile(join(dir, ".gitignore"), "/dist\r\n.faber\r\n");
  expect(await ignoreStateDir({ dir: inner, write })).toEqual({
    done: "already",
    file: join(dir, ".gitignore"),
  });
});

test("a linked .gitignore stays a link and keeps its mode", async () => {
  await mkdir(join(dir, ".git"));
  const real = join(dir, "ignore-list");
  await writeFile(real, "dist\r\n");
  await chmod(real, 0o640);
  await symlink(real, join(dir, ".gitignore"));
  await ignoreStateDir({ dir, write });
  expect(await readFile(real, "utf8")).toBe("dist\r\n.faber/\r\n");
  expect((await stat(real)).mode & 0o777).toBe(0o640);
});
