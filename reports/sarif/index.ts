import type { JsonObject } from "../../src/core/json.ts";
import type { Renderer, ReportInput } from "../contract.ts";
import { allFindings } from "../findings.ts";
import { oneLine } from "../well-formed.ts";
import { invocationOf } from "./invocation.ts";
import { resultOf } from "./result.ts";
import { rulesOf } from "./rules.ts";

/**
 * SARIF 2.1.0 (OASIS): one run for everything, because code scanning takes one run of a tool and category. Waived
 * findings are suppressed, those of the baseline unchanged; a test that broke is a notification of the invocation.
 */
export const sarif: Renderer = {
  format: "sarif",
  extension: "sarif",
  render: (input) => `${JSON.stringify(logOf(input), undefined, 2)}\n`,
};

function logOf(input: ReportInput): JsonObject {
  const found = allFindings(input);
  const { rules, indexOf } = rulesOf(found.map(({ finding }) => finding));
  const hasBaseline = found.some(({ finding }) => finding.known === true);
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "faber", rules } },
        automationDetails: { id: categoryOf(input) },
        invocations: [invocationOf(input)],
        results: found.map((placed) => resultOf(placed, { input, indexOf, hasBaseline })),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

/** Up to the last slash it names what is compared with its former self: the same checks of the same environment. */
function categoryOf({ run, tests }: ReportInput): string {
  const newest = tests.at(-1);
  const phases = [...new Set(tests.map(({ phase }) => phase))];
  const parts = [
    "faber",
    run?.project,
    run?.environment ?? newest?.environment,
    phases.length === 1 ? phases[0] : undefined,
  ];
  const names = parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => oneLine(String(part)));
  return `${names.join("/")}/${oneLine(run?.run_id ?? newest?.run_id ?? "")}`;
}
