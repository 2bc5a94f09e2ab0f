import { expect, test } from "vitest";
import { fill, usesOutputs, type Fillings } from "../../../../../src/checks/health/fill.ts";

const fillings: Fillings = {
  outputs: {
    api_url: { sensitive: false, value: "https://a.example" },
    port: { sensitive: false, value: 8080 },
    password: { sensitive: true },
    list: { sensitive: false, value: ["a"] },
    nothing: { sensitive: false, value: "" },
  },
  env: { TOKEN: "t0ken", EMPTY: "" },
};

test.each([
  ["{{outputs.api_url}}/health", "https://a.example/health"],
  ["{{ outputs.api_url }}:{{outputs.port}}", "https://a.example:8080"],
  ["Bearer {{env.TOKEN}}", "Bearer t0ken"],
  ["$& {{outputs.port}} {x} {{}}", "$& 8080 {x} {{}}"],
])("%s is filled", (text, filled) => {
  expect(fill(text, fillings)).toEqual({ ok: true, text: filled });
});

test.each([
  ["{{outputs.api_ulr}}", 'the stack has no output "api_ulr" (api_url?)'],
  [
    "{{outputs.zzzzzz}}",
    'the stack has no output "zzzzzz" (there are: api_url, port, password, list, nothing)',
  ],
  ["{{outputs.password}}", 'output "password" is sensitive: its value is not handed out'],
  ["{{outputs.list}}", 'output "list" is no text'],
  ["{{outputs.nothing}}", 'output "nothing" is empty'],
  ["{{env.EMPTY}}", "the variable EMPTY is not set"],
])("%s is refused", (text, why) => {
  expect(fill(text, fillings)).toEqual({ ok: false, why });
});

test("outputs that cannot be read say why", () => {
  const unread = { ...fillings, outputs: { why: "no state" } };
  expect(fill("{{outputs.a}}", unread)).toEqual({ ok: false, why: "the outputs cannot be read: no state" });
  // An output may be called `why` as well.
  const named = { ...fillings, outputs: { why: { sensitive: false, value: "x" } } };
  expect(fill("{{outputs.why}}", named)).toEqual({ ok: true, text: "x" });
  expect([usesOutputs("{{ outputs.a }}"), usesOutputs("{{env.a}}")]).toEqual([true, false]);
});
