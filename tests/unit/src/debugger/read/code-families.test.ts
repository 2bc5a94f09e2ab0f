import { describe, expect, test } from "vitest";
import { familyOfCode } from "../../../../../src/debugger/read/code-families.ts";
import { canonicalCode } from "../../../../../src/debugger/read/problems/problem.ts";

const familyOf = (code: string): string => {
  const family = familyOfCode(canonicalCode(code));
  return family === undefined ? "none" : `${family.category}${family.generic === true ? "?" : ""}`;
};

describe("the family of a code that no table names", () => {
  test.each([
    ["WidgetNotFoundException", "resource"],
    ["NoSuchWidget", "resource"],
    ["WidgetAlreadyExistsFault", "resource"],
    ["WidgetInUseException", "resource"],
    ["InvalidWidgetStateFault", "resource"],
    ["ConcurrentModificationException", "resource"],
    ["WidgetLimitExceededFault", "quota"],
    ["WidgetQuotaExceeded", "quota"],
    ["TooManyWidgets", "quota"],
    ["WidgetThrottledException", "quota"],
    ["InsufficientWidgetCapacity", "quota"],
    ["WidgetAccessDeniedException", "permission"],
    ["UnauthorizedWidgetException", "permission"],
    ["KMSKeyNotAccessibleFault", "permission"],
    ["InternalServiceErrorException", "network"],
    ["WidgetTimeoutException", "network"],
    ["OptimisticLockException", "state"],
    ["InvalidWidgetNameException", "config"],
    ["WidgetNotSupportedFault", "config"],
  ])("%s is a matter of %s", (code, category) => {
    expect(familyOf(code)).toBe(category);
  });

  test.each([
    ["SubnetQuotaNotFound", "resource"],
    ["TooManyWidgetAuthorizations", "quota"],
    ["InvalidWidgetState", "resource"],
    ["UsageLimitAlreadyExists", "resource"],
    ["InvalidAuthorizationState", "permission"],
  ])("where parts of a name disagree, what happened wins: %s", (code, category) => {
    expect(familyOf(code)).toBe(category);
  });

  test.each(["ValidationException", "InvalidParameterValue", "BadRequestException", "ConflictException"])(
    "%s is used for many things and leaves it to the words",
    (code) => {
      expect(familyOf(code)).toMatch(/\?$/);
    },
  );

  test("a name of nothing known has no family", () => {
    expect(familyOf("WidgetWobbly")).toBe("none");
  });
});
