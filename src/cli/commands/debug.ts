import type { CommandDefinition } from "../define.ts";
import { environmentOptions, flag, setting, text } from "../options.ts";

export const debugCommands: readonly CommandDefinition[] = [
  {
    name: "debug",
    summary: "say what a failure is, and what has helped before",
    options: [
      ...environmentOptions,
      text("error", "TEXT", "the message"),
      text("error-file", "FILE", "a file that holds it"),
      text("operation", "NAME", "what was being done: deploy, destroy, validate, preview"),
      flag("apply", "do the best automated fix about it in the environment of --env, after a yes"),
      {
        ...setting("fix", "MODE", "with --apply: what may be done unasked"),
        choices: ["ask", "auto", "never"],
      },
      text(
        "batch",
        "FILE",
        "file of JSON lines {id, error, operation?, environment?}; one diagnosis a line on stdout",
      ),
      flag("no-knowledge", "look in the issue log alone"),
      flag("record", "with --batch: write the failures to the issue log as well"),
    ],
    positional: { name: "[source]", summary: "- reads the message from standard input" },
    examples: [
      'faber debug --error="AccessDenied: User: … is not authorized to perform: sqs:CreateQueue"',
      "faber debug -",
      "faber debug --batch=failures.jsonl",
      "faber debug --error-file=failure.txt --operation=deploy --env=test --apply",
    ],
    load: async () => (await import("../actions/debug.ts")).debug,
  },
  {
    name: "debug eval",
    summary: "measure the debugger on a labelled corpus",
    options: [],
    positional: { name: "<corpus>", summary: "JSON lines with labels" },
    examples: ["faber debug eval CORPUS.jsonl", "faber debug eval CORPUS.jsonl --verbose"],
    load: async () => (await import("../actions/debug-eval.ts")).debugEval,
  },
];
