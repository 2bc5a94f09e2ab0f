import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findProviderMirrors, type MirrorSearch } from "../../../../handlers/tools/provider-mirrors.ts";
import { scratchFolder, writeTree } from "../../../helpers/tool-surroundings.ts";

const aws = "registry.terraform.io/hashicorp/aws";

function searchIn(home: string, more: Partial<MirrorSearch> = {}): MirrorSearch {
  const env = { XDG_DATA_DIRS: join(home, "share") };
  return { env, home, platform: "linux", arch: "x64", prefixes: [join(home, "opt")], ...more };
}

async function unpacked(
  mirror: string,
  source: string,
  version: string,
  osArch = "linux_amd64",
): Promise<void> {
  await mkdir(join(mirror, source, version, osArch), { recursive: true });
}

test("recognises unpacked and packed providers for this platform, with their versions in order", async () => {
  const home = await scratchFolder();
  const mirror = join(home, "opt", "anything");
  await unpacked(mirror, aws, "5.100.0");
  await unpacked(mirror, aws, "5.9.0");
  await unpacked(mirror, aws, "5.101.0", "darwin_arm64");
  await writeTree(mirror, {
    "registry.terraform.io/hashicorp/random/terraform-provider-random_3.6.0_linux_amd64.zip": "",
    "registry.terraform.io/hashicorp/random/terraform-provider-random_3.7.0_windows_amd64.zip": "",
    "registry.terraform.io/hashicorp/random/index.json": "{}",
    "registry.terraform.io/hashicorp/random/3.6.0.json": "{}",
    "registry.example.com/acme/thing/terraform-provider-thing_1.0.0-beta.1_linux_amd64.zip": "",
  });
  expect(await findProviderMirrors(searchIn(home))).toEqual([
    {
      path: mirror,
      origin: "found",
      providers: [
        { source: "registry.example.com/acme/thing", versions: ["1.0.0-beta.1"] },
        { source: aws, versions: ["5.9.0", "5.100.0"] },
        { source: "registry.terraform.io/hashicorp/random", versions: ["3.6.0"] },
      ],
    },
  ]);
});

test("is not taken in by what only looks like a mirror, nor looks deeper than one level", async () => {
  const home = await scratchFolder();
  const opt = join(home, "opt");
  await unpacked(join(opt, "lib"), "python3.11/site-packages/aws", "1.2.3");
  await unpacked(join(opt, "a", "b"), aws, "5.100.0");
  await unpacked(join(opt, "no-version"), aws, "latest");
  await unpacked(opt, aws, "5.100.0");
  await mkdir(join(opt, "other-platform", aws, "5.100.0", "linux_arm64"), { recursive: true });
  await writeTree(opt, { "go/bin/tool.sh": "", "file.txt": "", "src/github.com/hashicorp/aws/main.go": "" });
  expect(await findProviderMirrors(searchIn(home))).toEqual([]);
});

test("looks in Terraform's implied places and beside the root, the configured one first", async () => {
  const home = await scratchFolder();
  const places = {
    configured: join(home, "mirror"),
    root: join(home, "infra", "terraform.d", "plugins"),
    user: join(home, ".terraform.d", "plugins"),
    data: join(home, ".local", "share", "terraform", "plugins"),
    tofu: join(home, ".local", "share", "opentofu", "plugins"),
    shared: join(home, "share", "terraform", "plugins"),
    opt: join(home, "opt", "x"),
  };
  for (const place of Object.values(places)) await unpacked(place, aws, "5.100.0");
  const found = await findProviderMirrors(
    searchIn(home, { configured: places.configured, root: join(home, "infra") }),
  );
  expect(found.map(({ path, origin }) => [path, origin])).toEqual([
    [places.configured, "configured"],
    [places.root, "project"],
    [places.user, "implied"],
    [places.data, "implied"],
    [places.tofu, "implied"],
    [places.shared, "implied"],
    [places.opt, "found"],
  ]);
});

test("a mirror that is both configured and in a usual place counts once; links are followed", async () => {
  const home = await scratchFolder();
  await unpacked(join(home, "real"), aws, "5.100.0");
  await mkdir(join(home, "opt"));
  const link = join(home, "opt", "link");
  await symlink(join(home, "real"), link);
  const found = await findProviderMirrors(searchIn(home, { configured: link }));
  expect(found).toEqual([
    { path: link, origin: "configured", providers: [{ source: aws, versions: ["5.100.0"] }] },
  ]);
});

test("knows Apple's folders on macOS", async () => {
  const home = await scratchFolder();
  const place = join(home, "Library", "Application Support", "io.terraform", "plugins");
  await unpacked(place, aws, "5.100.0", "darwin_arm64");
  const found = await findProviderMirrors(searchIn(home, { platform: "darwin", arch: "arm64" }));
  expect(found.map((mirror) => mirror.path)).toEqual([place]);
});

test.each([
  ["none", "provider-mirror-missing"],
  ["file", "provider-mirror-missing"],
  ["empty", "provider-mirror-empty"],
])("a configured mirror that is %s is refused", async (name, code) => {
  const home = await scratchFolder();
  await writeTree(home, { file: "", "empty/readme": "" });
  await expect(findProviderMirrors(searchIn(home, { configured: join(home, name) }))).rejects.toMatchObject({
    code,
    exitName: "wrong-usage",
  });
});
