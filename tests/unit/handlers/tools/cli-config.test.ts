import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  writeCliConfig,
  type CliConfig,
  type CliConfigInput,
} from "../../../../handlers/tools/cli-config.ts";
import type { ProviderMirror } from "../../../../handlers/tools/provider-mirrors.ts";
import { scratchFolder, writeTree } from "../../../helpers/tool-surroundings.ts";

const mirror: ProviderMirror = {
  path: "/m",
  origin: "found",
  providers: [{ source: "a.io/x/y", versions: ["1.0.0"] }],
};
const cache = 'plugin_cache_dir = "/cache"\n';
const own = 'provider_installation {\n  filesystem_mirror {\n    path = "/theirs"\n  }\n}\n';

async function decide(home: string, more: Partial<CliConfigInput> = {}): Promise<CliConfig> {
  return writeCliConfig({ env: {}, home, mirrors: [mirror], file: join(home, "run", "cli.tfrc"), ...more });
}

test("without mirrors and without a configuration nothing is written", async () => {
  expect(await decide(await scratchFolder(), { mirrors: [] })).toEqual({ notices: [] });
});

test("with mirrors faber writes a file that only its owner can read", async () => {
  const home = await scratchFolder();
  const { file = "", notices } = await decide(home);
  expect(notices).toEqual([]);
  expect(await readFile(file, "utf8")).toContain('path    = "/m"');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("the user's own settings come along: credentials and plugin cache are not lost", async () => {
  const home = await scratchFolder();
  await writeTree(home, {
    ".terraformrc": cache,
    ".terraform.d/b.tfrc": 'credentials "b.io" {\n  token = "b"\n}\n',
    ".terraform.d/a.tfrc": "disable_checkpoint = true",
    ".terraform.d/credentials.tfrc.json": "{}",
    ".terraform.d/notes.txt": "provider_installation {}",
  });
  const { file = "" } = await decide(home);
  const text = await readFile(file, "utf8");
  const order = ["plugin_cache_dir", "disable_checkpoint", 'credentials "b.io"', "provider_installation"].map(
    (word) => text.indexOf(word),
  );
  expect(order.every((at) => at >= 0)).toBe(true);
  expect(order).toEqual([...order].sort((left, right) => left - right));
});

test("a configuration that says itself where providers come from is used as it is", async () => {
  const home = await scratchFolder();
  await writeTree(home, { ".terraformrc": own, "named.tfrc": own });
  expect(await decide(home)).toEqual({ notices: [] });
  expect(await decide(home, { env: { TF_CLI_CONFIG_FILE: join(home, "named.tfrc") } })).toEqual({
    file: join(home, "named.tfrc"),
    notices: [],
  });
});

test("a mirror from the settings that such a configuration overrules is told of", async () => {
  const home = await scratchFolder();
  await writeTree(home, { ".terraformrc": own });
  const { notices } = await decide(home, { mirrors: [{ ...mirror, origin: "configured" }] });
  expect(notices).toMatchObject([{ level: "warning", code: "provider-mirror-unused" }]);
});

test("the named file is the only one read", async () => {
  const home = await scratchFolder();
  await writeTree(home, { ".terraformrc": own, "named.tfrc": cache });
  const { file = "" } = await decide(home, { env: { TF_CLI_CONFIG_FILE: join(home, "named.tfrc") } });
  const text = await readFile(file, "utf8");
  expect(text).toContain(cache);
  expect(text).not.toContain("/theirs");
});

test("a named file that is missing is warned of, and the run has the mirrors all the same", async () => {
  const home = await scratchFolder();
  const env = { TF_CLI_CONFIG_FILE: join(home, "gone") };
  const { file, notices } = await decide(home, { env });
  expect(file).toBe(join(home, "run", "cli.tfrc"));
  expect(notices).toMatchObject([
    { level: "warning", code: "cli-config-missing", text: expect.stringContaining(join(home, "gone")) },
  ]);
  expect(await decide(home, { env, mirrors: [] })).toEqual({ notices });
});

test("without mirrors a named file stays the one that is used", async () => {
  const home = await scratchFolder();
  await writeTree(home, { "named.tfrc": cache });
  const named = join(home, "named.tfrc");
  expect(await decide(home, { env: { TF_CLI_CONFIG_FILE: named }, mirrors: [] })).toEqual({
    file: named,
    notices: [],
  });
});

test("a configuration in JSON cannot be added to, and that is said", async () => {
  const home = await scratchFolder();
  await writeTree(home, { ".terraformrc": '{"plugin_cache_dir": "/cache"}' });
  expect(await decide(home)).toMatchObject({ notices: [{ level: "warning", code: "cli-config-json" }] });
});

test("a configuration that cannot be read is an error, not an absent one", async () => {
  const home = await scratchFolder();
  await writeTree(home, { ".terraformrc/is-a-folder": "" });
  await expect(decide(home)).rejects.toMatchObject({ code: "cli-config-unreadable" });
});

test("OpenTofu reads its own file first", async () => {
  const home = await scratchFolder();
  await writeTree(home, { ".terraformrc": own, ".tofurc": cache });
  const { file = "" } = await decide(home, { tool: "opentofu" });
  expect(await readFile(file, "utf8")).toContain(cache);
  expect(await decide(home)).toEqual({ notices: [] });
});
