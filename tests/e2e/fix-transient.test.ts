import { describe, expect, test } from "vitest";
import { noEmulator, useEmulator } from "../helpers/emulator.ts";
import { faultProxy, type Fault, type Trouble } from "../helpers/fault-proxy.ts";
import { deploy, flat, onEmulator, settings, statisticsOf } from "../helpers/fixing.ts";
import { projectFrom, type Project } from "../helpers/project.ts";
import { noTerraform } from "../helpers/terraform.ts";

const why = noTerraform ?? noEmulator;
if (why !== undefined) console.warn(`skipped: what passes by itself: ${why}`);

const endpoint = useEmulator(4750);

/** One try for each call: what the provider does not try again is faber's to see. */
const provider = 'provider "aws" {\n  max_retries = 1\n}\n';
const group = (name: string): string => `
resource "aws_cloudwatch_log_group" "jobs" {
  name = "${name}"
}
`;
const projectAt = (url: string, main: string, fix = "ask"): Promise<Project> =>
  projectFrom("words", { "main.tf": provider + main, "faber.yaml": settings(onEmulator(url, fix)) });

/** Answers the first calls of an operation with these, one after the other, and passes on everything else. */
async function faulty(operation: string, faults: readonly (Fault | Trouble)[]) {
  const left = [...faults];
  const proxy = await faultProxy(endpoint, (_nth, { headers }) =>
    headers["x-amz-target"] === `Logs_20140328.${operation}` ? left.shift() : undefined,
  );
  return { url: proxy.url, left };
}

const throttling: Fault = { status: 400, code: "ThrottlingException", message: "Rate exceeded" };
const serverError: Fault = { status: 500, code: "InternalFailure", message: "try again" };
const missing: Fault = {
  status: 400,
  code: "ResourceNotFoundException",
  message: "The specified log group does not exist.",
};

describe.skipIf(why !== undefined)("what passes by itself, between Terraform and the endpoint", () => {
  test("throttling, a server's error and a broken connection spend no fix attempt, are counted, and it ends green", async () => {
    const proxy = await faulty("CreateLogGroup", [throttling, serverError, "reset"]);
    const project = await projectAt(proxy.url, group("shop-jobs"));
    const run = await deploy(project);
    expect(run.code, run.stderr).toBe(0);
    expect(proxy.left).toEqual([]);
    // Three kinds of failure, each met for the first time.
    expect(flat(run).match(/did retry: wait about 2 s, [^(]*\(try 1 of 3\)/g)).toHaveLength(3);
    expect(flat(run)).toContain("mended waited 3 times for what passes by itself");
    expect(run.json()).toMatchObject({
      mending: { waits: 3, fixes: [] },
      diagnoses: [{ transient: true }, { transient: true }, { transient: true }],
      exit: { code: 0 },
    });
    expect(await statisticsOf(project)).toMatchObject({ total_issues: 3, total_resolutions: 3 });
  });

  test("what was made a moment ago and is not everywhere yet is waited for, though it is said to be missing", async () => {
    const proxy = await faulty("CreateLogStream", [missing]);
    const stream =
      'resource "aws_cloudwatch_log_stream" "first" {\n  name           = "first"\n  log_group_name = aws_cloudwatch_log_group.jobs.name\n}\n';
    const run = await deploy(await projectAt(proxy.url, group("shop-late") + stream));
    expect(run.code, run.stderr).toBe(0);
    expect(proxy.left).toEqual([]);
    expect(flat(run)).toContain("aws_cloudwatch_log_group.jobs was made a moment ago");
    expect(run.json()).toMatchObject({ mending: { waits: 1, fixes: [] }, applied: { in_state: 2 } });
  });

  test("nothing is waited for where fix is never", async () => {
    const proxy = await faulty("CreateLogGroup", [throttling]);
    const run = await deploy(await projectAt(proxy.url, group("shop-never"), "never"));
    expect(run.code, run.stderr).toBe(5);
    expect(run.json()["mending"]).toBeUndefined();
  });
});
