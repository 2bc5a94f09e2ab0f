import { expect, test } from "vitest";
import { hclFromJson } from "../../../../handlers/scanner/hcl-from-json.ts";

test("blocks, maps, lists, nulls and dynamic blocks", () => {
  const { text, blocks } = hclFromJson({
    "//": { metadata: {} },
    terraform: { required_providers: {} },
    provider: { aws: [{ region: "us-east-1", default_tags: [{ tags: { Team: "a" } }] }] },
    locals: { names: ["a", { b: 1 }] },
    resource: {
      aws_thing: {
        "//": "no resource",
        one: {
          "//": { metadata: {} },
          count: 2,
          depends_on: ["aws_thing.two"],
          provider: "aws.west",
          tags: { "a:b": "c" },
          ingress: [{ from_port: 22, self: null }, { from_port: 80 }],
          settings: { enabled: true },
          odd: { "not an argument": 1 },
          dynamic: { rule: { for_each: ["x"], content: { name: "${rule.value}" } } },
        },
      },
    },
  });
  expect(text).toBe(`locals {
  names = ["a", { "b" = 1 }]
}
provider "aws" {
  region = "us-east-1"
  default_tags {
    tags = { "Team" = "a" }
  }
}
resource "aws_thing" "one" {
  count = 2
  tags = { "a:b" = "c" }
  ingress {
    from_port = 22
  }
  ingress {
    from_port = 80
  }
  settings {
    enabled = true
  }
  odd = { "not an argument" = 1 }
  dynamic "rule" {
    for_each = ["x"]
    content {
      name = rule.value
    }
  }
}
`);
  expect(blocks.map((block) => [block.line, block.path.join("/")])).toEqual([
    [1, "locals"],
    [4, "provider/aws"],
    [10, "resource/aws_thing/one"],
  ]);
});

test.each([
  ['{"a":"${x.y}"}\n', '"{\\"a\\":\\"${x.y}\\"}\\n"'],
  ['${jsonencode({"a" = "${b}"})}', 'jsonencode({"a" = "${b}"})'],
  ['$${not} "q"', '"$${not} \\"q\\""'],
  ["${cond\n? a : b}", "(cond\n? a : b)"],
  ["${a.b}-${c.d}", '"${a.b}-${c.d}"'],
  ["${never closed", '"${never closed"'],
  ["tab\t back\\slash \f", '"tab\\t back\\\\slash \\u000c"'],
  ['%{ if true }"x"%{ endif }', '"%{ if true }\\"x\\"%{ endif }"'],
])("the text %j is written as %s", (value, written) => {
  expect(hclFromJson({ locals: { a: value } }).text).toBe(`locals {\n  a = ${written}\n}\n`);
});

test("of a variable its default counts, not its rules", () => {
  const variable = { a: { default: "x", type: "string", validation: [{ condition: "${true}" }] } };
  expect(hclFromJson({ variable }).text).toBe('variable "a" {\n  default = "x"\n}\n');
});

test.each([null, 1, "x", [], {}, { resource: [] }, { resource: { a: "b" } }])(
  "%j has no blocks",
  (document) => {
    expect(hclFromJson(document).blocks).toEqual([]);
  },
);
