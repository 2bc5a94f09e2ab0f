import { severities, type Finding } from "../../src/core/finding.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { isLink } from "../link.ts";
import { cut, oneLine } from "../well-formed.ts";
import { levels, securitySeverities } from "./severity.ts";

interface Rules {
  readonly rules: readonly JsonObject[];
  readonly indexOf: (rule: string) => number;
}

/** GitHub cuts longer ones. */
const longestDescription = 1024;

/** One descriptor for each rule of the findings, in their order; a rule is rated as its worst finding is. */
export function rulesOf(findings: readonly Finding[]): Rules {
  const byRule = new Map<string, Finding>();
  for (const finding of findings) {
    // As it is written: two rules that look the same there are one.
    const id = oneLine(finding.rule);
    const before = byRule.get(id);
    if (before === undefined || rank(finding) < rank(before)) byRule.set(id, finding);
  }
  const names = [...byRule.keys()];
  const indexes = new Map(names.map((name, index) => [name, index]));
  return { rules: [...byRule.values()].map(ruleOf), indexOf: (rule) => indexes.get(oneLine(rule)) ?? -1 };
}

function rank({ severity }: Finding): number {
  return severities.indexOf(severity);
}

function ruleOf(finding: Finding): JsonObject {
  const { rule, severity, remedy } = finding;
  const message = cut(oneLine(finding.message), longestDescription);
  const link = remedy !== undefined && isLink(remedy) ? remedy : undefined;
  const help = remedy === undefined ? message : link === undefined ? oneLine(remedy) : `${message} ${link}`;
  const rating = securitySeverities[severity];
  return {
    id: oneLine(rule),
    shortDescription: { text: message },
    fullDescription: { text: message },
    help: { text: help },
    ...(link === undefined ? {} : { helpUri: link }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ["infrastructure", ...(rating === undefined ? [] : ["security"])],
      ...(rating === undefined ? {} : { "security-severity": rating }),
    },
  };
}
