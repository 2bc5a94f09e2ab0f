type Version = readonly [number, number, number];

/** Whether an `engines.node` range admits a version: `>=18`, `^20.17.0 || >=22.9.0`, `>= 14.6 <21`. */
export function admits(range: string, version: string): boolean {
  const wanted = parse(version);
  return range.split("||").some((set) =>
    set
      .trim()
      .replace(/(>=|<=|>|<|=|\^|~)\s+/g, "$1")
      .split(/\s+/)
      .every((comparator) => meets(wanted, comparator)),
  );
}

function meets(version: Version, comparator: string): boolean {
  const match = /^(>=|<=|>|<|=|\^|~)?v?(\d+(?:\.(?:\d+|x|\*)){0,2}|\*|)$/.exec(comparator);
  if (!match) throw new Error(`"${comparator}" is a range that this test cannot read`);
  const [, operator = "=", text = ""] = match;
  if (text === "" || text === "*") return true;
  const given = text.split(".").filter((part) => /^\d+$/.test(part)).length;
  const bound = parse(text);
  const order = compare(version, bound);
  if (operator === ">=") return order >= 0;
  if (operator === ">") return order > 0;
  if (operator === "<=") return order <= 0;
  if (operator === "<") return order < 0;
  const fixed = operator === "^" ? 1 : operator === "~" ? Math.min(given, 2) : given;
  return order >= 0 && version.slice(0, fixed).every((part, index) => part === bound[index]);
}

function parse(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split(".").map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor, patch];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
