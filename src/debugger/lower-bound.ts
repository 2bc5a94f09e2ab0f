/** One-sided 90 %. */
const z = 1.2816;

/**
 * Lower bound of a success rate from `tries` weighted tries: Wilson's score interval (E. B. Wilson, 1927). One
 * success of one try gives 0.38 and not 1, so that luck is not taken for proof; no tries at all give 0.
 */
export function lowerBound(successes: number, tries: number): number {
  if (tries <= 0) return 0;
  const rate = Math.min(1, Math.max(0, successes / tries));
  const square = z * z;
  const centre = rate + square / (2 * tries);
  const spread = z * Math.sqrt((rate * (1 - rate) + square / (4 * tries)) / tries);
  return Math.max(0, (centre - spread) / (1 + square / tries));
}
