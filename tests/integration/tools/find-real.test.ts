import { expect, test } from "vitest";
import { examine } from "../../../handlers/tools/doctor.ts";
import { findTool, toolNamed } from "../../../handlers/tools/registry.ts";
import { toolDirOf } from "../../../handlers/tools/tool-dir.ts";
import { run } from "../../../src/process/run.ts";
import { realEnv, surroundingsIn } from "../../helpers/tool-surroundings.ts";

const env = realEnv();
const here = surroundingsIn(toolDirOf(env, process.platform), { env });

test.each(["terraform", "opentofu", "checkov", "tfsec", "ministack"])(
  "finds the real %s with its version",
  async (name) => {
    const found = await findTool(name, here);
    // Whether it is there at all is the machine's business; that it is found when it is there is ours.
    const inShell = await run(["/bin/sh", "-c", `command -v ${name === "opentofu" ? "tofu" : name}`], {
      env,
    });
    if (inShell.stdout.trim() !== "") expect(found).toBeDefined();
    if (found === undefined) return expect(toolNamed(name).howToGet).toMatch(/https:|pipx/);
    expect(found.version).toMatch(/^\d+\.\d+/);
  },
);

test("what is found is what the tool says of itself", async ({ skip }) => {
  const found = await findTool("checkov", here);
  if (found === undefined) return skip("checkov is not installed: faber doctor --install");
  const ran = await run([found.path, "--version"], { env });
  expect(ran.stdout.trim()).toBe(found.version);
});

test("the doctor sees the same tools", async () => {
  const report = await examine(here, { nodeVersion: process.versions.node });
  for (const row of report.tools) {
    const found = await findTool(row.name, here);
    expect({ path: row.path, version: row.version }).toEqual({ path: found?.path, version: found?.version });
  }
});
