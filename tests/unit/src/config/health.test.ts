import { expect, test } from "vitest";
import { healthOf, healthPolicyOf } from "../../../../src/config/health.ts";
import { integrationOf } from "../../../../src/config/integration.ts";
import { fromYaml } from "./yaml.ts";

const health = (...entries: readonly string[]): string =>
  `environments:\n  test:\n    health:\n${entries.map((entry) => `      - ${entry}\n`).join("")}`;

function checksOf(yaml: string) {
  const config = fromYaml(yaml);
  const entry = config.value.environments["test"] ?? {};
  return healthOf(config, "test", healthPolicyOf(config.value, entry));
}

test("an entry becomes what it asks, with the budget of the seed", () => {
  expect(checksOf(health('{ http: "{{outputs.api_url}}/health", status: 204 }'))).toEqual([
    {
      name: "http {{outputs.api_url}}/health",
      target: "{{outputs.api_url}}/health",
      how: {
        kind: "http",
        method: "GET",
        headers: {},
        status: [204],
        json: {},
        responseHeaders: {},
        redirects: 0,
      },
      budget: { tries: 3, intervalMs: 30_000, timeoutMs: 10_000 },
      onFailure: "fail",
      required: false,
      source: "faber.yaml:4:9",
    },
  ]);
});

test("each kind keeps what belongs to it", () => {
  const hows = checksOf(
    health(
      "{ tcp: db:5432 }",
      "{ tls: a.example:443 }",
      "{ tls: b.example:443, tls_days: 30, ca: ca.pem }",
      "{ lambda: worker, event: { a: [1] } }",
      "{ queue: jobs, max_messages: 5, max_age: 60, dead_letter_empty: false }",
      "{ ecs: main/web }",
    ),
  ).map(({ how }) => how);
  expect(hows).toEqual([
    { kind: "tcp" },
    { kind: "tls", minDays: 14 },
    { kind: "tls", minDays: 30, caFile: expect.stringMatching(/^\/.*\/ca\.pem$/) },
    { kind: "lambda", event: '{"a":[1]}' },
    { kind: "queue", maxMessages: 5, maxAgeS: 60, deadLetterEmpty: false },
    { kind: "ecs" },
  ]);
});

test("the environment's policy goes before the file's, and an entry before both", () => {
  const yaml = [
    "health_policy: { tries: 5, interval: 2, on_failure: warn, derive: false }",
    "environments:",
    "  test:",
    "    health_policy: { tries: 7 }",
    "    health: [{ tcp: a:1 }, { tcp: b:1, tries: 1, interval: 0.5, timeout: 3, on_failure: fail, required: true }]",
    "",
  ].join("\n");
  const [first, second] = checksOf(yaml);
  expect(first).toMatchObject({
    budget: { tries: 7, intervalMs: 2_000, timeoutMs: 10_000 },
    onFailure: "warn",
  });
  expect(second).toMatchObject({
    budget: { tries: 1, intervalMs: 500, timeoutMs: 3_000 },
    onFailure: "fail",
    required: true,
  });
  const config = fromYaml(yaml);
  expect(healthPolicyOf(config.value, config.value.environments["test"] ?? {}).derive).toBe(false);
});

test.each([
  ["{ status: 200 }", "faber.yaml:4:9: environments.test.health[0] must have exactly one of http, tcp, tls"],
  ["{ http: a, tcp: b:1 }", "health[0] must have exactly one of"],
  ["{ tcp: a:1, contains: x }", "environments.test.health[0].contains is of no use with tcp"],
  ["{ queue: q, event: {} }", "health[0].event is of no use with queue"],
  ['{ http: "{{output.a}}" }', "has {{output.a}}, which is neither outputs.NAME nor env.NAME"],
  ['{ http: a, headers: { X: "{{secret.a}}" } }', "has {{secret.a}}"],
  ["{ http: a, redirects: 2, redirect_to: b }", "health[0].redirects and redirect_to exclude each other"],
  ['{ http: a, matches: "(" }', "health[0].matches is not a regular expression"],
  ["{ http: a, status: 42 }", "health[0].status"],
  ["{ htp: a }", 'unknown key "htp" (http?)'],
  ["{ http: a, tries: 0 }", "health[0].tries must be at least 1, got 0"],
])("%s is refused at its place", (entry, text) => {
  expect(() => fromYaml(health(entry))).toThrow(text);
});

test("two checks of one name are refused", () => {
  expect(() => fromYaml(health("{ tcp: a:1 }", "{ tcp: a:1 }"))).toThrow(
    'faber.yaml:5:9: environments.test.health[1] is called "tcp a:1" as another one',
  );
});

const integration = (text: string): string => `environments: { test: {} }\nintegration: ${text}\n`;

test("integration is a post-deployment test of its own name", () => {
  const { value } = fromYaml(
    integration(
      "{ command: [npm, test], format: tap, coverage: { report: c.xml, format: cobertura, min: 80 }, timeout: 60 }",
    ),
  );
  expect(integrationOf(value, "/p")).toEqual({
    name: "integration_tests",
    phase: "post-deployment",
    how: { kind: "command", command: ["npm", "test"], format: "tap" },
    severity: "CRITICAL",
    timeoutMs: 60_000,
    requirement: "expected",
    coverage: { report: "/p/c.xml", format: "cobertura", min: 80 },
  });
  expect(integrationOf(fromYaml(integration("{ terraform_test: tests }")).value, "/p")?.how).toEqual({
    kind: "terraform-test",
    folder: "/p/tests",
  });
  expect(integrationOf(fromYaml("environments: { test: {} }\n").value, "/p")).toBeUndefined();
});

test.each([
  ["{}", "integration must have exactly one of command and terraform_test"],
  ["{ command: [a], terraform_test: b }", "integration must have exactly one of"],
  ["{ terraform_test: b, format: tap }", "integration.format is of no use with terraform_test"],
])("integration: %s is refused", (text, why) => {
  expect(() => fromYaml(integration(text))).toThrow(why);
});
