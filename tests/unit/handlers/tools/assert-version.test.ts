import { expect, test } from "vitest";
import { assertVersion } from "../../../../handlers/tools/assert-version.ts";
import { terraform } from "../../../../handlers/tools/terraform.ts";

test("gives back what is new enough", () => {
  const found = { path: "/x/terraform", version: "1.5.0", origin: "path" } as const;
  expect(assertVersion(found, terraform)).toBe(found);
});

test("a missing tool is wrong usage, with the command that fetches it and the way by hand", () => {
  expect(() => assertVersion(undefined, terraform)).toThrow(
    expect.objectContaining({
      code: "tool-missing",
      exitName: "wrong-usage",
      hints: ["let faber fetch it: faber doctor --install", terraform.howToGet],
    }),
  );
});

test("a tool too old is told with its version, its place and what is needed", () => {
  const found = { path: "/x/terraform", version: "1.4.6", origin: "path" } as const;
  expect(() => assertVersion(found, terraform)).toThrow(
    expect.objectContaining({
      code: "tool-too-old",
      exitName: "wrong-usage",
      message: "terraform 1.4.6 at /x/terraform is too old: at least 1.5.0 is needed",
    }),
  );
});

test("a pre-release of the lowest version is too old", () => {
  const found = { path: "/x/terraform", version: "1.5.0-rc1", origin: "path" } as const;
  expect(() => assertVersion(found, terraform)).toThrow("too old");
});
