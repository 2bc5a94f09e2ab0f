import { expect, test } from "vitest";
import { renderDeployed } from "../../../reports/markdown/deployed.ts";
import { exitOf } from "../../../src/core/exit.ts";
import type { Registry } from "../../../src/core/registry.ts";

const registry: Registry = {
  schema_version: "faber.registry/1",
  project: "orders",
  environment: "test",
  hosting: "aws",
  workspace: "default",
  read_at: "2026-11-21T09:36:40.000Z",
  resources: [],
  endpoints: {},
};

function page(more: Partial<Registry>): string {
  return renderDeployed([{ environment: "test", registry: { ...registry, ...more } }]);
}

test("names that are markup stay text, and a row stays a row", () => {
  const evil = 'x"] | <script>alert(1)</script> `code` [a](javascript:alert(1)) @everyone\n# head';
  const text = page({
    project: evil,
    resources: [
      {
        address: `aws_s3_bucket.b["${evil}"]`,
        type: "aws_s3_bucket",
        id: evil,
        console: `javascript:alert(1)//${evil}`,
      },
    ],
    endpoints: { [evil]: evil, plain: "https://x.example/path" },
    last_run: {
      run_id: evil,
      command: evil,
      status: "FAIL",
      ended_at: evil,
      exit: exitOf("deploy-failed", evil),
    },
  });
  expect(text).not.toContain("<script>");
  expect(text).not.toContain("](javascript:");
  expect(text).not.toMatch(/@everyone/);
  expect(text.split("\n").filter((line) => /^#+ /.test(line))).toHaveLength(2);
  for (const line of text.split("\n").filter((row) => row.startsWith("| <") || row.startsWith("| `")))
    expect(line.replaceAll("\\|", "").match(/\|/g)).toHaveLength(4);
  expect(text).toContain("[open](https://x.example/path)");
});

test("what is not known is called unknown", () => {
  const text = page({});
  expect(text).toContain("- last run: unknown");
  expect(text).toContain("- last verdict: unknown");
  expect(text).toContain("- cost: unknown");
  expect(renderDeployed([{ environment: "prod" }])).not.toContain("## prod");
});
