import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { goModuleVersion } from "../../../../handlers/tools/go-build-info.ts";
import { scratchFolder } from "../../../helpers/tool-surroundings.ts";

const mib = 1024 * 1024;
const line = "path\texample.org/x/cmd/x\nmod\texample.org/x\tv1.28.14\th1:abc=\n";

test.each([0, 3 * mib, 4 * mib - 20, 4 * mib, 9 * mib])(
  "finds the module line at byte %i",
  async (offset) => {
    const file = join(await scratchFolder(), "program");
    await writeFile(file, Buffer.concat([Buffer.alloc(offset), Buffer.from(line), Buffer.alloc(2 * mib)]));
    expect(await goModuleVersion(file, "example.org/x")).toBe("1.28.14");
  },
);

test("a build of a source tree, another module, and another program have none", async () => {
  const file = join(await scratchFolder(), "program");
  await writeFile(file, line.replace("v1.28.14", "(devel)"));
  expect(await goModuleVersion(file, "example.org/x")).toBeUndefined();
  await writeFile(file, line);
  expect(await goModuleVersion(file, "example.org/y")).toBeUndefined();
  await writeFile(file, "");
  expect(await goModuleVersion(file, "example.org/x")).toBeUndefined();
});
