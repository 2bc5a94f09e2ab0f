import { describe, expect, test } from "vitest";
import { argumentOf, blocksIn } from "../../../../../handlers/iac/terraform/hcl-blocks.ts";

const text = `# resource "not" "this" {
resource "aws_sqs_queue" "jobs" { // one { too many
  name   = "a }\${var.x["}"]} {"
  policy = <<-EOT
    { "Statement": "}}" }
  EOT
  /* } */
  lifecycle {
    prevent_destroy = true # }
  }
  tags = { a = "{" }
}

locals { a = { b = 1 } }
resource aws_iam_role r {
}
`;

describe("blocks of HCL", () => {
  test("their kind, labels and first line, whatever stands in texts and comments", () => {
    expect(blocksIn(text).map(({ type, labels, line }) => [type, labels, line])).toEqual([
      ["resource", ["aws_sqs_queue", "jobs"], 2],
      ["locals", [], 14],
      ["resource", ["aws_iam_role", "r"], 15],
    ]);
  });
  test("blocks inside", () => {
    const [queue] = blocksIn(text);
    const inner = blocksIn(queue?.written ?? "");
    expect(inner.map(({ type }) => type)).toEqual(["lifecycle"]);
    const [lifecycle] = inner;
    expect(lifecycle && argumentOf(lifecycle, "prevent_destroy")).toBe("true # }");
    expect(lifecycle && argumentOf(lifecycle, "prevent")).toBeUndefined();
  });
  test("an argument of a nested block is none of the outer one", () => {
    const [queue] = blocksIn(text);
    expect(queue && argumentOf(queue, "prevent_destroy")).toBeUndefined();
    expect(queue && argumentOf(queue, "name")).toContain("a }");
  });
  test.each(["", "{", "}", 'resource "a" "b" {', '"', "<<EOT\n{", "/* {", '"${'])(
    "broken text %j does no harm",
    (broken) => {
      expect(blocksIn(broken).length).toBeLessThanOrEqual(1);
    },
  );
  test("a long file is read in a moment", () => {
    const long = text.repeat(2_000);
    const began = performance.now();
    expect(blocksIn(long)).toHaveLength(6_000);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
