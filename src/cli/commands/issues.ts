import type { CommandDefinition, OptionDefinition } from "../define.ts";
import { environmentOptions, flag, text } from "../options.ts";

const filters: readonly OptionDefinition[] = [
  text("category", "NAME", "permission, config, resource, state, network, quota or unknown"),
  text("resource-type", "TYPE", "e.g. aws_sqs_queue"),
  text("since", "TIME", "last seen at or after this ISO 8601 time"),
  text("limit", "N", "how many (default 50)"),
];

const issue = { name: "<issue>", summary: "issue ID, or the first six characters or more" };

export const issuesCommands: readonly CommandDefinition[] = [
  {
    name: "issues list",
    summary: "issues of the log, last seen first",
    options: [...environmentOptions, ...filters],
    examples: ["faber issues list", "faber issues list --category=permission --json"],
    load: async () => (await import("../actions/issues-read.ts")).list,
  },
  {
    name: "issues show",
    summary: "one issue: its solutions and their record, when and where it was met",
    options: environmentOptions,
    positional: issue,
    examples: ["faber issues show 5be0c1"],
    load: async () => (await import("../actions/issues-read.ts")).show,
  },
  {
    name: "issues search",
    summary: "issues in which every word occurs",
    options: [...environmentOptions, ...filters],
    positional: { name: "<words...>", summary: "words of the message, a solution or a note" },
    examples: ["faber issues search queue denied --category=permission"],
    load: async () => (await import("../actions/issues-read.ts")).search,
  },
  {
    name: "issues stats",
    summary: "totals, categories, automation rate, time to resolve, trend",
    options: environmentOptions,
    examples: ["faber issues stats --json"],
    load: async () => (await import("../actions/issues-read.ts")).stats,
  },
  {
    name: "issues record",
    summary: "say what came of a solution, or describe a new one",
    options: [
      ...environmentOptions,
      text("solution", "ID", "a solution that is known for the issue"),
      text("description", "TEXT", "a solution in your own words"),
      { ...text("step", "TEXT", "one step of it"), repeatable: true },
      { ...text("outcome", "OUTCOME", "what came of it"), choices: ["success", "failure"] },
      text("duration", "SECONDS", "how long it took"),
    ],
    positional: issue,
    examples: [
      'faber issues record a04f77 --description="Raise the quota" --outcome=success',
      "faber issues record a04f77 --solution=ID --outcome=failure",
    ],
    load: async () => (await import("../actions/issues-write.ts")).record,
  },
  {
    name: "issues export",
    summary: "the whole log as JSON",
    options: [...environmentOptions, text("out", "FILE", "write it there instead of stdout")],
    examples: ["faber issues export --out=issue-log.json"],
    load: async () => (await import("../actions/issues-write.ts")).exportIssues,
  },
  {
    name: "issues import",
    summary: "add what another log knows; again adds nothing",
    options: environmentOptions,
    positional: {
      name: "<file>",
      summary: "a JSON export, or an archive (.json.gz, or s3://BUCKET/issue-logs/…)",
    },
    examples: ["faber issues import issue-log.json"],
    load: async () => (await import("../actions/issues-write.ts")).importIssues,
  },
  {
    name: "issues archive",
    summary: "move old occurrences out of a log that has grown large",
    options: [
      ...environmentOptions,
      {
        ...text("out", "PLACE", "folder, or s3://BUCKET (default: beside the log)"),
        alias: "to",
      },
      flag("force", "also when the log is below 10 MB"),
    ],
    examples: ["faber issues archive", "faber issues archive --force --to=s3://BUCKET --env=prod"],
    load: async () => (await import("../actions/issues-write.ts")).archiveIssues,
  },
];
