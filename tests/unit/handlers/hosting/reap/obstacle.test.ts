import { describe, expect, test } from "vitest";
import { obstacleIn } from "../../../../../handlers/hosting/reap/obstacle.ts";
import type { Diagnostic } from "../../../../../src/core/diagnostic.ts";
import type { Resource } from "../../../../../src/core/resource.ts";

const error = (detail: string, address = "aws_x.y"): Diagnostic => ({
  severity: "error",
  summary: "deleting x",
  detail,
  address,
});

describe("what keeps a thing from being deleted", () => {
  test.each([
    ["api error BucketNotEmpty: The bucket you tried to delete is not empty", "not-empty"],
    ["InvalidParameterValue: Network interface 'eni-1' is currently in use", "dependency"],
    ["DependencyViolation: resource sg-1 has a dependent object", "dependency"],
    ["DeleteConflict: Cannot delete entity, must detach all policies first.", "dependency"],
    ["ThrottlingException: Rate exceeded", "throttling"],
    ["StatusCode: 503, ServiceUnavailable", "busy"],
    ["ConcurrentModificationException: try again", "busy"],
  ])("%s: %s", (detail, kind) => {
    expect(obstacleIn([error(detail)], [])?.kind).toBe(kind);
  });

  test("is waited for in minutes where a network interface is given back in minutes", () => {
    const waits = obstacleIn([error("Network interface eni-1 is currently in use")], [])?.waits ?? [];
    expect(waits.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(900);
  });

  test("is the worst of several, and names every bucket that must be emptied", () => {
    const said = obstacleIn(
      [
        error("Rate exceeded"),
        error("BucketNotEmpty", "aws_s3_bucket.a"),
        error("BucketNotEmpty", "aws_s3_bucket.b"),
      ],
      [],
    );
    expect(said).toMatchObject({ kind: "not-empty", toEmpty: ["aws_s3_bucket.a", "aws_s3_bucket.b"] });
  });

  test("names a bucket whose error has no address, as those of a destroy, by its name", () => {
    const bucket = (name: string): Resource => ({
      address: `aws_s3_bucket.${name}`,
      type: "aws_s3_bucket",
      name,
      provider: "p",
      id: `shop-${name}`,
      tainted: false,
      attributes: {},
    });
    const told: Diagnostic = {
      severity: "error",
      summary:
        "deleting S3 Bucket (shop-b): operation error S3: DeleteBucket, api error BucketNotEmpty: not empty",
      detail: "",
    };
    expect(obstacleIn([told], [bucket("a"), bucket("b")])?.toEmpty).toEqual(["aws_s3_bucket.b"]);
  });

  test.each([
    [[]],
    [[error("AccessDenied: not authorized")]],
    [[error("Rate exceeded"), error("AccessDenied: not authorized")]],
    [[{ ...error("Rate exceeded"), severity: "warning" as const }]],
  ])("is nothing that passes as soon as one error is of another kind", (diagnostics) => {
    expect(obstacleIn(diagnostics, [])).toBeUndefined();
  });
});
