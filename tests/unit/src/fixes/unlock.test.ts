import { describe, expect, test } from "vitest";
import { lockIn } from "../../../../src/fixes/unlock.ts";

const text = `Error acquiring the state lock

Error message: operation error S3: PutObject, https response error StatusCode: 412, api error PreconditionFailed
Lock Info:
  ID:        0a1b2c3d-1111-2222-3333-444455556666
  Path:      shop-state/shop/test.tfstate
  Operation: OperationTypeApply
  Who:       dana@build-7
  Version:   1.11.4
  Created:   2026-11-21 09:00:01.123456789 +0000 UTC
  Info:      `;

describe("a lock in a message", () => {
  test("is read whole", () => {
    expect(lockIn(text)).toEqual({
      id: "0a1b2c3d-1111-2222-3333-444455556666",
      path: "shop-state/shop/test.tfstate",
      operation: "OperationTypeApply",
      who: "dana@build-7",
      created: "2026-11-21T09:00:01.123Z",
    });
  });

  test.each([
    ["another failure", text.replace("Error acquiring the state lock", "Something else")],
    ["a lock without an ID", text.replace(/ID: .*/, "")],
  ])("is none in %s", (_what, message) => {
    expect(lockIn(message)).toBeUndefined();
  });

  test("of no known time has none", () => {
    expect(lockIn(text.replace("2026-11-21 09", "some day"))).not.toHaveProperty("created");
  });
});
