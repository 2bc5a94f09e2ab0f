import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ToolSurroundings } from "../../../handlers/tools/contract.ts";
import { allOnPath } from "../../../handlers/tools/find-executable.ts";
import { pins } from "../../../handlers/tools/pins.ts";
import { toolNamed } from "../../../handlers/tools/registry.ts";
import { goPlatform } from "../../../handlers/tools/release-platform.ts";
import { run } from "../../../src/process/run.ts";
import {
  realEnv,
  scratchFolder,
  surroundingsIn,
  writeProgram,
  writeTerraform,
} from "../../helpers/tool-surroundings.ts";

const { os, arch } = goPlatform(process.platform, process.arch);
const terraformZip = `/${pins.terraform}/terraform_${pins.terraform}_${os}_${arch}.zip`;
const terraformSums = `/${pins.terraform}/terraform_${pins.terraform}_SHA256SUMS`;
const silent = (): undefined => undefined;

/** A release server of our own: what is not in the table is not found. */
async function serve(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const server: Server = createServer((request, response) => {
    const body = files[request.url ?? ""];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sumOf(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The interpreter itself: `python3` on PATH may be a version manager's script, which needs more than itself. */
async function realPython(): Promise<string> {
  const [python] = await allOnPath("python3", realEnv());
  expect(python, "python3 makes the zip of this test").toBeDefined();
  const ran = await run([python ?? "", "-c", "import sys; print(sys.executable)"], { env: realEnv() });
  return ran.stdout.trim();
}

async function zipOf(program: string): Promise<Buffer> {
  const zip = `${program}.zip`;
  const ran = await run([await realPython(), "-m", "zipfile", "-c", zip, program], {
    env: realEnv(),
    cwd: dirname(program),
  });
  expect(ran.stderr).toBe("");
  return readFile(zip);
}

async function fakeTerraformZip(version: string = pins.terraform): Promise<Buffer> {
  return zipOf(await writeTerraform(join(await scratchFolder(), "terraform"), version));
}

async function surroundingsWith(releases: Readonly<Record<string, string>>): Promise<ToolSurroundings> {
  // A bench of its own: programs of the system, and no tool that faber would find there.
  return surroundingsIn(join(await scratchFolder(), "tools"), {
    env: { ...realEnv(), PATH: "/usr/bin:/bin" },
    releases,
  });
}

async function everythingIn(dir: string): Promise<readonly string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
}

test("a release with the published checksum is installed, found and leaves nothing else", async () => {
  const zip = await fakeTerraformZip();
  const sums = `${"0".repeat(64)}  terraform_other.zip\n${sumOf(zip)}  ${terraformZip.split("/").at(-1)}\n`;
  const here = await surroundingsWith({
    terraform: await serve({ [terraformZip]: zip, [terraformSums]: sums }),
  });
  const terraform = toolNamed("terraform");
  const path = join(here.toolDir, "bin", "terraform");
  expect(await terraform.install(here, silent)).toEqual({ path, version: pins.terraform, origin: "faber" });
  expect(await terraform.find(here)).toEqual({ path, version: pins.terraform, origin: "faber" });
  expect(await everythingIn(here.toolDir)).toEqual(["terraform"]);
});

test("python3 unpacks where unzip is not installed", async () => {
  const zip = await fakeTerraformZip();
  const base = await serve({
    [terraformZip]: zip,
    [terraformSums]: `${sumOf(zip)}  ${terraformZip.split("/").at(-1)}`,
  });
  const here = await surroundingsWith({ terraform: base });
  const [sh = ""] = await allOnPath("sh", realEnv());
  const bin = join(await scratchFolder(), "bin");
  await mkdir(bin);
  await symlink(await realPython(), join(bin, "python3"));
  await symlink(sh, join(bin, "sh"));
  const env = { ...here.env, PATH: bin };
  expect(await toolNamed("terraform").install({ ...here, env }, silent)).toMatchObject({
    version: pins.terraform,
  });
  await expect(
    toolNamed("terraform").install({ ...here, env: { ...env, PATH: "" } }, silent),
  ).rejects.toThrow("neither unzip nor python3");
});

test.each([
  ["another checksum", "f".repeat(64), "its publisher says f"],
  ["no checksum of it", "", "lists no checksum of terraform_"],
])("a release with %s is refused", async (_, sum, message) => {
  const zip = await fakeTerraformZip();
  const base = await serve({
    [terraformZip]: zip,
    [terraformSums]: `${sum}  ${terraformZip.split("/").at(-1)}\n`,
  });
  const here = await surroundingsWith({ terraform: base });
  const terraform = toolNamed("terraform");
  await expect(terraform.install(here, silent)).rejects.toMatchObject({
    code: "tool-not-available",
    message: expect.stringContaining(message),
    hints: [terraform.howToGet],
  });
  expect(await everythingIn(here.toolDir)).toEqual([]);
});

test("a download that is not there or breaks off says where it was to come from", async () => {
  const nothing = await serve({});
  const terraform = toolNamed("terraform");
  const here = await surroundingsWith({ terraform: nothing });
  await expect(terraform.install(here, silent)).rejects.toThrow(`${nothing}${terraformSums} answered 404`);
  const closed = await surroundingsWith({ terraform: "http://127.0.0.1:1" });
  await expect(terraform.install(closed, silent)).rejects.toMatchObject({
    code: "tool-not-available",
    message: expect.stringContaining("127.0.0.1:1 cannot be reached"),
    hints: [terraform.howToGet],
  });
});

test("a program that does not run here never gets its place", async () => {
  const zip = await zipOf(await writeProgram(join(await scratchFolder(), "terraform"), "exit 1"));
  const base = await serve({
    [terraformZip]: zip,
    [terraformSums]: `${sumOf(zip)}  ${terraformZip.split("/").at(-1)}`,
  });
  const here = await surroundingsWith({ terraform: base });
  await expect(toolNamed("terraform").install(here, silent)).rejects.toThrow("does not run on this machine");
  expect(await everythingIn(here.toolDir)).toEqual([]);
});

test("installs at the same time do not harm each other", async () => {
  const zip = await fakeTerraformZip();
  const base = await serve({
    [terraformZip]: zip,
    [terraformSums]: `${sumOf(zip)}  ${terraformZip.split("/").at(-1)}`,
  });
  const here = await surroundingsWith({ terraform: base });
  const terraform = toolNamed("terraform");
  await Promise.all([1, 2, 3].map(async () => terraform.install(here, silent)));
  expect(await terraform.find(here)).toMatchObject({ version: pins.terraform, origin: "faber" });
  expect(await everythingIn(here.toolDir)).toEqual(["terraform"]);
});

test("OpenTofu and tfsec come from their own releases, checked in the same way", async () => {
  const tofu = await zipOf(await writeTerraform(join(await scratchFolder(), "tofu"), pins.opentofu));
  const tofuFile = `tofu_${pins.opentofu}_${os}_${arch}.zip`;
  const tfsecProgram = `#!/bin/sh\necho v${pins.tfsec}\n`;
  const tfsecFile = `tfsec-${os}-${arch}`;
  const base = await serve({
    [`/v${pins.opentofu}/${tofuFile}`]: tofu,
    [`/v${pins.opentofu}/tofu_${pins.opentofu}_SHA256SUMS`]: `${sumOf(tofu)}  ${tofuFile}\n`,
    [`/v${pins.tfsec}/${tfsecFile}`]: tfsecProgram,
    [`/v${pins.tfsec}/tfsec_checksums.txt`]: `${sumOf(tfsecProgram)}  ${tfsecFile}\n`,
  });
  const here = await surroundingsWith({ opentofu: base, tfsec: base });
  expect(await toolNamed("opentofu").install(here, silent)).toMatchObject({ version: pins.opentofu });
  // Without Go on PATH.
  const env = { ...here.env, PATH: join(here.toolDir, "none") };
  expect(await toolNamed("tfsec").install({ ...here, env }, silent)).toMatchObject({ version: pins.tfsec });
  expect(await toolNamed("tfsec").find({ ...here, env })).toMatchObject({
    version: pins.tfsec,
    origin: "faber",
  });
});

test("when neither Go nor a release gives tfsec, both reasons are told", async () => {
  const here = await surroundingsWith({ tfsec: "http://127.0.0.1:1" });
  await writeProgram(join(here.toolDir, "..", "go-bin", "go"), "echo 'module proxy is away' >&2; exit 1");
  const env = { ...here.env, PATH: join(here.toolDir, "..", "go-bin") };
  await expect(toolNamed("tfsec").install({ ...here, env }, silent)).rejects.toThrow(
    /go install failed \(exit code 1\): module proxy is away; 127\.0\.0\.1:1 cannot be reached/,
  );
});
