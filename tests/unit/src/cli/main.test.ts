import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Borrowed } from "../../../../src/cli/borrowed.ts";
import { main } from "../../../../src/cli/main.ts";
import { createRedactor } from "../../../../src/core/redact.ts";
import { listenForEnd } from "../../../../src/cli/signals.ts";
import { isAttended, withoutCloud } from "../../../../src/cli/surroundings.ts";
import { version } from "../../../../src/cli/version.ts";
import type { Check } from "../../../../src/checks/contract.ts";
import {
  readOnlyWishes,
  refuseUnknownTests,
  refuseYesOnProtected,
  wishesOf,
} from "../../../../src/cli/wishes.ts";
import { scratchFolder, writeTree } from "../../../helpers/tool-surroundings.ts";
import { testWorld } from "../../../helpers/world.ts";

const never = new AbortController().signal;

describe("the program", () => {
  test("prints its version and nothing else", async () => {
    const world = testWorld(["--version"]);
    expect([await main(world), world.out(), world.err()]).toEqual([0, `${version}\n`, ""]);
  });

  test("refuses what it does not understand with 64, on stderr", async () => {
    const world = testWorld(["deplyo"]);
    expect(await main(world)).toBe(64);
    expect(world.err()).toContain("deploy?");
    expect(world.out()).toBe("");
  });

  test("says it as one document too, where a program reads", async () => {
    const world = testWorld(["deploy", "--jsn", "--json"]);
    expect(await main(world)).toBe(64);
    expect(JSON.parse(world.out())).toMatchObject({
      error: { code: "wrong-command-line", hints: expect.any(Array) },
      exit: { code: 64, name: "wrong-usage" },
    });
  });

  test("shows reports that lie in a folder, newest first, and stops listening for signals", async () => {
    const dir = await scratchFolder();
    await writeTree(dir, { "main.tf": "" });
    const name = "20261121T093640Z-pre-deployment.json";
    mkdirSync(join(dir, "reports/test"), { recursive: true });
    writeFileSync(
      join(dir, "reports/test", name),
      '{"run_id":"r","timestamp":"t","phase":"pre-deployment","overall_status":"PASS"}',
    );
    const world = testWorld(["report", "list", "--env=test", "--reports-dir=reports", "--json"], {
      cwd: dir,
    });
    expect(await main(world)).toBe(0);
    expect(JSON.parse(world.out())).toMatchObject({ reports: [{ report: name }], exit: { code: 0 } });
    expect(world.listening()).toBe(0);
  });

  test("calls a bug a bug, says where its log is, and exits 1", async () => {
    const broken = testWorld(["deploy", "--json"], {
      onSignal: () => {
        throw new TypeError("x is not a function; AKIAIOSFODNN7EXAMPLE");
      },
    });
    expect(await main(broken)).toBe(1);
    const { exit } = JSON.parse(broken.out()) as { exit: { name: string; reason: string } };
    expect(exit.name).toBe("unexpected");
    const log = /see (\S+\.log)/.exec(exit.reason)?.[1] ?? "";
    onTestFinished(() => rmSync(log, { force: true }));
    expect(broken.err()).toContain(log);
    expect(readFileSync(log, "utf8")).toContain("TypeError: x is not a function");
    expect(readFileSync(log, "utf8") + broken.err() + broken.out()).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });
});

describe("a signal", () => {
  test("is a wish to end the first time, and a warning ever after", () => {
    const world = testWorld([]);
    const counts: number[] = [];
    const listening = listenForEnd(world, (_signal, count) => counts.push(count));
    expect(listening.signal.aborted).toBe(false);
    world.send("SIGTERM");
    world.send("SIGINT");
    expect([listening.signal.aborted, listening.signal.reason, counts]).toEqual([true, "SIGTERM", [1, 2]]);
    listening.close();
    expect(world.listening()).toBe(0);
  });

  test("ends a wait for standard input that nobody writes to", async () => {
    const dir = await scratchFolder();
    const { until } = await import("../../../helpers/waiting.ts");
    const world = testWorld(["debug", "-"], { cwd: dir });
    const running = main(world);
    await until(() => world.stdin.listenerCount("readable") > 0, "the reader");
    world.send("SIGINT");
    expect(await running).toBe(130);
  });

  test("before the run has begun ends it as interrupted, not as a bug", async () => {
    const dir = await scratchFolder();
    // An app that takes its time: the signal comes while it is being synthesised.
    await writeTree(dir, { "cdktf.json": JSON.stringify({ app: `touch ${dir}/begun; sleep 30` }) });
    const tool = join(dir, "terraform");
    writeFileSync(tool, '#!/bin/sh\necho \'{"terraform_version":"1.11.4"}\'\n', { mode: 0o755 });
    const env = { PATH: `${dir}:/usr/bin:/bin`, HOME: dir, FABER_TF_PATH: tool };
    const world = testWorld(["validate", "--env=test", "--hosting=aws"], { cwd: dir, env });
    const running = main(world);
    const { until } = await import("../../../helpers/waiting.ts");
    const { existsSync } = await import("node:fs");
    await until(() => existsSync(join(dir, "begun")), "the app");
    world.send("SIGINT");
    expect([await running, world.err()]).toEqual([130, expect.not.stringMatching(/bug/)]);
  });
});

