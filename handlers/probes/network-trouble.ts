import { messageOf } from "../../src/core/error.ts";

/** Codes of Node and OpenSSL: https://nodejs.org/docs/latest-v20.x/api/errors.html and …/tls.html#x509-certificate-error-codes */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection is refused: nothing listens there",
  ECONNRESET: "the connection was cut before the answer was complete",
  EPIPE: "the connection was cut before the answer was complete",
  ETIMEDOUT: "the connection timed out",
  EHOSTUNREACH: "there is no way to that host",
  ENETUNREACH: "there is no way to that network",
  EADDRNOTAVAIL: "there is no way to that address",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the host's name cannot be looked up now",
  EPROTO: "it does not speak TLS",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its chain ends in a certificate that is signed by itself and not trusted here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate cannot be verified: unknown issuer or incomplete chain",
  UNABLE_TO_GET_ISSUER_CERT: "its certificate cannot be verified: unknown issuer or incomplete chain",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate cannot be verified: unknown issuer or incomplete chain",
  CERT_REVOKED: "its certificate was revoked",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
  HPE_HEADER_OVERFLOW: "its headers are too large",
  HPE_INVALID_CONSTANT: "it does not speak HTTP",
  HPE_INVALID_VERSION: "it does not speak HTTP",
};

/** What went wrong on the way to an answer, in words; names of hosts in the details are left to the caller's text. */
export function networkTrouble(error: unknown): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : words[code];
  if (known === undefined)
    return code?.startsWith("HPE_") ? `it does not speak HTTP (${code})` : plain(error);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `${known}${altNames(error)}`;
  return `${known} (${code})`;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Several addresses of one name were tried: all failed, and the first says enough.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function altNames(error: unknown): string {
  const named = /altnames?: ([^\n]{1,120})/i.exec(messageOf(error))?.[1];
  return named === undefined ? " (ERR_TLS_CERT_ALTNAME_INVALID)" : ` (${named})`;
}

function plain(error: unknown): string {
  return messageOf(error).slice(0, 200) || "the connection failed";
}
