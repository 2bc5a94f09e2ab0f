import type { Finding, Place } from "../../src/core/finding.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { ReportInput } from "../contract.ts";
import { identityOf, type PlacedFinding } from "../findings.ts";
import { repositoryUri } from "../source-path.ts";
import { oneLine, wellFormed } from "../well-formed.ts";
import { levels } from "./severity.ts";

interface Surroundings {
  readonly input: ReportInput;
  readonly indexOf: (rule: string) => number;
  /** SARIF wants a baseline state at every result or at none. */
  readonly hasBaseline: boolean;
}

export function resultOf({ finding, test, report }: PlacedFinding, around: Surroundings): JsonObject {
  return {
    ruleId: oneLine(finding.rule),
    ruleIndex: around.indexOf(finding.rule),
    kind: "fail",
    level: levels[finding.severity],
    message: { text: messageOf(finding) },
    locations: [locationOf(finding, around.input)],
    partialFingerprints: { "faberFinding/v1": identityOf(finding) },
    ...(around.hasBaseline ? { baselineState: finding.known === true ? "unchanged" : "new" } : {}),
    suppressions: suppressionsOf(finding),
    properties: {
      severity: finding.severity,
      test: test.name,
      phase: report.phase,
      scanners: finding.scanners.map(oneLine),
      ...(finding.also === undefined ? {} : { also: finding.also.map(oneLine) }),
      ...(finding.remedy === undefined ? {} : { remedy: wellFormed(finding.remedy) }),
    },
  };
}

function messageOf({ message, address }: Finding): string {
  const text = wellFormed(message);
  return address === undefined ? text : `${text} (${oneLine(address)})`;
}

/** An empty list says that the result is known not to be suppressed. */
function suppressionsOf({ waived }: Finding): readonly JsonObject[] {
  if (waived === undefined) return [];
  const until = waived.until === undefined ? "" : `, until ${waived.until}`;
  const justification = wellFormed(`${waived.reason} (${waived.by}${until})`);
  return [{ kind: "external", status: "accepted", justification }];
}

/** Who reads SARIF wants a file: where a finding has none, it belongs to the repository as a whole. */
function locationOf({ at, address }: Finding, input: ReportInput): JsonObject {
  const region = at === undefined ? undefined : regionOf(at);
  return {
    physicalLocation: {
      artifactLocation: {
        uri: at === undefined ? "." : repositoryUri(at.file, input),
        uriBaseId: "%SRCROOT%",
      },
      ...(region === undefined ? {} : { region }),
    },
    ...(address === undefined
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: oneLine(address), kind: "resource" }] }),
  };
}

/** Lines and columns count from 1; what a scanner says that cannot be is left out. */
function regionOf({ line, endLine, column }: Place): JsonObject | undefined {
  if (!isPosition(line)) return undefined;
  return {
    startLine: line,
    ...(isPosition(endLine) && endLine >= line ? { endLine } : {}),
    ...(isPosition(column) ? { startColumn: column } : {}),
  };
}

function isPosition(value: number | undefined): value is number {
  return value !== undefined && Number.isSafeInteger(value) && value >= 1;
}
