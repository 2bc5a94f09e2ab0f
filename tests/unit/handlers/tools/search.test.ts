import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { findTool } from "../../../../handlers/tools/registry.ts";
import {
  scratchFolder,
  surroundingsIn,
  writeProgram,
  writeTerraform,
} from "../../../helpers/tool-surroundings.ts";

test("looks in the settings, then in faber's own folder, then on PATH", async () => {
  const dir = await scratchFolder();
  const configured = await writeTerraform(join(dir, "mine", "terraform-1.9"), "1.9.0");
  const own = await writeTerraform(join(dir, "tools", "bin", "terraform"), "1.11.4");
  const onPath = await writeTerraform(join(dir, "path", "terraform"), "1.8.0");
  const env = { PATH: join(dir, "path"), HOME: dir };
  const here = surroundingsIn(join(dir, "tools"), { env });
  expect(await findTool("terraform", { ...here, configured: { terraform: configured } })).toEqual({
    path: configured,
    version: "1.9.0",
    origin: "configured",
  });
  expect(await findTool("terraform", here)).toEqual({ path: own, version: "1.11.4", origin: "faber" });
  expect(await findTool("terraform", { ...here, toolDir: join(dir, "empty") })).toEqual({
    path: onPath,
    version: "1.8.0",
    origin: "path",
  });
  expect(await findTool("opentofu", here)).toBeUndefined();
});

test("a configured command name is looked up on PATH", async () => {
  const dir = await scratchFolder();
  const path = await writeTerraform(join(dir, "terraform-next"), "1.12.0");
  const here = surroundingsIn(dir, { env: { PATH: dir }, configured: { terraform: "terraform-next" } });
  expect(await findTool("terraform", here)).toEqual({ path, version: "1.12.0", origin: "configured" });
});

test("a configured tool that is not there is an error, whatever else is on PATH", async () => {
  const dir = await scratchFolder();
  await writeTerraform(join(dir, "terraform"), "1.11.4");
  const gone = join(dir, "gone");
  const here = surroundingsIn(dir, { env: { PATH: dir }, configured: { terraform: gone } });
  await expect(findTool("terraform", here)).rejects.toMatchObject({
    code: "tool-missing",
    exitName: "wrong-usage",
    message: `the configured terraform, ${gone}, is not there`,
  });
});

test("a configured program that is something else is told apart from a missing one", async () => {
  const dir = await scratchFolder();
  const other = await writeProgram(join(dir, "other"), "echo hello");
  const here = surroundingsIn(dir, { configured: { terraform: other } });
  await expect(findTool("terraform", here)).rejects.toThrow(
    `the configured terraform, ${other}, does not run as terraform`,
  );
});

test("goes on along PATH past a program that does not work, such as a version manager's empty shim", async () => {
  const dir = await scratchFolder();
  await writeProgram(join(dir, "shims", "terraform"), "echo 'no version is set' >&2; exit 126");
  const path = await writeTerraform(join(dir, "bin", "terraform"), "1.6.0");
  const env = { PATH: [join(dir, "shims"), join(dir, "bin")].join(delimiter) };
  expect(await findTool("terraform", surroundingsIn(join(dir, "tools"), { env }))).toMatchObject({
    path,
    version: "1.6.0",
  });
});

test("asks for the version without the arguments that TF_CLI_ARGS would add", async () => {
  const dir = await scratchFolder();
  const body = `[ -z "$TF_CLI_ARGS$TF_CLI_ARGS_version$TF_CLI_CONFIG_FILE" ] && [ "$CHECKPOINT_DISABLE" = 1 ] || exit 1
echo '{"terraform_version":"1.7.0"}'`;
  await writeProgram(join(dir, "terraform"), body);
  const env = { PATH: dir, TF_CLI_ARGS: "-x", TF_CLI_ARGS_version: "-y", TF_CLI_CONFIG_FILE: "/none" };
  expect(await findTool("terraform", surroundingsIn(join(dir, "tools"), { env }))).toMatchObject({
    version: "1.7.0",
  });
});

test("an interrupted search does not call the tool missing", async () => {
  const dir = await scratchFolder();
  await writeTerraform(join(dir, "terraform"), "1.6.0");
  const here = surroundingsIn(join(dir, "tools"), { env: { PATH: dir }, signal: AbortSignal.abort() });
  await expect(findTool("terraform", here)).rejects.toMatchObject({ code: "interrupted" });
});

test("an unknown name is answered with the nearest one", async () => {
  await expect(findTool("checkof", surroundingsIn("/none"))).rejects.toMatchObject({
    code: "unknown-tool",
    hints: ["did you mean checkov?"],
  });
});
