import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { clientSettings, type ClientConfig } from "../../../../../handlers/hosting/client-config.ts";
import { allProbes } from "../../../../../handlers/hosting/existence/services.ts";
import { packageRoot } from "../../../../../src/workdir/package-root.ts";

const config: ClientConfig = {
  region: "us-east-1",
  credentials: async () => ({ accessKeyId: "a", secretAccessKey: "b" }),
};
const types = allProbes(config, clientSettings(config)).flatMap((probe) => probe.types);

it("asks for each type in one way", () => expect(new Set(types).size).toBe(types.length));

it.each(["docs/hosting.md", "docs/post-tests.md"])("is as much as %s says", (page) => {
  const text = readFileSync(join(packageRoot(import.meta.url), page), "utf8");
  expect(text).toContain(`${types.length} types`);
  expect(types.length).toBeGreaterThanOrEqual(60);
});
