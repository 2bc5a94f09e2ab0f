import { expect, test } from "vitest";
import { certainResourceTypes } from "../../../../handlers/scanner/root-files.ts";
import { checkovSkips } from "../../../../handlers/scanner/inline-skips.ts";
import { interpreterOf } from "../../../../handlers/scanner/checkov-launch.ts";
import { brokenEnd, lastUsefulLine, scannerEnv } from "../../../../handlers/scanner/scanner-process.ts";
import {
  checkovSeverities,
  checkovTypes,
  severityTable,
} from "../../../../handlers/scanner/severity-table.ts";

test("only blocks that surely make a resource count", () => {
  const hcl = `
# resource "in_a" "comment" {}
/* resource "in_another" "comment" {} */
resource "aws_a" "x" {}
resource "aws_b" "x" {
  count = var.on ? 1 : 0
}
data "aws_c" "x" {}
module "m" {
  for_each = local.all
}
resource "aws_d" "x" {
  name = "resource"
}
`;
  expect(certainResourceTypes(hcl)).toEqual(["aws_a", "aws_d"]);
  expect(certainResourceTypes("")).toEqual([]);
});

test("skips are read with their reasons", () => {
  const text = "  #checkov:skip=CKV_AWS_20:a website\n// checkov:skip=CKV_AWS_1,CKV2_AWS_6\n# checkov:skip\n";
  expect(checkovSkips("main.tf", text)).toEqual([
    { rule: "CKV_AWS_20", file: "main.tf", reason: "a website" },
    { rule: "CKV_AWS_1", file: "main.tf", reason: "" },
    { rule: "CKV2_AWS_6", file: "main.tf", reason: "" },
  ]);
});

test.each([
  ["#!/venv/bin/python3", "/venv/bin/python3"],
  ["#!/usr/bin/python3.11 ", "/usr/bin/python3.11"],
  ["#!/usr/bin/env python3", undefined],
  ["#!python3", undefined],
  ["#!/bin/sh", undefined],
  ["\u007fELF", undefined],
])("the interpreter of %j is %s", (line, interpreter) => {
  expect(interpreterOf(line)).toBe(interpreter);
});

test("every way to end but the tool's own exit codes is broken, and the reason is one safe short line", () => {
  const ran = {
    stdout: "",
    stderr: "Traceback:\n  File x\nValueError: \u001b[31mbad\u001b[0m\u0007 " + "y".repeat(999),
  };
  expect(brokenEnd("t", { ...ran, ended: { how: "exited", code: 1 } }, [0, 1])).toBeUndefined();
  const crashed = brokenEnd("t", { ...ran, ended: { how: "exited", code: 2 } }, [0, 1]);
  expect(crashed?.reason).toMatch(/^t: exit code 2: ValueError: bad\\u\{7\} y+…$/);
  expect(crashed?.reason.length).toBeLessThanOrEqual(300);
  expect(brokenEnd("t", { ...ran, ended: { how: "timed-out" } }, [0])).toMatchObject({ timedOut: true });
  expect(brokenEnd("t", { ...ran, ended: { how: "interrupted" } }, [0])).toMatchObject({ timedOut: false });
  expect(brokenEnd("t", { ...ran, ended: { how: "killed", signal: "SIGKILL" } }, [0])?.reason).toMatch(
    /SIGKILL/,
  );
});

test("the last useful line is the error, not the usage text after it", () => {
  expect(lastUsefulLine({ stdout: "", stderr: "Error: unknown flag: --x\nUsage:\n  tfsec [flags]\n" })).toBe(
    "Error: unknown flag: --x",
  );
  expect(lastUsefulLine({ stdout: "{\n}\n", stderr: "" })).toBeUndefined();
});

test("credentials and foreign settings do not reach a scanner", () => {
  const env = { PATH: "/bin", AWS_SECRET_ACCESS_KEY: "s", CKV_SKIP_CHECK: "CKV_AWS_20", TF_VAR_acl: "x" };
  expect(scannerEnv(env, /^CKV_/, { LOG_LEVEL: "WARNING" })).toEqual({
    PATH: "/bin",
    TF_VAR_acl: "x",
    LOG_LEVEL: "WARNING",
  });
});

test("the published table judges sanely, and a wrong severity in a table is an error", async () => {
  const table = await checkovSeverities();
  expect(table.size).toBeGreaterThan(400);
  expect(table.get("CKV_AWS_20")?.severity).toBe("CRITICAL");
  expect(table.get("CKV_AWS_119")?.severity).toBe("LOW");
  expect(table.get("CKV_NOT_1")).toBeUndefined();
  expect([...table.values()].every((entry) => entry.why !== "" && entry.severity !== "UNKNOWN")).toBe(true);
  expect((await checkovTypes()).has("aws_s3_bucket")).toBe(true);
  expect(() => severityTable({ rules: { X: { severity: "BAD", why: "" } } })).toThrow(/X/);
});
