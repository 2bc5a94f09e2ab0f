import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig, readConfig } from "../../../../src/config/load.ts";
import { FaberError } from "../../../../src/core/error.ts";
import { fromYaml, thrownBy } from "./yaml.ts";

const wholeContract = `project: orders
iac: terraform
dir: infra
environments:
  test:
    hosting: emulator
    endpoint: http://127.0.0.1:4566
    region: us-east-1
    account: "000000000000"
    profile: deployer
    grantor: { profile: admin }
    workspace: test
    backend: { bucket: state, key: orders/test.tfstate, use_lockfile: true }
    var_files: [test.tfvars]
    variables: { instances: 2 }
    protected: false
    fix: ask
    budget: { monthly_usd: 100, increase_usd: 50 }
    health: [{ http: "{{outputs.api_url}}/health", status: 200 }]
gate: { max_critical: 0, max_high: 2 }
tags: { required: [Environment, Project, ManagedBy] }
naming: { pattern: "{project}-{environment}-{resource}" }
waivers: waivers.yaml
issue_log: { url: .faber/issue-log.db }
`;

test("the contract's example is valid, and every value knows its line", () => {
  const config = fromYaml(wholeContract);
  expect(config.value.environments["test"]?.backend).toEqual({
    bucket: "state",
    key: "orders/test.tfstate",
    use_lockfile: true,
  });
  expect(config.at(["environments", "test", "region"])).toBe("faber.yaml:8:5");
  expect(config.at(["environments", "test", "var_files", 0])).toBe("faber.yaml:14:17");
  expect(config.invalid(["gate", "max_high"], "x").message).toBe("faber.yaml:20:36: x");
});

const environment = (line: string): string => `environments:\n  test:\n    ${line}\n`;

