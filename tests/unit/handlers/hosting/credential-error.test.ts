import { describe, expect, it } from "vitest";
import { troubleOf } from "../../../../handlers/hosting/api-error.ts";
import { sessionError } from "../../../../handlers/hosting/credential-error.ts";

const answer = (name: string, message = "said so"): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
const label = { environment: "test", region: "us-east-1", profile: "deployer" };

describe("sessionError", () => {
  it.each([
    ["ExpiredToken", "credentials-expired"],
    ["ExpiredTokenException", "credentials-expired"],
    ["TokenRefreshRequired", "credentials-expired"],
    ["CredentialsProviderError", "credentials-missing"],
    ["InvalidClientTokenId", "credentials-invalid"],
    ["SignatureDoesNotMatch", "credentials-invalid"],
    ["RequestTimeTooSkewed", "clock-skewed"],
  ])("%s is %s", (name, code) => {
    const error = sessionError(answer(name), label);
    expect([error?.code, error?.exit.name]).toEqual([code, "credentials-or-permissions"]);
    expect(error?.why).toContain(name);
    expect(error?.hints.length).toBeGreaterThan(0);
  });

  it("knows an SSO session that ended by what it says", () => {
    const ended = Object.assign(new Error("The SSO session associated with this profile has expired."), {
      name: "CredentialsProviderError",
    });
    const error = sessionError(ended, label);
    expect(error?.code).toBe("credentials-expired");
    expect(error?.hints.join()).toContain("aws sso login --profile=deployer");
  });

  it.each(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT"])(
    "%s is an endpoint that is down",
    (code) => {
      const refused = Object.assign(new Error("connect"), { code });
      expect(sessionError(refused, { ...label, endpoint: "http://127.0.0.1:1" })?.message).toBe(
        "http://127.0.0.1:1 does not answer",
      );
      expect(sessionError(new TypeError("fetch failed", { cause: refused }), label)?.code).toBe(
        "endpoint-down",
      );
    },
  );

  it.each(["AccessDenied", "NoSuchBucket", "ThrottlingException"])("%s concerns one call", (name) => {
    expect(sessionError(answer(name), label)).toBeUndefined();
  });
});

describe("troubleOf", () => {
  it.each([
    "AWS.SimpleQueueService.NonExistentQueue",
    "QueueDoesNotExist",
    "NoSuchEntityException",
    "ResourceNotFoundException",
    "NotFound",
    "InvalidVpcID.NotFound",
    "NoSuchBucketPolicy",
    "ParameterNotFound",
    "StateMachineDoesNotExist",
  ])("takes %s for an answer: not there", (name) => {
    expect(troubleOf(answer(name))).toBe("not-found");
  });

  it("does not take an error of this program for an answer", () => {
    expect(troubleOf(new TypeError("x is undefined"))).toBe("bug");
    expect(troubleOf(Object.assign(new Error("x"), { name: "NotFoundError" }))).toBe("bug");
  });
});
