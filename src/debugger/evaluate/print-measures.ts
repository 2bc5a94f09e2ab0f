import type { Measure, Measures } from "./evaluate.ts";

/** The measures as lines for a terminal; with `verbose` each miss below its measure. */
export function printMeasures(measures: Measures, verbose = false): readonly string[] {
  const { category, code, action, identity, retrieval, calibration, knowledge } = measures;
  return [
    `${measures.messages} messages of ${measures.kinds} kinds`,
    ...lines("category right", category, "≥ 95 %", verbose),
    ...lines("code right", code, "≥ 97 %", verbose),
    ...lines("action right", action, "≥ 97 %", verbose),
    row("identity, pairwise F1", identity.f1.toFixed(2), "≥ 0.70"),
    row(
      "identity, precision / recall",
      `${identity.precision.toFixed(2)} / ${identity.recall.toFixed(2)}`,
      "",
    ),
    ...listed(
      [
        ...identity.wronglyJoined.map((pair) => `joined ${pair}`),
        ...identity.wronglyParted.map((pair) => `parted ${pair}`),
      ],
      verbose,
    ),
    row(
      "near-miss pairs joined",
      `${percent(identity.nearMissShare)} (${identity.nearMissJoined} of ${identity.nearMissPairs})`,
      "≤ 5 %",
    ),
    ...lines("retrieval, right first", retrieval.rightFirst, "≥ 90 %", verbose),
    row("retrieval, offered to unknown kinds", percent(retrieval.offeredShare), "≤ 10 %"),
    ...listed(retrieval.abstained.misses, verbose),
    ...lines("called high, right", calibration.high, "≥ 90 %", verbose),
    ...lines("called medium, right", calibration.medium, "", verbose),
    ...lines("called low, right", calibration.low, "", verbose),
    ...lines("knowledge alone, a solution offered", knowledge.offered, "≥ 80 %", verbose),
    ...lines("knowledge alone, the first one fits", knowledge.fitting, "", verbose),
  ];
}

function lines(
  name: string,
  { right, total, share, misses }: Measure,
  target: string,
  verbose: boolean,
): readonly string[] {
  return [row(name, `${percent(share)} (${right} of ${total})`, target), ...listed(misses, verbose)];
}

function listed(misses: readonly string[], verbose: boolean): readonly string[] {
  return verbose ? misses.map((miss) => `    ${miss}`) : [];
}

function row(name: string, value: string, target: string): string {
  return `  ${name.padEnd(38)}${value.padStart(22)}   ${target}`.trimEnd();
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
