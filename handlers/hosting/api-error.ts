import { messageOf } from "../../src/core/error.ts";
import { isObject } from "../../src/core/json.ts";
import { safeLine } from "../../src/core/safe-text.ts";

/** What kind of trouble an SDK call ended in; `other` is the service's own answer, `bug` is none of the API's. */
export type ApiTrouble =
  | "not-found"
  | "expired"
  | "missing"
  | "invalid"
  | "clock"
  | "unreachable"
  | "aborted"
  | "other"
  | "bug";

/** Error codes of the SDKs and of STS: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const troubleByName: Readonly<Record<string, ApiTrouble>> = {
  ExpiredToken: "expired",
  ExpiredTokenException: "expired",
  TokenRefreshRequired: "expired",
  TokenProviderError: "expired",
  UnauthorizedSSOTokenError: "expired",
  CredentialsProviderError: "missing",
  InvalidClientTokenId: "invalid",
  InvalidAccessKeyId: "invalid",
  UnrecognizedClientException: "invalid",
  SignatureDoesNotMatch: "invalid",
  InvalidSignatureException: "invalid",
  IncompleteSignature: "invalid",
  AuthFailure: "invalid",
  MissingAuthenticationToken: "invalid",
  RequestTimeTooSkewed: "clock",
  RequestExpired: "clock",
  TimeoutError: "unreachable",
  AbortError: "aborted",
};

const networkCode =
  /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|EPIPE|EPROTO|CERT_|ERR_TLS|ERR_SSL|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|UND_ERR)/;

export function troubleOf(error: unknown): ApiTrouble {
  const name = codeOf(error);
  // An expired SSO session arrives as "no credentials", with the reason in its text.
  if (name === "CredentialsProviderError" && /expired|sso login/i.test(messageOf(error))) return "expired";
  const known = troubleByName[name];
  if (known !== undefined) return known;
  if (networkCode.test(networkCodeOf(error))) return "unreachable";
  if (!isAnswer(error)) return "bug";
  return /NotFound|NoSuch|DoesNotExist|NonExistent/.test(name) ? "not-found" : "other";
}

/** The service's error code, which the SDKs give as the error's name. */
function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/** The error on one line: `AccessDenied: User … is not authorized to perform …`. */
export function describeError(error: unknown): string {
  const code = networkCodeOf(error);
  const text = messageOf(error) || code || "no message";
  return safeLine(`${codeOf(error) || code}: ${text}`);
}

/** A Node error code, of the error itself or of what caused it. */
function networkCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string" && networkCode.test(error.code)) return error.code;
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner === undefined ? "" : networkCodeOf(inner);
}

/** Whether a service answered at all: the SDKs put the HTTP status into every such error. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && "$metadata" in error && isObject(error.$metadata);
}
