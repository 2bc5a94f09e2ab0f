import { describe, expect, it } from "vitest";
import { endpointVariables, withoutAws } from "../../../../handlers/hosting/ambient.ts";

const ambient = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_CONFIG_FILE",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_S3",
  "AWS_S3_ENDPOINT",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "TF_AWS_STS_ENDPOINT",
];

describe("withoutAws", () => {
  it.each(ambient)("takes %s away", (name) => {
    expect(withoutAws({ [name]: "x", PATH: "/bin" })).toEqual({ PATH: "/bin" });
  });

  it("keeps what names neither an identity nor an endpoint", () => {
    const env = {
      PATH: "/bin",
      TF_VAR_a: "1",
      AWS_RETRY_MODE: "standard",
      AWS_CA_BUNDLE: "/ca",
      UNSET: undefined,
    };
    expect(withoutAws(env)).toEqual({
      PATH: "/bin",
      TF_VAR_a: "1",
      AWS_RETRY_MODE: "standard",
      AWS_CA_BUNDLE: "/ca",
    });
  });
});

describe("endpointVariables", () => {
  it("finds every way to send requests elsewhere", () => {
    const env = {
      AWS_ENDPOINT_URL: "http://a",
      AWS_ENDPOINT_URL_STS: "http://b",
      AWS_S3_ENDPOINT: "http://c",
      AWS_USE_FIPS_ENDPOINT: "true",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://169.254.169.254",
      AWS_ENDPOINT_URL_SQS: "",
    };
    expect(endpointVariables(env).map(([name]) => name)).toEqual([
      "AWS_ENDPOINT_URL",
      "AWS_ENDPOINT_URL_STS",
      "AWS_S3_ENDPOINT",
    ]);
  });

  it("leaves out what the SDKs were told to ignore", () => {
    const env = {
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      AWS_ENDPOINT_URL: "http://a",
      AWS_STS_ENDPOINT: "http://b",
    };
    expect(endpointVariables(env)).toEqual([["AWS_STS_ENDPOINT", "http://b"]]);
  });
});
