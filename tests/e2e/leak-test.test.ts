import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { soughtOf, searchFolder, readableByOthers } from "../../src/cli/leak-test/search.ts";
import { objectAt } from "../../src/core/json.ts";
import { faber } from "../helpers/faber.ts";
import { temporaryFolder } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

if (noTerraform !== undefined) console.warn(`skipped: leak test: ${noTerraform}`);

describe.skipIf(noTerraform !== undefined)("faber doctor --leak-test", () => {
  test("passes, having looked at every kind of sink, and leaves nothing behind", async () => {
    const cwd = await temporaryFolder();
    const ran = await faber(["doctor", "--leak-test", "--json"], { cwd, env: { TMPDIR: cwd } });
    expect(ran.code, ran.stderr + ran.stdout).toBe(0);
    const result = objectAt(ran.json()["leak_test"]);
    expect(result).toMatchObject({ passed: true, secrets: 4, leaks: [], open: [], left_behind: [] });
    expect(Number(result["places"])).toBeGreaterThan(45);
    expect((await readdir(cwd)).filter((name) => name.startsWith("faber-leak-test"))).toEqual([]);
  });

  test("says that it means nothing where there is no Terraform", async () => {
    const cwd = await temporaryFolder();
    const ran = await faber(["doctor", "--leak-test"], { cwd, env: { FABER_TF_PATH: join(cwd, "none") } });
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain("the leak test says nothing");
  });
});

describe("a planted leak", () => {
  const secret = 'canary-7f3a"<&>\\+/ä-9c41e0b7';
  const bytes = Buffer.from(secret);
  const planted: Readonly<Record<string, string | Buffer>> = {
    raw: `before ${secret} after`,
    json: JSON.stringify({ a: secret }),
    "json-of-go": JSON.stringify(secret).replace(
      /[<>&]/g,
      (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
    ),
    url: `?a=${encodeURIComponent(secret)}`,
    "url-lower": encodeURIComponent(secret).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    base64: bytes.toString("base64"),
    "base64-1": Buffer.concat([Buffer.from("x"), bytes]).toString("base64"),
    "base64-2": Buffer.concat([Buffer.from("xy"), bytes, Buffer.from("z")]).toString("base64"),
    base64url: bytes.toString("base64url"),
    hex: bytes.toString("hex"),
    html: secret
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;"),
    utf16: Buffer.concat([Buffer.from([1, 2, 3]), Buffer.from(secret, "utf16le")]),
    "database.db": Buffer.concat([Buffer.alloc(5_000), bytes, Buffer.alloc(100)]),
  };

  test.each(Object.keys(planted))("as %s is found", async (name) => {
    const dir = await temporaryFolder();
    await mkdir(join(dir, ".faber/runs"), { recursive: true });
    await writeFile(join(dir, ".faber/runs", name), planted[name] ?? "");
    await writeFile(join(dir, ".faber/runs/clean"), "nothing to see: canary, canary-7f3a");
    const searched = await searchFolder(dir, soughtOf({ password: secret }), () => false);
    const leaks = searched.filter(({ found }) => found.length > 0);
    expect(leaks.map(({ place, found }) => [place, found])).toEqual([[`.faber/runs/${name}`, ["password"]]]);
  });

  test("through a file's mode is found", async () => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, "open"), "", { mode: 0o644 });
    await writeFile(join(dir, "shut"), "", { mode: 0o600 });
    expect(await readableByOthers(dir, ["open", "shut"])).toEqual(["open"]);
  });
});
