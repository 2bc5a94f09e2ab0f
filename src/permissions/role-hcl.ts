import type { Denial } from "./denial.ts";
import { principalOf, type Deployer } from "./principal.ts";
import { isSame } from "./principal.ts";

/** Terraform that gives a role of the configuration what was denied to it; nothing for a denial of another kind. */
export function roleHcl(
  { action, principal, resourceArn }: Denial,
  deployer: Deployer,
): readonly string[] | undefined {
  if (action === undefined || principal === undefined) return undefined;
  const who = principalOf(principal);
  if (who.kind !== "role" || isSame(who, deployer)) return undefined;
  const label = `${who.name}_${action}`.replace(/\W+/g, "_");
  return [
    `resource "aws_iam_role_policy" "${label}" {`,
    `  role = "${who.name}"`,
    "  policy = jsonencode({",
    '    Version = "2012-10-17"',
    "    Statement = [{",
    '      Effect   = "Allow"',
    `      Action   = "${action}"`,
    `      Resource = "${resourceArn ?? "ARN"}"`,
    "    }]",
    "  })",
    "}",
  ];
}
