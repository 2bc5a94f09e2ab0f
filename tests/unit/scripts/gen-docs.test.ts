import { describe, expect, test } from "vitest";
import { commandsPage, errorsIn, errorsPage, stalePages } from "../../../scripts/gen-docs.ts";
import { environmentOptions } from "../../../src/cli/options.ts";
import type { CommandDefinition } from "../../../src/cli/define.ts";

test("the generated pages say what the code says", () => {
  expect([...stalePages().keys()]).toEqual([]);
});

const command: CommandDefinition = {
  name: "polish",
  aliases: ["shine"],
  summary: "make it shine",
  options: [
    ...environmentOptions,
    { name: "grit", value: "NUMBER", summary: "how fine", variable: true, choices: ["80", "120"] },
    { name: "force", alias: "yes", summary: "without asking", variable: false },
  ],
  examples: ["faber polish --grit=80"],
  load: async () => {
    throw new Error("the page must not load what a command does");
  },
};

describe("the page of commands", () => {
  const page = commandsPage([command]);

  test("names a command, its alias, its own options and its examples", () => {
    expect(page).toContain("## faber polish\n\nMake it shine. Alias: `faber shine`.");
    expect(page).toContain("| `--grit=NUMBER` | `FABER_GRIT` | how fine; one of `80`, `120` |");
    expect(page).toContain("```sh\nfaber polish --grit=80\n```");
  });

  test("says which options have no variable", () => {
    expect(page).toContain("| `--force`, `--yes` | no variable, on purpose | without asking |");
  });

  test("lists the shared options once", () => {
    expect(page.split("`--workspace=NAME`")).toHaveLength(2);
    expect(page).toContain("Takes the [environment options](#environment-options).");
  });
});

describe("the page of errors", () => {
  const sources = [
    { path: "src/b.ts", text: 'throw new FaberError({\n  code: "too-blue",\n  exit: "wrong-usage",\n});' },
    { path: "src/a.ts", text: 'new FaberError({ code: "too-blue", exit: "wrong-usage" })' },
    {
      path: "src/c.ts",
      text: 'new FaberError({ code,\n exit: "locked" }); refused("bolted", why); text("other")',
    },
  ];
  const errors = errorsIn(sources);
  const page = [
    "# Errors",
    "| code | exit | from | meaning |",
    "| --- | --- | --- | --- |",
    "| `too-blue` | 0 | - | it is blue; paint it |",
    "| `bolted` | 0 | - | it is bolted; wait |",
    "the end",
  ].join("\n");

  test("finds every code with its exit and its files, those that a helper puts in too", () => {
    expect(errors).toEqual([
      { code: "bolted", exit: "locked", files: ["src/c.ts"] },
      { code: "too-blue", exit: "wrong-usage", files: ["src/a.ts", "src/b.ts"] },
    ]);
  });

  test("keeps what was written by hand, and brings the rest up to date", () => {
    expect(errorsPage(page, errors).split("\n").slice(3)).toEqual([
      "| `bolted` | 7 | [c](../src/c.ts) | it is bolted; wait |",
      "| `too-blue` | 64 | [a](../src/a.ts), [b](../src/b.ts) | it is blue; paint it |",
      "the end",
    ]);
  });

  test("refuses a code that nobody explains, and an explanation of none", () => {
    expect(() => errorsPage(page.replace("bolted", "loose"), errors)).toThrow(/loose/);
    expect(() => errorsPage(page, [...errors, { code: "new-one", exit: "locked", files: [] }])).toThrow(
      /new-one/,
    );
  });

  test("refuses an exit that is not in the table", () => {
    expect(() => errorsIn([{ path: "src/x.ts", text: 'code: "a", exit: "never"' }])).toThrow(/never/);
  });
});
