import { describe, expect, test } from "vitest";
import { readChanges } from "../../../../../handlers/iac/terraform/plan-json.ts";
import { viewPresent } from "../../../../../src/checks/configuration/look.ts";
import { readDrift } from "../../../../../src/checks/configuration/read-drift.ts";
import type { DriftedResource } from "../../../../../src/core/drift.ts";
import type { JsonObject } from "../../../../../src/core/json.ts";
import { change, refreshed, type Thing } from "./documents.ts";

function driftOf(things: readonly Thing[], drift: readonly JsonObject[]): readonly DriftedResource[] {
  const document = refreshed(things, { resource_drift: drift });
  return readDrift(document, viewPresent(document), readChanges);
}

const queue = (values: JsonObject): Thing => ({
  type: "aws_sqs_queue",
  name: "q",
  values: { id: "q", arn: "arn:q", ...values },
  set: ["visibility_timeout_seconds"],
});

const changed = (before: JsonObject, after: JsonObject, secret: JsonObject = {}): JsonObject =>
  change("aws_sqs_queue.q", ["update"], { before, after, secret });

describe("drift out of a refresh-only plan", () => {
  test("an argument that the configuration sets is MEDIUM, one that it does not set is LOW", () => {
    const [before, after] = [
      { visibility_timeout_seconds: 30, fifo: "a" },
      { visibility_timeout_seconds: 90, fifo: "b" },
    ];
    expect(driftOf([queue(after)], [changed(before, after)])).toMatchObject([
      {
        address: "aws_sqs_queue.q",
        change: "changed",
        attributes: [
          { path: "visibility_timeout_seconds", before: 30, after: 90, managed: true, severity: "MEDIUM" },
          { path: "fifo", managed: false, severity: "LOW" },
        ],
      },
    ]);
  });

  test("what decides who may do what is HIGH, whether the configuration sets it or not", () => {
    const after = { policy: '{"Statement":[{"Principal":"*"}]}' };
    expect(driftOf([queue(after)], [changed({ policy: "" }, after)])).toMatchObject([
      { attributes: [{ path: "policy", managed: false, severity: "HIGH" }] },
    ]);
  });

  test("what reads differently and means the same is none", () => {
    const before = { tags: null, policy: '{"a":1,"b":[]}', list: [], flag: null, count: null };
    const after = { tags: {}, policy: '{ "b": [], "a": 1 }', list: null, flag: false, count: 0 };
    expect(driftOf([queue(after)], [changed(before, after)])).toEqual([]);
  });

  test("a secret that changed is HIGH and carries no value", () => {
    const [resource] = driftOf(
      [queue({ token: "new-secret" })],
      [changed({ token: "old-secret" }, { token: "new-secret" }, { token: true })],
    );
    expect(resource?.attributes).toEqual([
      { path: "token", sensitive: true, managed: false, severity: "HIGH" },
    ]);
  });

  test("a tag is told once, though it stands in both maps", () => {
    const before = { tags: { Team: "a" }, tags_all: { Team: "a", Project: "p" } };
    const after = { tags: { Team: "b" }, tags_all: { Team: "b", Project: "x" } };
    const [resource] = driftOf([queue(after)], [changed(before, after)]);
    expect(resource?.attributes.map(({ path, severity }) => [path, severity])).toEqual([
      ["tags.Team", "MEDIUM"],
      ["tags_all.Project", "MEDIUM"],
    ]);
  });

  test("a block that `dynamic` made stands in no configuration, and counts all the same", () => {
    const before = { rule: [{ days: 1 }] };
    const after = { rule: [{ days: 9 }] };
    expect(driftOf([queue(after)], [changed(before, after)])).toMatchObject([
      { attributes: [{ path: "rule[0].days", managed: true, severity: "MEDIUM" }] },
    ]);
  });

  test("what is gone is gone", () => {
    expect(driftOf([], [change("aws_sqs_queue.q", ["delete"], { before: { id: "q" } })])).toEqual([
      { address: "aws_sqs_queue.q", type: "aws_sqs_queue", change: "gone", attributes: [] },
    ]);
  });
});

describe("what another resource of the stack writes", () => {
  const role = (policies: readonly string[]): Thing => ({
    type: "aws_iam_role",
    name: "r",
    values: { id: "r", name: "r", inline_policy: policies.map((name) => ({ name, policy: "{}" })) },
    set: ["assume_role_policy"],
  });
  const companion: Thing = {
    type: "aws_iam_role_policy",
    name: "p",
    values: { id: "r:logs", role: "r", name: "logs" },
  };
  const drift = (policies: readonly string[]): JsonObject =>
    change("aws_iam_role.r", ["update"], {
      before: { inline_policy: [] },
      after: { inline_policy: policies.map((name) => ({ name, policy: "{}" })) },
    });

  test("is no drift", () => {
    expect(driftOf([role(["logs"]), companion], [drift(["logs"])])).toEqual([]);
  });

  test("hides nothing that somebody added to it", () => {
    expect(driftOf([role(["logs", "backdoor"]), companion], [drift(["logs", "backdoor"])])).toMatchObject([
      { address: "aws_iam_role.r", attributes: [{ severity: "HIGH" }, {}, {}, {}] },
    ]);
  });

  test("is drift where there is no such resource, or it is another's", () => {
    const other: Thing = { ...companion, values: { id: "x:logs", role: "x", name: "logs" } };
    expect(driftOf([role(["logs"])], [drift(["logs"])])).toHaveLength(1);
    expect(driftOf([role(["logs"]), other], [drift(["logs"])])).toHaveLength(1);
  });

  test("of a group's rules there may be as many as the stack has", () => {
    const rule = (cidr: string): JsonObject => ({ cidr_blocks: [cidr], from_port: 443, to_port: 443 });
    const group = (rules: readonly JsonObject[]): Thing => ({
      type: "aws_security_group",
      name: "g",
      values: { id: "sg-1", ingress: rules },
    });
    const own: Thing = {
      type: "aws_vpc_security_group_ingress_rule",
      name: "https",
      values: { id: "sgr-1", security_group_id: "sg-1" },
    };
    const of = (rules: readonly JsonObject[]): JsonObject =>
      change("aws_security_group.g", ["update"], { before: { ingress: [] }, after: { ingress: rules } });
    const [mine, open] = [[rule("10.0.0.0/8")], [rule("10.0.0.0/8"), rule("0.0.0.0/0")]];
    expect(driftOf([group(mine), own], [of(mine)])).toEqual([]);
    expect(driftOf([group(open), own], [of(open)])).toMatchObject([{ address: "aws_security_group.g" }]);
  });
});
