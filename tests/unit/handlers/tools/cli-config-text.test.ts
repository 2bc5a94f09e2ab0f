import { expect, test } from "vitest";
import {
  hasProviderInstallation,
  hclString,
  providerInstallation,
} from "../../../../handlers/tools/cli-config-text.ts";

test("each mirror gives only what it holds, and the registries the rest", () => {
  const text = providerInstallation([
    { path: "/m/one", origin: "found", providers: [{ source: "a.io/x/y", versions: ["1.0.0"] }] },
    {
      path: "/m/two",
      origin: "implied",
      providers: [
        { source: "a.io/x/y", versions: ["2.0.0"] },
        { source: "b.io/x/z", versions: ["1.0.0"] },
      ],
    },
  ]);
  expect(text).toBe(`provider_installation {
  filesystem_mirror {
    path    = "/m/one"
    include = ["a.io/x/y"]
  }
  filesystem_mirror {
    path    = "/m/two"
    include = ["a.io/x/y", "b.io/x/z"]
  }
  direct {
    exclude = ["a.io/x/y", "b.io/x/z"]
  }
}
`);
});

test("quotes, backslashes, control characters and interpolations are escaped", () => {
  expect(hclString('/a "b"\\c${d}\n')).toBe(String.raw`"/a \"b\"\\c\u0024{d}\n"`);
});

test.each([
  "provider_installation {\n  direct {}\n}",
  "disable_checkpoint = true\nprovider_installation{}",
  'credentials "x" { token = "y" } provider_installation {}',
  "/* a */ provider_installation {}",
  '{"provider_installation": {"direct": {}}}',
  'url = "http://x" # c\nprovider_installation {}',
])("sees a provider_installation in %j", (text) => {
  expect(hasProviderInstallation(text)).toBe(true);
});

test.each([
  "",
  "# provider_installation {}",
  "// provider_installation {}",
  "/* provider_installation {} */",
  'note = "provider_installation {"',
  "my_provider_installation {}",
  'plugin_cache_dir = "/c"',
])("sees none in %j", (text) => {
  expect(hasProviderInstallation(text)).toBe(false);
});
