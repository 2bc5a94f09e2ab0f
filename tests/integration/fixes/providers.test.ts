import { chmod } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { initUpgrade } from "../../../src/fixes/init-upgrade.ts";
import { providerLock } from "../../../src/fixes/provider-lock.ts";
import type { Project } from "../../helpers/project.ts";
import { benchWith, offered, refusal, skipped, undo, type Bench } from "./workbench.ts";

const source = "registry.example.com/acme/thing";
const platform = `${process.platform === "win32" ? "windows" : process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
const requires = (constraint: string): string => `terraform {
  required_providers {
    thing = {
      source  = "${source}"
      version = "${constraint}"
    }
  }
}
`;

/** A mirror as `terraform providers mirror` unpacks it; init looks at packages and starts none of them. */
async function mirror(project: Project, versions: readonly string[], platforms = [platform]): Promise<void> {
  for (const version of versions) {
    for (const each of platforms) {
      const file = `../mirror/${source}/${version}/${each}/terraform-provider-thing_v${version}`;
      await project.write({ [file]: `thing ${version} for ${each}` });
      await chmod(project.path(file), 0o755);
    }
  }
}

const opened = (constraint: string): Promise<Bench> =>
  benchWith({
    files: { "main.tf": requires(constraint) },
    cliConfig: ({ path }) =>
      `provider_installation {\n  filesystem_mirror {\n    path = "${path("../mirror")}"\n  }\n}\n`,
  });
const lockFile = ({ project }: Bench): Promise<string> => project.read(".terraform.lock.hcl");
const initialised = async ({ iac }: Bench): Promise<boolean> => (await iac.init({ backend: true })).ok;

describe.skipIf(skipped !== undefined)("versions of providers", () => {
  test("are chosen anew within what the files allow, and taken back", async () => {
    const bench = await opened("~> 1.0");
    await mirror(bench.project, ["1.0.0"]);
    expect(await initialised(bench)).toBe(true);
    const before = await lockFile(bench);
    await mirror(bench.project, ["1.2.0", "2.0.0"]);
    await bench.project.write({ "main.tf": requires(">= 1.1, < 2.0") });
    expect(await initialised(bench)).toBe(false);

    const offer = offered(await bench.offer(initUpgrade));
    expect(offer.summary).toBe("use acme/thing 1.2.0 instead of 1.0.0");
    expect(offer.diff.join("\n")).toMatch(/- +version += "1\.0\.0"\n.*\+ +version += "1\.2\.0"/s);
    // Looking changes nothing.
    expect(await lockFile(bench)).toBe(before);
    const done = await offer.perform();
    expect(await lockFile(bench)).toContain('"1.2.0"');
    expect(await initialised(bench)).toBe(true);

    await bench.project.write({ "main.tf": requires("~> 1.0") });
    expect(await undo(done)).toContain("as it was");
    expect(await lockFile(bench)).toBe(before);
  });

  test("that no place has are not offered", async () => {
    const bench = await opened("~> 9.0");
    await mirror(bench.project, ["1.0.0"]);
    expect(refusal(await bench.offer(initUpgrade))).toMatch(/choosing anew does not help: Failed to query/);
    expect(bench.project.has(".terraform.lock.hcl")).toBe(false);
  });
});

describe.skipIf(skipped !== undefined)("checksums of providers", () => {
  test("of this platform are added to those of another, and taken back", async () => {
    const bench = await opened("1.0.0");
    const other = platform === "linux_arm64" ? "linux_amd64" : "linux_arm64";
    await mirror(bench.project, ["1.0.0"], [platform, other]);
    // As somebody on the other platform has committed it.
    expect(await initialised(bench)).toBe(true);
    const both = offered(await bench.offer(providerLock, { parameters: { platforms: [other] } }));
    expect(both.diff.filter((line) => /^ {2}\+ .*"h1:/.test(line))).toHaveLength(1);
    const before = await lockFile(bench);
    const done = await both.perform();
    expect((await lockFile(bench)).match(/"h1:/g)).toHaveLength(2);
    await undo(done);
    expect(await lockFile(bench)).toBe(before);
  });

  test("that only a mirror vouches for are never added unasked: a changed package looks the same", async () => {
    const bench = await opened("1.0.0");
    await mirror(bench.project, ["1.0.0"]);
    expect(await initialised(bench)).toBe(true);
    const before = await lockFile(bench);
    expect(refusal(await bench.offer(providerLock))).toContain("the package is another one than was locked");
    await bench.project.write({
      [`../mirror/${source}/1.0.0/${platform}/terraform-provider-thing_v1.0.0`]: "something else",
    });
    const offer = offered(await bench.offer(providerLock));
    expect(offer.doubts).toEqual([expect.stringContaining("nobody has signed them")]);
    expect(await lockFile(bench)).toBe(before);
  });
});
