import type { Deployer } from "./principal.ts";
import { documentOf, type Statement } from "./statement.ts";

/** A policy as Terraform, attached to whom it was granted: for whoever takes it over for good. */
export function policyHcl(name: string, statements: readonly Statement[], deployer: Deployer): string {
  const label = name.replace(/\W+/g, "_");
  const { kind } = deployer;
  return [
    `resource "aws_iam_policy" "${label}" {`,
    `  name = ${quoted(name)}`,
    `  policy = jsonencode(${hcl({ ...documentOf(statements.map((each) => ({ ...each }))) }, "  ")})`,
    "}",
    "",
    `resource "aws_iam_${kind}_policy_attachment" "${label}" {`,
    `  ${kind.padEnd(10)} = ${quoted(deployer.name)}`,
    `  policy_arn = aws_iam_policy.${label}.arn`,
    "}",
    "",
  ].join("\n");
}

/** A JSON value in HCL's own syntax. */
function hcl(value: unknown, indent: string): string {
  if (Array.isArray(value))
    return `[\n${value.map((item) => `${indent}  ${hcl(item, `${indent}  `)},\n`).join("")}${indent}]`;
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? quoted(value) : JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => ({
    name: /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key),
    text: hcl(item, `${indent}  `),
  }));
  const widths = alignedWidths(entries);
  const lines = entries.map(({ name, text }, at) => `${indent}  ${name.padEnd(widths[at] ?? 0)} = ${text}\n`);
  return `{\n${lines.join("")}${indent}}`;
}

/** `terraform fmt` aligns neighbours that are one line each. */
function alignedWidths(
  entries: readonly { readonly name: string; readonly text: string }[],
): readonly number[] {
  const widths = entries.map(({ name }) => name.length);
  const isLine = (at: number): boolean => !(entries[at]?.text ?? "\n").includes("\n");
  for (let from = 0; from < entries.length; from += 1) {
    if (!isLine(from)) continue;
    let end = from;
    while (isLine(end + 1)) end += 1;
    const width = Math.max(...widths.slice(from, end + 1));
    widths.fill(width, from, end + 1);
    from = end;
  }
  return widths;
}

/** `${` and `%{` would be templates. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%]\{/g, (start) => start.charAt(0) + start);
}
