import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exitCodes } from "../../src/core/exit.ts";
import { version } from "../../src/cli/version.ts";
import { admits } from "../helpers/node-range.ts";
import { readSources, repository, type Source } from "../helpers/sources.ts";

const sources = readSources();
const program = sources.filter(({ path }) => /^(?:src|handlers|issue-log|reports)\//.test(path));
const code = sources.filter(({ path }) => /^(?:src|handlers|issue-log|reports|stacks)\//.test(path));

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(repository, file), "utf8")) as Record<string, unknown>;
}

function trackedFiles(): readonly string[] {
  return execFileSync("git", ["ls-files", "-z"], { cwd: repository, encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(repository, path)));
}

test("enough files are read for the rules to mean something", () => {
  expect(program.length).toBeGreaterThan(200);
});

describe("exit codes", () => {
  test("no code has two meanings", () => {
    const codes = Object.values(exitCodes);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("the table is the published one", () => {
    expect(exitCodes).toEqual({
      done: 0,
      unexpected: 1,
      "changes-present": 2,
      "test-failed": 3,
      "not-approved": 4,
      "deploy-failed": 5,
      "verification-failed": 6,
      locked: 7,
      "credentials-or-permissions": 8,
      "cleanup-incomplete": 9,
      "budget-spent": 10,
      "wrong-usage": 64,
      interrupted: 130,
      terminated: 143,
    });
  });
});

interface ErrorCode {
  readonly path: string;
  readonly code: string;
  readonly exit: string;
}

/** `code` and `exit` of every error that is written out in the sources. */
function errorCodesIn({ path, text }: Source): readonly ErrorCode[] {
  const pairs = text.matchAll(/\bcode:\s*"([^"]*)",\s*exit:\s*"([^"]*)"/g);
  return [...pairs].map((match) => ({ path, code: match[1] ?? "", exit: match[2] ?? "" }));
}

describe("error codes", () => {
  const found = program.flatMap(errorCodesIn);

  test("every error names its code and its exit side by side, so that this test sees them", () => {
    const made = program.flatMap(({ text }) => [...text.matchAll(/new FaberError\(\{/g)]).length;
    // Two pass on what they were given: an unattended question's, and another error's.
    expect(found.length).toBeGreaterThanOrEqual(made - 2);
    expect(made).toBeGreaterThan(50);
  });

  test("are kebab-case", () => {
    expect(found.filter(({ code: name }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });

  test("exist in the table of exits", () => {
    expect(found.filter(({ exit }) => !(exit in exitCodes))).toEqual([]);
  });

  test("lead to one exit each", () => {
    const exits = new Map<string, Set<string>>();
    for (const { code: name, exit } of found) exits.set(name, (exits.get(name) ?? new Set()).add(exit));
    expect([...exits].filter(([, several]) => several.size > 1)).toEqual([]);
  });
});

describe("the house rules", () => {
  test("no file is longer than 350 lines", () => {
    const long = code.filter(({ text }) => text.split("\n").length > 351);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  const banned: readonly (readonly [string, RegExp, readonly string[]])[] = [
    ["process.exit(", /\bprocess\.exit\(/, []],
    ["default exports", /^export default\b|\bas default\b/m, []],
    ["console", /\bconsole\./, []],
    ["process.env", /\bprocess\.env\b/, ["src/cli/world.ts"]],
    ["the wall clock", /\bDate\.now\(|\bnew Date\(\)/, ["src/cli/world.ts"]],
    ["chance that cannot be handed in", /\bMath\.random\(/, []],
    ["spawning", /from "(?:node:child_process|execa)"/, ["src/process/*"]],
    ["require", /\brequire\(|\bcreateRequire\b/, []],
    ["a shell", /\bshell:\s*true/, []],
  ];
  test.each(banned)("%s stays where it belongs", (_what, pattern, places) => {
    const allowed = (path: string): boolean =>
      places.some((place) => (place.endsWith("*") ? path.startsWith(place.slice(0, -1)) : path === place));
    const offenders = program.filter(
      ({ path, text }) => pattern.test(withoutComments(text)) && !allowed(path),
    );
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  test("no path of a developer's machine is in any file", () => {
    // Put together here, so that this file does not hold them.
    const paths = ["/work" + "/", "/root" + "/", "/opt" + "/tf-plugins"];
    const offenders = trackedFiles().filter((path) => {
      const text = readFileSync(join(repository, path), "utf8");
      return paths.some((place) => new RegExp(`(?<![\\w.}-])${place}`).test(text));
    });
    expect(offenders).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/^\s*(?:\/\/|\/\*|\*).*$/gm, "").replace(/\s\/\/ .*$/gm, "");
}

describe("the package", () => {
  test("the version that is printed is the package's", () => {
    expect(version).toBe(readJson("package.json")["version"]);
  });

  test("everything that is installed with it runs on the oldest Node it promises", () => {
    const oldest = "20.17.0";
    expect((readJson("package.json")["engines"] as { node: string }).node).toBe(">=20.17");
    const packages = readJson("package-lock.json")["packages"] as Record<
      string,
      { dev?: boolean; engines?: { node?: string } }
    >;
    const installed = Object.entries(packages).filter(([name, entry]) => name !== "" && entry.dev !== true);
    expect(installed.length).toBeGreaterThan(30);
    const tooNew = installed.filter(
      ([, { engines }]) => engines?.node !== undefined && !admits(engines.node, oldest),
    );
    expect(tooNew).toEqual([]);
  });

  test.each([
    [">=20.0.0", true],
    [">=20.18", false],
    ["^20.17.0 || >=22.9.0", true],
    ["^20.19.0 || >=22.12", false],
    [">= 4.9.1", true],
    ["18.x", false],
    ["20.x || 22.x", true],
    [">=18 <20", false],
    ["~20.16", false],
    ["*", true],
  ])("a range %s is read", (range, admitted) => {
    expect(admits(range, "20.17.0")).toBe(admitted);
  });
});
