/** Versions that `faber doctor --install` fetches, exact: the ones that faber is tested with. */
export const pins = {
  terraform: "1.11.4",
  opentofu: "1.11.7",
  checkov: "3.3.30",
  tfsec: "1.28.14",
  ministack: "1.5.33",
} as const;