const wrong: readonly (readonly [what: string, text: string | Uint8Array, ...problems: string[]])[] = [
  ["an empty file", "", "1:1: the file is empty"],
  ["a file of comments", "# nothing\n", "1:1: the file is empty"],
  ["a list", "- a\n", "1:1: the file must be a map of keys and values, got a list"],
  ["a word", "hello\n", '1:1: the file must be a map of keys and values, got "hello"'],
  ["no environments", "project: a\n", "1:1: environments is missing"],
  ["an empty map of them", "environments: {}\n", "1:15: environments must name at least one"],
  ["a misspelt key", "enviroments:\n  test:\n", '1:1: unknown key "enviroments" (environments?)'],
  ["a misspelt inner key", environment("regoin: eu-west-1"), '3:5: unknown key "regoin" (region?)'],
  ["a begun key", environment("budget: { monthly: 3 }"), '3:15: unknown key "monthly" (monthly_usd?)'],
  [
    "a key unlike any",
    environment("budget: { cap: 3 }"),
    '3:15: unknown key "cap" (known here: monthly_usd, increase_usd, unknown)',
  ],
  [
    "a key one level too high",
    "region: x\nenvironments: { t: {} }\n",
    '1:1: unknown key "region" here (it belongs under an environment)',
  ],
  [
    "a key one level too low",
    environment("tags: {}"),
    '3:5: unknown key "tags" here (it belongs at the top of the file)',
  ],
  [
    "a number as account",
    environment("account: 123456789012"),
    '3:14: environments.test.account must be text, got the number 123456789012: quote it as "123456789012"',
  ],
  [
    "zeros as account",
    environment("account: 000000000000"),
    '3:14: environments.test.account must be text, got the number 000000000000: quote it as "000000000000"',
  ],
  [
    "a short account",
    environment('account: "12"'),
    '3:14: environments.test.account must be twelve digits, got "12"',
  ],
  [
    "an unknown hosting",
    environment("hosting: emulater"),
    '3:14: environments.test.hosting must be aws or emulator, got "emulater" (emulator?)',
  ],
  [
    "an unknown iac",
    "iac: terrafrom\nenvironments: { t: {} }\n",
    '1:6: iac must be terraform, opentofu or cdktf, got "terrafrom" (terraform?)',
  ],
  [
    "a word for a boolean",
    environment("protected: yes"),
    '3:16: environments.test.protected must be true or false, got "yes"',
  ],
  [
    "a word for a list",
    environment("var_files: a.tfvars"),
    '3:16: environments.test.var_files must be a list, got "a.tfvars"',
  ],
  [
    "a negative limit",
    "gate: { max_high: -1 }\nenvironments: { t: {} }\n",
    "1:19: gate.max_high must be at least 0, got -1",
  ],
  [
    "half a finding",
    "gate: { max_high: 1.5 }\nenvironments: { t: {} }\n",
    "1:19: gate.max_high must be a whole number, got 1.5",
  ],
  [
    "a path as name",
    "environments:\n  ../x: {}\n",
    '2:3: environments: the name "../x" must be 1 to 63 letters, digits, dashes and underscores, and begin with a letter or digit',
  ],
  [
    "a name with a slash",
    "environments:\n  a/b: {}\n",
    '2:3: environments: the name "a/b" must be 1 to 63 letters, digits, dashes and underscores, and begin with a letter or digit',
  ],
  [
    "names that differ in case",
    "environments:\n  test: {}\n  Test: {}\n",
    '3:3: environments "test" and "Test" differ only in case',
  ],
  [
    "an unprotected prod",
    "environments:\n  prod: { protected: false }\n",
    "2:22: environments.prod.protected cannot be false: an environment called prod is always protected",
  ],
  [
    "an unprotected Production",
    "environments:\n  Production: { protected: false }\n",
    "2:28: environments.Production.protected cannot be false: an environment called Production is always protected",
  ],
  [
    "fixes unasked in prod",
    "environments:\n  prod: { fix: auto }\n",
    "2:16: environments.prod.fix cannot be auto: nothing is fixed unasked in a protected environment",
  ],
  [
    "a wider gate in a protected one",
    "environments:\n  live: { protected: true, gate: { max_high: 2 } }\n",
    "2:46: environments.live.gate.max_high must be 0 in a protected environment, got 2",
  ],
  [
    "an endpoint of aws",
    environment("endpoint: http://localhost:1"),
    "3:15: environments.test.endpoint is of no use with hosting aws: set hosting to emulator, or remove it",
  ],
  [
    "credentials in an endpoint",
    environment("endpoint: http://me:hunter2@host"),
    '3:15: environments.test.endpoint must be an http:// or https:// address without user name, password and query, got "http://(hidden)@host"',
  ],
  ["a key given twice", "project: a\nproject: b\n", '2:1: the key "project" is given twice'],
  ["a prototype", "__proto__: { a: 1 }\n", '1:1: the key "__proto__" is not allowed'],
  [
    "two documents",
    "project: a\n---\nproject: b\n",
    "2:1: a second document begins here: the file must hold one",
  ],
  ["a tab", "environments:\n\ttest: {}\n", "2:1: not valid YAML: a tab where spaces must be"],
  [
    "a tag",
    "project: !secret a\n",
    "1:10: not valid YAML: tags such as !name are not read (Unresolved tag: !secret)",
  ],
  ["an alias of nothing", "project: *a\n", "1:10: no anchor &a before this alias"],
  ["an alias of itself", "environments: &a { b: *a }\n", "1:23: no anchor &a before this alias"],
  ["a merge of a number", "environments: { <<: 3 }\n", "1:17: << takes a map, or a list of maps"],
  [
    "a number JSON has not",
    environment("variables: { a: .nan }"),
    '3:21: ".nan" is a number that cannot be kept exactly: quote it',
  ],
  [
    "more digits than a number holds",
    environment("variables: { a: 12345678901234567890 }"),
    '3:21: "12345678901234567890" is a number that cannot be kept exactly: quote it',
  ],
  ["deep nesting", "[".repeat(20_000), "1:101: nested more than 100 levels deep"],
  ["bytes that are no text", Uint8Array.from([0xff, 0xfe, 0x61, 0x00]), "1:1: the file is not UTF-8 text"],
  ["a megabyte and more", `# ${"x".repeat(1024 * 1024)}`, "1:1: the file is larger than 1 MB"],
  [
    "two problems, the first first",
    `gate: { max_hihg: 1 }\n${environment("fix: maybe")}`,
    '1:9: unknown key "max_hihg" (max_high?)',
    '4:10: environments.test.fix must be ask, auto or never, got "maybe"',
  ],
];

