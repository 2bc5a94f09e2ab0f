import type { EnvironmentStatus, RegisteredResource, Registry } from "../../src/core/registry.ts";
import { code, link, prose } from "./escape.ts";

/** What exists in every environment of a project, as a page for people. Names are whatever somebody chose: all are escaped. */
export function renderDeployed(environments: readonly EnvironmentStatus[]): string {
  const [first] = environments;
  const project = first?.registry?.project;
  return [
    `# What is deployed${project === undefined ? "" : `: ${prose(project)}`}`,
    "",
    "Made by faber from Terraform's state, after each deploy and destroy and by `faber status`. Do not edit it.",
    ...environments.flatMap(section),
    "",
  ].join("\n");
}

function section(status: EnvironmentStatus): readonly string[] {
  const { registry } = status;
  if (registry === undefined) return [];
  const { resources, endpoints } = registry;
  return [
    "",
    `## ${prose(status.environment)}`,
    "",
    ...facts(status, registry).map(([label, text]) => `- ${label}: ${text}`),
    ...table(
      ["endpoint", "address"],
      Object.entries(endpoints).map(([name, url]) => [prose(name), link("open", url) || code(url)]),
    ),
    ...table(["resource", "ID or ARN", "console"], resources.map(row)),
  ];
}

function facts(
  { verdict, monthly_cost_usd: cost }: EnvironmentStatus,
  { account, region, hosting, read_at: readAt, last_run: run, last_good: good, resources }: Registry,
): readonly (readonly [string, string])[] {
  const place = [account === undefined ? "" : `account ${account}`, hosting, region ?? ""];
  const source = good?.source;
  return [
    [
      "where",
      place
        .filter((part) => part !== "")
        .map(prose)
        .join(", "),
    ],
    ["resources", `${resources.length}, as of ${prose(readAt)}`],
    [
      "last run",
      run === undefined
        ? "unknown"
        : `${prose(run.command)} ${prose(run.run_id)} at ${prose(run.ended_at)}: exit ${run.exit.code} (${prose(run.exit.reason)})`,
    ],
    [
      "last verdict",
      verdict === undefined
        ? "unknown"
        : `${verdict.status} at ${prose(verdict.at)} (${code(verdict.report)})`,
    ],
    ...(source === undefined
      ? []
      : [
          [
            "last good",
            `${code(source.commit)}${source.dirty ? " with changes that were not committed" : ""}`,
          ] as const,
        ]),
    ["cost", cost === undefined ? "unknown" : `$${prose(cost)} a month, estimated`],
  ];
}

function row({ address, id, arn, console, tainted }: RegisteredResource): readonly string[] {
  const name = `${code(address)}${tainted === true ? " (tainted)" : ""}`;
  return [name, code(arn ?? id ?? ""), console === undefined ? "" : link("open", console) || code(console)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return ["", line(head), line(head.map(() => "---")), ...rows.map(line)];
}
