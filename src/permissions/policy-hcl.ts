import type { Deployer } from "./principal.ts";
import { documentOf, type Statement } from "./statement.ts";

/** A policy as Terraform, attached to whom it was granted: for whoever takes it over for good. */
export function policyHcl(name: string, statements: readonly Statement[], deployer: Deployer): string {
  const label = name.replace(/\W+/g, "_");
  const { kind } = deployer;
  return [
    `resource "aws_iam_policy" "${label}" {`,
    `  name   = ${quoted(name)}`,
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
  const lines = Object.entries(value).map(([key, item]) => {
    const name = /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key);
    return `${indent}  ${name} = ${hcl(item, `${indent}  `)}\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

/** `${` and `%{` would be templates. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%]\{/g, (start) => start.charAt(0) + start);
}