describe("what was borrowed", () => {
  test("is given back last first, all of it, and the first failure is told", async () => {
    const log: string[] = [];
    const borrowed = new Borrowed();
    borrowed.owe(async () => void log.push("lock"));
    borrowed.owe(() => Promise.reject(new Error("folder")));
    borrowed.owe(() => Promise.reject(new Error("terminal")));
    borrowed.owe(async () => void log.push("journal"));
    await expect(borrowed.giveBack()).rejects.toThrow("terminal");
    expect(log).toEqual(["journal", "lock"]);
    await borrowed.giveBack();
  });
});

describe("whether somebody is there", () => {
  const terminal = { isTTY: true };
  const attended = (
    env: Record<string, string>,
    options = {},
    stdin: object = terminal,
    stderr: object = terminal,
  ): boolean => {
    const world = testWorld([], { env });
    Object.assign(world.stdin, stdin);
    Object.assign(world.stderr, stderr);
    return isAttended(world, options);
  };

  test.each([
    [{}, true],
    [{ CI: "" }, true],
    [{ CI: "false" }, true],
    [{ CI: "0" }, true],
    [{ CI: "true" }, false],
    [{ CI: "woodpecker" }, false],
  ])("with %j: %s", (env, expected) => {
    expect(attended(env)).toBe(expected);
  });

  test("nobody is, without a terminal on both sides or with --no-input", () => {
    expect(attended({}, {}, {})).toBe(false);
    expect(attended({}, {}, terminal, {})).toBe(false);
    expect(attended({}, { noInput: true })).toBe(false);
  });
});

test("tools that have no business in the cloud get no key to it", () => {
  const env = {
    PATH: "/bin",
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "s",
    AWS_SESSION_TOKEN: "t",
    AWS_PROFILE: "p",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "u",
    AWS_WEB_IDENTITY_TOKEN_FILE: "f",
    AWS_CA_BUNDLE: "ca.pem",
    TF_TOKEN_app_terraform_io: "t",
    TF_VAR_size: "2",
  };
  expect(withoutCloud(env)).toEqual({ PATH: "/bin", AWS_CA_BUNDLE: "ca.pem", TF_VAR_size: "2" });
});

describe("what the command line wishes", () => {
  const invocation = (options: Record<string, string | boolean>, cwd = "/no/such/folder") => ({
    world: testWorld([], { cwd }),
    options,
    positional: [],
    command: "deploy",
    signal: never,
    redactor: createRedactor(),
  });

  test.each(["", "xyz", "0123 456", "-1", "g".repeat(12), "a".repeat(65)])(
    "a digest is hexadecimal: %j is none",
    async (approve) => {
      await expect(wishesOf(invocation({ approve }), "deploy")).rejects.toMatchObject({
        code: "wrong-value",
        exit: { code: 64 },
      });
    },
  );

  test("is taken as it was said", async () => {
    const wishes = await wishesOf(
      invocation({ approve: "0123456789AB", yes: true, skipTests: true }),
      "destroy",
    );
    expect(wishes).toMatchObject({
      kind: "destroy",
      yes: true,
      skip: { tests: "all" },
      attended: false,
      approveDigest: "0123456789AB",
    });
    const readOnly = readOnlyWishes(invocation({ yes: true, skipTests: true }), "deploy");
    expect([readOnly.yes, readOnly.skip]).toEqual([false, undefined]);
  });

  test("may leave out single tests, and says why; a reason for nothing is refused", async () => {
    const given = { skipTests: "tfsec_security, cost_estimation", skipReason: "known" };
    expect((await wishesOf(invocation(given), "deploy")).skip).toEqual({
      tests: ["tfsec_security", "cost_estimation"],
      reason: "known",
    });
    await expect(wishesOf(invocation({ skipReason: "known" }), "deploy")).rejects.toThrow("none are");
  });

  test("cannot leave out what is no test", () => {
    const checks = ["terraform_validation", "tfsec_security"].map((name): Check => ({
      name,
      phase: "pre-deployment",
      run: () => Promise.reject(new Error("not run")),
    }));
    const refuse = (...tests: readonly string[]): void =>
      refuseUnknownTests(
        { kind: "deploy", yes: false, attended: false, person: "ada", skip: { tests } },
        checks,
      );
    expect(() => refuse("tfsec_security")).not.toThrow();
    expect(() => refuse("tfsec_securty")).toThrow('names "tfsec_securty"');
    expect(() => refuse("terraform_validation")).toThrow("no test that can be skipped");
  });

  test("a plan file is looked for where the command was given", async () => {
    const dir = await scratchFolder();
    await writeTree(dir, { "x.plan": "no plan" });
    await expect(wishesOf(invocation({ plan: "x.plan" }, dir), "deploy")).rejects.toMatchObject({
      code: "plan-file-unreadable",
      message: expect.stringContaining("not written by faber"),
    });
  });

  test("--yes alone is refused for a protected environment before anything else is done", async () => {
    const dir = await scratchFolder();
    await writeTree(dir, {
      "main.tf": "",
      "faber.yaml": "environments:\n  live: { protected: true, hosting: aws }\n  test: { hosting: aws }\n",
    });
    const asking = async (env: string, more: Record<string, string>) => {
      const given = invocation({ env, yes: true, ...more }, dir);
      return refuseYesOnProtected(given, await wishesOf(given, "deploy"));
    };
    await expect(asking("live", {})).rejects.toMatchObject({
      code: "protected-needs-digest",
      exit: { code: 4 },
    });
    await expect(asking("live", { approve: "0123456789ab" })).resolves.toBeUndefined();
    await expect(asking("test", {})).resolves.toBeUndefined();
  });
});
