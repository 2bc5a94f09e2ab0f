const pattern = /(?<![\d.])v?(\d+\.\d+(?:\.\d+)*(?:-[0-9A-Za-z.-]+)?)/;

/** The first version number in a text, without a leading `v`: `Terraform v1.11.4` → `1.11.4`. */
export function readVersion(text: string): string | undefined {
  return pattern.exec(text)?.[1];
}

/** Negative, zero or positive, by the precedence of Semantic Versioning 2.0.0 (build metadata ignored). */
export function compareVersions(left: string, right: string): number {
  const [leftCore, leftPre] = split(left);
  const [rightCore, rightPre] = split(right);
  const byCore = compareParts(leftCore.split("."), rightCore.split("."), "0");
  if (byCore !== 0) return byCore;
  if (leftPre === undefined || rightPre === undefined)
    return Number(leftPre === undefined) - Number(rightPre === undefined);
  return compareParts(leftPre.split("."), rightPre.split("."), "");
}

function split(version: string): [string, string | undefined] {
  const [plain = ""] = version.replace(/^v/, "").split("+");
  const dash = plain.indexOf("-");
  return dash < 0 ? [plain, undefined] : [plain.slice(0, dash), plain.slice(dash + 1)];
}

function compareParts(left: readonly string[], right: readonly string[], missing: string): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = comparePart(left[index] ?? missing, right[index] ?? missing);
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers by value and below words, as the standard has it. */
function comparePart(left: string, right: string): number {
  const leftIsNumber = /^\d+$/.test(left);
  const rightIsNumber = /^\d+$/.test(right);
  if (leftIsNumber && rightIsNumber) return Number(left) - Number(right);
  if (leftIsNumber !== rightIsNumber && left !== "" && right !== "") return leftIsNumber ? -1 : 1;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
