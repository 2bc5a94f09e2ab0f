import type { CommandDefinition } from "../define.ts";
import { environmentOptions, formatNames, text } from "../options.ts";

export const reportCommands: readonly CommandDefinition[] = [
  {
    name: "report list",
    summary: "past test reports of an environment, newest first",
    options: environmentOptions,
    examples: ["faber report list --env=test"],
    load: async () => (await import("../actions/report.ts")).list,
  },
  {
    name: "report show",
    summary: "one test report; the newest when none is named",
    options: environmentOptions,
    positional: { name: "[report]", summary: "file name from `faber report list`" },
    examples: [
      "faber report show --env=test",
      "faber report show 20261121T093640Z-pre-deployment.json --env=test",
    ],
    load: async () => (await import("../actions/report.ts")).show,
  },
  {
    name: "report convert",
    summary: "a test report or a run report in another format",
    options: [
      text("to", "FORMAT", formatNames),
      text("out", "FILE", "instead of stdout"),
      text("source-root", "DIR", "folder of the Terraform root inside the repository, for paths of files"),
    ],
    positional: { name: "[report]", summary: "file, or - for stdin" },
    examples: [
      "faber report convert .faber/runs/20261121T093640Z-7f3a9c/report.json --to=html --out=report.html",
      "faber report convert - --to=md",
    ],
    load: async () => (await import("../actions/report-convert.ts")).convert,
  },
  {
    name: "report trend",
    summary: "pass rate, findings by severity and monthly cost over time",
    options: [
      ...environmentOptions,
      {
        ...text("phase", "PHASE", "reports of this phase alone"),
        choices: ["pre-deployment", "post-deployment"],
      },
      text("html", "FILE", "write it as a page as well"),
    ],
    examples: ["faber report trend --env=test", "faber report trend --env=prod --html=trend.html --json"],
    load: async () => (await import("../actions/report-trend.ts")).trend,
  },
];