for (const [what, text, ...problems] of wrong) {
  test(`${what} is refused at its place`, () => {
    const error = thrownBy(() => fromYaml(text));
    expect(error).toBeInstanceOf(FaberError);
    expect(error).toMatchObject({
      code: "config-invalid",
      exitName: "wrong-usage",
      message: problems.map((problem) => `faber.yaml:${problem}`).join("\n"),
    });
  });
}

test("aliases of aliases are refused at once", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 9; level += 1) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(", ")}]`);
  }
  expect(() => fromYaml(lines.join("\n"))).toThrow("faber.yaml:5:9: too many values");
  const merges = lines.map((line, level) =>
    line.replace(
      /\[.*\]/,
      level === 0 ? "{ k: 1 }" : `{ <<: [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(", ")}] }`,
    ),
  );
  expect(() => fromYaml(merges.join("\n"))).toThrow("too many values");
});

test("anchors and merge keys work, own keys win, and places point to where a value is written", () => {
  const config = fromYaml(
    "environments:\n  test: &base\n    region: eu-west-1\n    fix: never\n  live:\n    <<: *base\n    fix: ask\n  same: *base\n",
  );
  expect(config.value.environments["live"]).toEqual({ region: "eu-west-1", fix: "ask" });
  expect(config.value.environments["same"]).toEqual({ region: "eu-west-1", fix: "never" });
  expect(config.at(["environments", "live", "region"])).toBe("faber.yaml:3:5");
  expect(config.at(["environments", "live", "fix"])).toBe("faber.yaml:7:5");
});

test("an environment without any setting is one", () => {
  expect(fromYaml("environments:\n  test:\n").value.environments).toEqual({ test: null });
});

test("YAML 1.1 does not come back with a directive: no is a word", () => {
  const config = fromYaml(
    "%YAML 1.1\n---\nenvironments: { t: { variables: { a: no, b: 2001-01-01, c: 010 } } }\n",
  );
  expect(config.value.environments["t"]?.variables).toEqual({ a: "no", b: "2001-01-01", c: 10 });
});

test("a byte order mark, CRLF and JSON with tabs are read", () => {
  expect(fromYaml("\ufeffproject: a\r\nenvironments:\r\n  t: {}\r\n").value.project).toBe("a");
  expect(
    fromYaml('{\n\t"environments": {\n\t\t"t": { "fix": "ask" }\n\t}\n}').at(["environments", "t"]),
  ).toBe("faber.yaml:3:3");
});

test("another handler's name is known once it is registered", () => {
  const bytes = Buffer.from("iac: pulumi\nenvironments: { t: { hosting: azure } }\n");
  const where = { file: "/p/faber.yaml", cwd: "/p" };
  expect(() => readConfig(bytes, where)).toThrow("1:6: iac must be");
  const config = readConfig(bytes, { ...where, handlers: { iac: ["pulumi"], hosting: ["azure"] } });
  expect(config.value.iac).toBe("pulumi");
});

test("the file is named as seen from the working directory", async () => {
  const dir = await mkdtemp(join(tmpdir(), "faber-config-"));
  try {
    await mkdir(join(dir, "deep"));
    await writeFile(join(dir, "faber.yaml"), "environmets: {}\n");
    const load = loadConfig(join(dir, "faber.yaml"), { cwd: join(dir, "deep") });
    await expect(load).rejects.toThrow('../faber.yaml:1:1: unknown key "environmets" (environments?)');
    await expect(loadConfig(join(dir, "gone.yaml"), { cwd: dir })).rejects.toMatchObject({
      code: "config-unreadable",
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
