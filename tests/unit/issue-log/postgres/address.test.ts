import { describe, expect, test } from "vitest";
import { addressOf } from "../../../../issue-log/postgres/address.ts";
import { FaberError } from "../../../../src/core/error.ts";

describe("a database's name, for messages", () => {
  test.each([
    ["postgres://me:s3cr3t@db.example.com:6432/faber?sslmode=require", "db.example.com:6432/faber"],
    ["postgresql://db.example.com/faber", "db.example.com/faber"],
    ["postgres://me:s3cr3t@/faber?host=/run/postgresql&port=5433", "/run/postgresql:5433/faber"],
    ["postgres:///faber", "PostgreSQL/faber"],
    ["postgres://me@db.example.com", "db.example.com"],
  ])("of %s is %s", (url, name) => {
    expect(addressOf(url).name).toBe(name);
  });

  test("holds no password, which is known decoded for the redactor", () => {
    const { name, password } = addressOf("postgres://me:p%40ss%2Fw@host/db");
    expect(password).toBe("p@ss/w");
    expect(name).not.toContain("p%40ss");
    expect(addressOf("postgres://me@host/db?password=in-the-query").password).toBe("in-the-query");
    expect(addressOf("postgres://me@host/db").password).toBeUndefined();
  });
});

describe("the driver is told to take TLS modes as PostgreSQL's own clients do", () => {
  test.each(["prefer", "require", "verify-ca"])("%s", (mode) => {
    const { connectionString } = addressOf(`postgres://me:p%40ss@host/db?sslmode=${mode}`);
    expect(connectionString).toBe(`postgres://me:p%40ss@host/db?sslmode=${mode}&uselibpqcompat=true`);
  });

  test.each(["?sslmode=verify-full", "?sslmode=disable", "?sslmode=require&uselibpqcompat=false", ""])(
    "but %j stays as it is",
    (query) => {
      expect(addressOf(`postgres://host/db${query}`).connectionString).toBe(`postgres://host/db${query}`);
    },
  );

  test("also where the host is left out", () => {
    expect(addressOf("postgres://me:s@/db?host=/run&sslmode=require").connectionString).toBe(
      "postgres://me:s@/db?host=%2Frun&sslmode=require&uselibpqcompat=true",
    );
  });
});

test.each([
  "postgres://me:s3cr3t@host:port/db",
  "postgres://me:s3cr3t%@host/db",
  "postgres://me:s3cr3t@[::1/db",
])("%s is refused without being shown", (url) => {
  const refusal = (() => {
    try {
      return addressOf(url);
    } catch (error) {
      return error;
    }
  })();
  if (!(refusal instanceof FaberError)) throw new Error("it was taken");
  expect(refusal.code).toBe("issue-log-invalid-url");
  expect(JSON.stringify([refusal, refusal.message, refusal.hints, String(refusal.cause)])).not.toContain(
    "s3cr3t",
  );
});
