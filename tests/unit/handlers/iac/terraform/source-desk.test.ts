import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sourceDesk } from "../../../../../handlers/iac/terraform/source-desk.ts";

let outside = "";
let project = "";

beforeEach(async () => {
  outside = await realpath(await mkdtemp(join(tmpdir(), "faber-source-")));
  project = join(outside, "shop");
  await mkdir(join(project, "infra/.terraform/modules/m"), { recursive: true });
  await mkdir(join(project, "modules/queue"), { recursive: true });
  for (const file of [
    "infra/main.tf",
    "infra/cdk.tf.json",
    "modules/queue/main.tf",
    "infra/.terraform/modules/m/a.tf",
  ])
    await writeFile(join(project, file), "one\ntwo\nthree\n");
  await writeFile(join(outside, "elsewhere.tf"), "one\n");
  await symlink(join(outside, "elsewhere.tf"), join(project, "infra/link.tf"));
});
afterEach(() => rm(outside, { recursive: true, force: true }));

const at = (file: string, line = 2) => sourceDesk(join(project, "infra"), project).line({ file, line });

describe("a line of a source file", () => {
  test.each(["main.tf", "../modules/queue/main.tf"])(
    "is read from %s and replaced, and nothing else",
    async (name) => {
      const file = join(project, "infra", name);
      await chmod(file, 0o640);
      const line = await at(name);
      if (line.kind !== "line") throw new Error(line.why);
      expect(line.text).toBe("two");
      expect(await line.replace("zwei")).toBe(true);
      expect(await readFile(file, "utf8")).toBe("one\nzwei\nthree\n");
      expect((await stat(file)).mode & 0o777).toBe(0o640);
      expect(await line.replace("drei")).toBe(false);
      expect(await readFile(file, "utf8")).toBe("one\nzwei\nthree\n");
    },
  );

  test.each([
    ["cdk.tf.json", 2, "not written in HCL"],
    [".terraform/modules/m/a.tf", 2, "a copy that a tool made"],
    ["../../elsewhere.tf", 1, "outside of the project"],
    ["link.tf", 1, "is a link"],
    ["gone.tf", 1, "is not there"],
    ["main.tf", 99, "has no line 99"],
  ])("is refused in %s, line %i", async (file, line, why) => {
    expect(await at(file, line)).toEqual({ kind: "refused", why: expect.stringContaining(why) });
  });
});
