import { describe, expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import type { CommandDefinition } from "../../../../src/cli/define.ts";
import { parseCommandLine, type Parsed } from "../../../../src/cli/program.ts";
import { FaberError } from "../../../../src/core/error.ts";
import { testWorld, type TestWorld } from "../../../helpers/world.ts";

interface Read {
  readonly parsed: Parsed;
  readonly world: TestWorld;
}

function read(line: string | readonly string[], env: Record<string, string> = {}): Read {
  const argv = typeof line === "string" ? line.split(" ").filter((word) => word !== "") : line;
  const world = testWorld(argv, { env });
  return { parsed: parseCommandLine(world, "1.2.3", commands), world };
}

function optionsOf(
  line: string | readonly string[],
  env: Record<string, string> = {},
): Record<string, unknown> {
  const { parsed } = read(line, env);
  if (parsed.kind !== "run") throw new Error("nothing was to be run");
  return parsed.options;
}

function refusal(line: string, env: Record<string, string> = {}): FaberError {
  try {
    read(line, env);
  } catch (error) {
    if (error instanceof FaberError) return error;
    throw error;
  }
  throw new Error(`${line} was understood`);
}

describe("a command", () => {
  test.each(commands.map((definition) => [definition.name, definition] as const))(
    "%s is found by its words",
    (name, definition) => {
      const needed = definition.positional?.name.startsWith("<") === true ? " x" : "";
      const { parsed } = read(`${name}${needed}`);
      expect(parsed).toMatchObject({ kind: "run", definition });
    },
  );

  test("is found by its alias too", () => {
    expect(read("plan --env=test").parsed).toMatchObject({ definition: { name: "preview" } });
  });

  test("takes what stands beside the flags only where it is meant to", () => {
    expect(read("report show x.json --env=test").parsed).toMatchObject({ positional: ["x.json"] });
    expect(refusal("deploy extra").message).toMatch(/too many arguments/);
  });
});

describe("a flag", () => {
  test.each(["deploy --env=test", "deploy --env test"])("takes its value in both ways: %s", (line) => {
    expect(optionsOf(line)).toEqual({ env: "test" });
  });

  test("may stand before and after the command when every command takes it", () => {
    for (const line of ["--json --chdir=x deploy", "deploy --json --chdir=x", "--json deploy --chdir x"]) {
      expect(optionsOf(line), line).toEqual({ json: true, chdir: "x" });
    }
  });

  test("that says no is told as such", () => {
    expect(optionsOf("deploy --no-color --no-input")).toEqual({ noColor: true, noInput: true });
    expect(optionsOf("--no-color deploy")).toEqual({ noColor: true });
    expect(optionsOf("deploy")).toEqual({});
  });

  test.each(["--yes", "--auto-approve"])("has its alias: %s", (flag) => {
    expect(optionsOf(`deploy ${flag}`)).toEqual({ yes: true });
  });

  test("with several words has one key", () => {
    expect(optionsOf("preview --detailed-exitcode --provider-mirror=m")).toEqual({
      detailedExitcode: true,
      providerMirror: "m",
    });
  });

  test("with an empty value is given, and is not absent", () => {
    expect(optionsOf(["deploy", "--approve="])).toEqual({ approve: "" });
  });

  test("with a fixed choice takes no other", () => {
    expect(optionsOf("test --phase=post-deployment")).toEqual({ phase: "post-deployment" });
    expect(refusal("test --phase=later").message).toContain("pre-deployment, post-deployment");
  });

  test("without its value is refused", () => {
    expect(refusal("deploy --env").message).toMatch(/--env .*argument missing/);
  });
});

describe("a variable", () => {
  test("stands in for its flag, and the flag wins", () => {
    expect(optionsOf("deploy", { FABER_JSON: "1", FABER_NO_COLOR: "true", FABER_QUIET: "0" })).toEqual({
      json: true,
      noColor: true,
    });
    expect(optionsOf("test", { FABER_PHASE: "post-deployment" })).toEqual({ phase: "post-deployment" });
    expect(optionsOf("test --phase=pre-deployment", { FABER_PHASE: "post-deployment" })).toEqual({
      phase: "pre-deployment",
    });
    expect(optionsOf("preview", { FABER_DETAILED_EXITCODE: "yes" })).toEqual({ detailedExitcode: true });
    expect(optionsOf("deploy", { FABER_JSON: "" })).toEqual({});
  });

  test("that means neither yes nor no is refused, and so is one that is no choice", () => {
    for (const env of [{ FABER_JSON: "maybe" }, { FABER_PHASE: "later" }]) {
      const error = refusal("test", env);
      expect(error).toMatchObject({ code: "wrong-value", exit: { code: 64 } });
      expect(error.message).toContain(Object.keys(env)[0]);
    }
  });

  const silent = {
    FABER_YES: "1",
    FABER_APPROVE: "0123456789ab",
    FABER_AUTO_APPROVE: "1",
    FABER_SKIP_TESTS: "1",
    FABER_PLAN: "x.plan",
    FABER_INIT_UPGRADE: "1",
  };
  test.each(Object.entries(silent))(
    "%s says nothing: nobody approves, weakens or swaps a plan by the environment",
    (name, value) => {
      expect(optionsOf("deploy", { [name]: value })).toEqual({});
      expect(optionsOf("destroy", { [name]: value })).toEqual({});
    },
  );

  test("approves nothing, whatever it is called: every option of that kind must be spoken", () => {
    const spoken = commands.flatMap((definition) => definition.options).filter((option) => !option.variable);
    expect([...new Set(spoken.map(({ name }) => name))].sort()).toEqual([
      "all",
      "allow-empty-state",
      "approve",
      "expired",
      "from",
      "ignore-inline-skips",
      "init-upgrade",
      "leak-test",
      "out",
      "plan",
      "remove-orphans",
      "run",
      "skip-reason",
      "skip-tests",
      "update-baseline",
      "yes",
    ]);
  });
});

describe("what is not understood", () => {
  test.each([
    ["deplyo", "deploy"],
    ["prevew --env=test", "preview"],
    ["emulator strat", "start"],
    ["report shwo", "show"],
    ["deploy --evn=test", "--env"],
    ["deploy --jsno", "--json"],
    ["deploy --aprove=x", "--approve"],
    ["--qiet deploy", "--quiet"],
    ["--chdri=x deploy", "--chdir"],
    ["emulator start --enviroment=test", undefined],
  ])("%s → did you mean %s", (line, meant) => {
    const error = refusal(line);
    expect(error).toMatchObject({ code: "wrong-command-line", exit: { code: 64, name: "wrong-usage" } });
    if (meant === undefined) expect(error.message).not.toContain("?");
    else expect(error.message).toContain(`(${meant}?)`);
    expect(error.message).not.toMatch(/^error:|\n/);
    expect(error.hints).not.toEqual([]);
  });

  test("and resembles nothing is named without a guess", () => {
    expect(refusal("frobnicate").message).toMatch(/frobnicate/);
    expect(refusal("frobnicate").message).not.toContain("?");
  });

  test.each(["", "emulator", "--json"])("%j lacks a command", (line) => {
    expect(refusal(line)).toMatchObject({ code: "command-missing", exit: { code: 64 } });
  });

  test("leaves stdout to results", () => {
    const world = testWorld(["deplyo"]);
    expect(() => parseCommandLine(world, "1.2.3", commands)).toThrow();
    expect(world.out()).toBe("");
  });
});

describe("help", () => {
  test.each(["--help", "-h", "help", "deploy --help", "help deploy", "emulator --help"])(
    "%s is shown on stdout",
    (line) => {
      const { parsed, world } = read(line);
      expect(parsed).toEqual({ kind: "shown" });
      expect(world.out()).toMatch(/^Usage: faber/);
      expect(world.err()).toBe("");
    },
  );

  test("names every command and its summary", () => {
    const { world } = read("--help");
    for (const { name, summary } of commands) {
      const [first = ""] = name.split(" ");
      expect(world.out()).toContain(first);
      if (first === name) expect(world.out()).toContain(summary.slice(0, 20));
    }
  });

  test("of a command shows its flags, those of every command, and examples", () => {
    const { world } = read("deploy --help");
    for (const part of [
      "--env <NAME>",
      "--approve <DIGEST>",
      "(alias --auto-approve)",
      "--json",
      "faber deploy --env=test",
    ]) {
      expect(world.out()).toContain(part);
    }
    expect(world.out()).not.toMatch(/^ +--auto-approve/m);
  });

  test("shows the version", () => {
    const { parsed, world } = read("--version");
    expect([parsed.kind, world.out()]).toEqual(["shown", "1.2.3\n"]);
  });
});

describe("the commands themselves", () => {
  const everyOption = commands.flatMap((command) =>
    command.options.map((option) => [command, option] as const),
  );

  test("have names, aliases and flags that are not taken", () => {
    const names = commands.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, options } of commands) {
      const flags = options.flatMap((option) => [
        option.name,
        ...(option.alias === undefined ? [] : [option.alias]),
      ]);
      expect(new Set(flags).size, name).toBe(flags.length);
    }
  });

  test("say what they and their flags do, in the same way", () => {
    const summaries = [...commands, ...everyOption.map(([, option]) => option)].map(({ summary }) => summary);
    for (const summary of summaries) expect(summary).toMatch(/^[^A-Z\s][^\n]{3,90}[^.\s]$|^AWS |^Terraform /);
  });

  test("give examples that are understood", () => {
    for (const { name, examples } of commands) {
      expect(examples.length, name).toBeGreaterThan(0);
      for (const example of examples) {
        // What stands in quotes is one word to a shell.
        const { parsed } = read(example.replace(/^faber /, "").replace(/"[^"]*"/g, "quoted"));
        expect(parsed, example).toMatchObject({ kind: "run", definition: { name } });
      }
    }
  });

  test("load what they do", async () => {
    const body = await (commands.find(({ name }) => name === "report list") as CommandDefinition).load();
    expect(body).toBeTypeOf("function");
  });
});
