/** Versions that `faber doctor --install` fetches, exact: the ones that faber is tested with. */
export const pins = {
  terraform: "1.11.4",
  opentofu: "1.11.7",
  checkov: "3.3.30",
  // 1.28 has the same engine and finds the same, takes three times as long and names rules differently.
  tfsec: "1.26.0",
  ministack: "1.5.33",
} as const;
