import { readdirSync, readFileSync, statSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { faber, startFaber, until, type FaberRun } from "../helpers/faber.ts";
import { canSeeProcesses, processesAt } from "../helpers/processes.ts";
import { projectFrom, temporaryFolder, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: secrets: ${noTerraform}`);

/** Quotes and signs that JSON and URLs write in another way. */
const password = 'canary-"7f3a&<9c41>\\+e0b7/yes';
const canaries = {
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYCANARYKEY",
  AWS_SESSION_TOKEN: "FwoGZXIvYXdzEBcaDCANARYTOKENxyzxyzxyzxyz",
};
const settings = `project: shop
environments:
  test: { variables: { password: ${JSON.stringify(password)} } }
  broken: { variables: { password: ${JSON.stringify(password)}, fail: true } }
`;

const forms = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  encodeURIComponent(secret),
  Buffer.from(secret).toString("base64").replace(/=+$/, ""),
];

/** Every place where the secrets show: streams, and files that faber wrote, crash logs among them. */
async function leaks(
  project: Project,
  runs: readonly FaberRun[],
  temporary = project.dir,
): Promise<readonly string[]> {
  const streams = runs.flatMap((ran, index) => [
    { place: `stdout ${index}`, text: ran.stdout },
    { place: `stderr ${index}`, text: ran.stderr },
  ]);
  const own = [...(await project.files(".faber")).keys()].map((name) => project.path(name));
  const logs = readdirSync(temporary)
    .filter((name) => name.startsWith("faber"))
    .map((name) => join(temporary, name));
  const files = [...own, ...logs.filter((file) => statSync(file).isFile() && !file.endsWith("faber.yaml"))];
  const texts = [...streams, ...files.map((file) => ({ place: file, text: readFileSync(file, "latin1") }))];
  expect(own.length).toBeGreaterThan(0);
  const secrets = [password, ...Object.values(canaries)].flatMap(forms);
  return texts
    .filter(({ text }) => secrets.some((secret) => text.includes(secret)))
    .map(({ place }) => place);
}

describe.skipIf(noTerraform !== undefined)("secrets", () => {
  test("are in no output and in no file of faber's, whatever happens", async () => {
    const project = await projectFrom("secrets", { "faber.yaml": settings });
    const temporary = await temporaryFolder();
    const env = { ...canaries, AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7CANARY0", TMPDIR: temporary };
    const runs: FaberRun[] = [];
    const run = async (...args: readonly string[]): Promise<FaberRun> => {
      const ran = await faber(args, { cwd: project.dir, env });
      runs.push(ran);
      return ran;
    };
    const failed = await run("deploy", "--env=broken", "--yes", "--json", "--verbose");
    expect(failed.code, failed.stderr).toBe(5);
    // It was there to be leaked: Terraform's message quotes it.
    expect(failed.stderr).toContain("connecting with (redacted)");
    // Terraform's and its providers' own log, in which every value stands.
    const traced = await faber(["preview", "--env=test", "--verbose"], {
      cwd: project.dir,
      env: { ...env, TF_LOG: "trace" },
    });
    expect(traced.code, traced.stderr).toBe(0);
    runs.push(traced);
    expect((await run("preview", "--env=test", "--verbose")).code).toBe(0);
    expect((await run("preview", "--env=test", "--json")).code).toBe(0);
    expect((await run("deploy", "--env=test", "--yes", "--verbose")).code).toBe(0);
    const again = await run("deploy", "--env=test", "--yes", "--json", "--skip-tests");
    expect(again.json()).toMatchObject({ outputs: {} });
    expect((await run("config", "show", "--env=test", "--origin")).code).toBe(0);
    expect((await run("destroy", "--env=test", "--yes", "--verbose")).code).toBe(0);
    expect((await run("issues", "export")).stdout).toContain("issues");
    expect(await leaks(project, runs, temporary)).toEqual([]);
  });

  test("are in no crash log", async () => {
    const project = await projectFrom("secrets", { "faber.yaml": settings });
    const temporary = await temporaryFolder();
    const broken = join(temporary, "broken.mjs");
    // A bug of faber's, in the middle of a run, that quotes all it can get hold of.
    await writeFile(
      broken,
      `import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
const { mkdir } = fs;
fs.mkdir = (path, ...more) => {
  if (!String(path).endsWith("locks")) return mkdir(path, ...more);
  const { AWS_SECRET_ACCESS_KEY: key, AWS_SESSION_TOKEN: token } = process.env;
  throw new TypeError(\`cannot read \${key} of \${encodeURIComponent(token)} and ${JSON.stringify(password).slice(1, -1)}\`);
};
syncBuiltinESMExports();
`,
    );
    const env = { ...canaries, TMPDIR: temporary, NODE_OPTIONS: `--import=${pathToFileURL(broken).href}` };
    const ran = await faber(["deploy", "--env=test", "--yes", "--json"], { cwd: project.dir, env });
    expect(ran.code, ran.stderr).toBe(1);
    expect(ran.json()).toMatchObject({ error: { code: "unexpected" } });
    const logs = readdirSync(temporary).filter((name) => name.startsWith("faber-crash"));
    expect(logs).toHaveLength(1);
    const text = readFileSync(join(temporary, logs[0] ?? ""), "utf8");
    expect(text).toContain("cannot read (redacted) of (redacted)");
    expect(statSync(join(temporary, logs[0] ?? "")).mode & 0o077).toBe(0);
    expect(await leaks(project, [ran], temporary)).toEqual([]);
  });

  test("in a configuration that is wrong are not quoted", async () => {
    const project = await projectFrom("secrets", {
      "faber.yaml": settings.replace("fail: true", 'fail: "no bool"'),
    });
    const ran = await faber(["preview", "--env=broken"], { cwd: project.dir });
    expect(ran.code).not.toBe(0);
    expect(await leaks(project, [ran])).toEqual([]);
  });

  test.skipIf(!canSeeProcesses)("are on no command line, and their files are the owner's alone", async () => {
    const project = await projectFrom("secrets", { "faber.yaml": settings, hold: "" });
    const running = startFaber(["deploy", "--env=test", "--yes", "--skip-tests"], { cwd: project.dir });
    await until("the apply waits", () => project.has("begun"));
    const words = processesAt(project.dir).flatMap(({ argv }) => argv);
    expect(words.some((word) => word.includes("terraform"))).toBe(true);
    expect(words.filter((word) => word.includes("canary"))).toEqual([]);
    const modes = [...(await project.files(".faber")).entries()];
    expect(modes.filter(([, mode]) => (mode & 0o077) !== 0)).toEqual([]);
    await rm(project.path("hold"));
    const ran = await running.ended;
    expect(ran.code, ran.stderr).toBe(0);
    const kept = [...(await project.files(".faber")).keys()];
    expect(kept.filter((name) => /scratch|plan$|tfvars/.test(name))).toEqual([]);
  });
});
