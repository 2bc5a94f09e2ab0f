import { expect, test } from "vitest";
import { describeSettings, rowText } from "../../../../src/config/describe.ts";
import { resolveEnvironment } from "../../../../src/config/resolve.ts";
import { fromYaml } from "./yaml.ts";

const yaml = `issue_log: { url: "postgres://faber:hunter2@db/log" }
environments:
  test:
    backend: { bucket: state, key: orders.tfstate, secret_key: hunter2, kms_key_id: alias/state, assume_role: { token: hunter2 } }
    variables:
      instances: 2
      db_password: hunter2
      apiToken: hunter2
      nested: { deep: [{ client_secret: hunter2 }], plain: 1 }
      url: https://me:hunter2@host/path
      licence: hunter2
`;

async function rows() {
  const config = fromYaml(yaml, process.cwd());
  const { settings } = await resolveEnvironment({
    config,
    flags: { region: "eu-west-1" },
    env: {},
    cwd: process.cwd(),
  });
  return new Map(describeSettings(settings, ["licence"]).map((row) => [row.key, row]));
}

test("nothing that could be secret is shown", async () => {
  const shown = await rows();
  expect(JSON.stringify([...shown.values()])).not.toContain("hunter2");
  expect(shown.get("variables.db_password")?.value).toBe("(hidden)");
  expect(shown.get("variables.nested")?.value).toEqual({ deep: [{ client_secret: "(hidden)" }], plain: 1 });
  expect(shown.get("issue_log.url")?.value).toBe("postgres://(hidden)@db/log");
});

test("what is not secret is shown, with its origin", async () => {
  const shown = await rows();
  expect(shown.get("backend.key")).toEqual({
    key: "backend.key",
    value: "orders.tfstate",
    origin: "faber.yaml:4:31",
  });
  expect(shown.get("backend.kms_key_id")?.value).toBe("alias/state");
  expect(shown.get("variables.instances")).toEqual({
    key: "variables.instances",
    value: 2,
    origin: "faber.yaml:6:7",
  });
  expect(shown.get("region")?.origin).toBe("--region");
  expect(shown.get("hosting")?.origin).toBe("default");
  expect(shown.get("workspace")).toEqual({ key: "workspace", value: null, origin: "terraform" });
  expect(shown.get("environment")?.origin).toBe("default (the only environment)");
});

test("a row as text", () => {
  expect(rowText({ key: "a", value: null, origin: "default" })).toBe("-");
  expect(rowText({ key: "a", value: "x", origin: "default" })).toBe("x");
  expect(rowText({ key: "a", value: ["x", 1], origin: "default" })).toBe('["x",1]');
});
