import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { examine } from "../../../../handlers/tools/doctor.ts";
import type { DoctorReport } from "../../../../handlers/tools/doctor-report.ts";
import {
  scratchFolder,
  surroundingsIn,
  writeTerraform,
  writeTree,
} from "../../../helpers/tool-surroundings.ts";

const nodeVersion = "20.20.2";

function codes(report: DoctorReport, level: "error" | "warning"): readonly string[] {
  return report.problems.filter((problem) => problem.level === level).map((problem) => problem.code);
}

function stateOf(report: DoctorReport, name: string): string | undefined {
  return report.tools.find((tool) => tool.name === name)?.state;
}

test("on a bare machine it names each missing tool with how to get it, and neither Terraform nor OpenTofu once", async () => {
  const report = await examine(surroundingsIn(await scratchFolder()), { nodeVersion });
  expect(report).toMatchObject({ ready: false, canDeploy: false });
  expect(codes(report, "error")).toEqual(["tool-missing"]);
  expect(codes(report, "warning")).toEqual(["tool-missing", "tool-missing", "tool-missing"]);
  expect(report.problems[0]?.text).toBe(
    "terraform or opentofu is not installed: plans and applies the infrastructure",
  );
  for (const problem of report.problems) expect(problem.hints).toHaveLength(2);
});

test("OpenTofu alone is enough", async () => {
  const dir = await scratchFolder();
  await writeTerraform(join(dir, "bin", "tofu"), "1.9.0");
  const report = await examine(surroundingsIn(dir), { nodeVersion });
  expect(report).toMatchObject({ ready: true, canDeploy: true });
});

test("a Terraform too old stops deploys, unless OpenTofu is there", async () => {
  const dir = await scratchFolder();
  await writeTerraform(join(dir, "path", "terraform"), "1.4.6");
  const here = surroundingsIn(join(dir, "tools"), { env: { PATH: join(dir, "path"), HOME: dir } });
  const alone = await examine(here, { nodeVersion });
  expect(stateOf(alone, "terraform")).toBe("too-old");
  expect(alone.canDeploy).toBe(false);
  expect(codes(alone, "error")).toEqual(["tool-too-old"]);
  await writeTerraform(join(dir, "tools", "bin", "tofu"), "1.9.0");
  const both = await examine(here, { nodeVersion });
  expect(both.canDeploy).toBe(true);
  expect(codes(both, "error")).toEqual([]);
});

test("a configured tool that is not there is a row, not an exception", async () => {
  const dir = await scratchFolder();
  const report = await examine(surroundingsIn(dir, { configured: { checkov: "/none/checkov" } }), {
    nodeVersion,
  });
  expect(report.tools.find((tool) => tool.name === "checkov")).toMatchObject({
    state: "broken",
    why: "the configured checkov, /none/checkov, is not there",
  });
});

test("a TF_CLI_CONFIG_FILE that names a missing file is an error with what to do", async () => {
  const dir = await scratchFolder();
  const env = { HOME: dir, PATH: "", TF_CLI_CONFIG_FILE: join(dir, "gone.tfrc") };
  const report = await examine(surroundingsIn(dir, { env }), { nodeVersion });
  const problem = report.problems.find(({ code }) => code === "cli-config-missing");
  expect(problem).toMatchObject({ level: "error", text: expect.stringContaining(join(dir, "gone.tfrc")) });
  expect(problem?.hints[0]).toBe("unset TF_CLI_CONFIG_FILE");
  expect(report.ready).toBe(false);
});

test("variables that faber would refuse are warnings, and their values are not shown", async () => {
  const dir = await scratchFolder();
  const env = {
    HOME: dir,
    PATH: "",
    TF_CLI_ARGS_plan: "-var password=hunter2",
    TF_CLI_ARGS: "",
    TF_WORKSPACE: "blue",
  };
  const report = await examine(surroundingsIn(dir, { env }), { nodeVersion });
  expect(codes(report, "warning")).toEqual(expect.arrayContaining(["cli-args-set", "workspace-set"]));
  expect(codes(report, "warning").filter((code) => code === "cli-args-set")).toHaveLength(1);
  expect(JSON.stringify(report)).not.toContain("hunter2");
});

test("mirrors are listed with their providers, and a wrong configured one is an error beside them", async () => {
  const home = await scratchFolder();
  const place = join(home, ".terraform.d", "plugins");
  const source = "registry.terraform.io/hashicorp/aws";
  await mkdir(join(place, source, "5.100.0", "linux_amd64"), { recursive: true });
  const here = surroundingsIn(join(home, "tools"), {
    env: { HOME: home, PATH: "" },
    platform: "linux",
    arch: "x64",
  });
  const report = await examine(here, { nodeVersion, providerMirror: join(home, "none") });
  expect(report.mirrors).toContainEqual({
    path: place,
    origin: "implied",
    providers: [{ source, versions: ["5.100.0"] }],
  });
  expect(codes(report, "error")).toContain("provider-mirror-missing");
});

test("an old Node and a tool folder that cannot be written are told", async () => {
  const dir = await scratchFolder();
  await writeTree(dir, { file: "" });
  const report = await examine(surroundingsIn(join(dir, "file", "tools")), { nodeVersion: "18.20.0" });
  expect(codes(report, "error")).toContain("node-too-old");
  expect(report.toolDir.writable).toBe(false);
});
