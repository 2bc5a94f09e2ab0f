import { feedXml } from "./feed-xml.ts";
import type { CoverageGoal } from "../../../src/core/policy.ts";

/** Lines that could be covered, and those that were. */
interface CoveredLines {
  readonly covered: number;
  readonly total: number;
}

export type ReadCoverage =
  | { readonly ok: true; readonly lines: CoveredLines }
  | { readonly ok: false; readonly why: string };

/** The line coverage of a whole report. */
export async function readCoverage(text: string, format: CoverageGoal["format"]): Promise<ReadCoverage> {
  const lines = format === "lcov" ? ofLcov(text) : await ofXml(text, format);
  if ("why" in lines) return { ok: false, why: lines.why };
  // Nothing that could be covered is no coverage.
  return lines.total > 0 ? { ok: true, lines } : { ok: false, why: "it counts no line" };
}

/** Tracefile of lcov: https://manpages.debian.org/lcov/geninfo.1, records LF, LH and DA. */
function ofLcov(text: string): CoveredLines {
  let [found, hit, foundByLine, hitByLine] = [0, 0, 0, 0];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("LF:")) found += Number(line.slice(3)) || 0;
    else if (line.startsWith("LH:")) hit += Number(line.slice(3)) || 0;
    else if (line.startsWith("DA:")) {
      foundByLine += 1;
      if ((Number(line.slice(3).split(",")[1]) || 0) > 0) hitByLine += 1;
    }
  }
  return found > 0 ? { covered: hit, total: found } : { covered: hitByLine, total: foundByLine };
}

type Attributes = Readonly<Record<string, string>>;

/** Cobertura says it in the root element; JaCoCo in the counters right below the root. */
async function ofXml(
  xml: string,
  format: "cobertura" | "jacoco",
): Promise<CoveredLines | { readonly why: string }> {
  const { SaxesParser } = await import("saxes");
  const parser = new SaxesParser({ xmlns: false });
  let depth = 0;
  let lines: CoveredLines | undefined;
  let broken: string | undefined;
  parser.on("error", (error) => {
    broken ??= error.message;
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (format === "cobertura" && depth === 1 && name === "coverage") lines = ofRoot(attributes);
    if (format === "jacoco" && depth === 2 && name === "counter" && attributes["type"] === "LINE")
      lines = ofCounter(attributes);
  });
  parser.on("closetag", () => {
    depth -= 1;
  });
  const stuck = feedXml(parser, xml);
  broken ??= stuck;
  if (broken !== undefined) return { why: `it is not well-formed XML: ${broken}` };
  return lines ?? { why: `it is no report of ${format}` };
}

/** https://github.com/cobertura/web/blob/master/htdocs/xml/coverage-04.dtd; older reports have the rate alone. */
function ofRoot(attributes: Attributes): CoveredLines | undefined {
  const [covered, total] = [Number(attributes["lines-covered"]), Number(attributes["lines-valid"])];
  if (Number.isFinite(covered) && total > 0) return { covered, total };
  const rate = Number(attributes["line-rate"]);
  return Number.isFinite(rate) ? { covered: rate, total: 1 } : undefined;
}

function ofCounter({ missed, covered }: Attributes): CoveredLines | undefined {
  const [not, hit] = [Number(missed), Number(covered)];
  return Number.isFinite(not) && Number.isFinite(hit) ? { covered: hit, total: not + hit } : undefined;
}
