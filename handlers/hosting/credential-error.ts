import { FaberError } from "../../src/core/error.ts";
import { describeError, troubleOf } from "./api-error.ts";

/** What an error message needs to know of a session. */
export interface SessionLabel {
  readonly environment: string;
  readonly region: string;
  readonly profile?: string;
  /** Set for an emulator. */
  readonly endpoint?: string;
}

/** The FaberError for trouble that concerns the whole session, or nothing where it concerns one call. */
export function sessionError(error: unknown, label: SessionLabel): FaberError | undefined {
  const trouble = troubleOf(error);
  const whose =
    label.profile === undefined ? "the credentials" : `the credentials of profile ${label.profile}`;
  switch (trouble) {
    case "expired":
      return refused("credentials-expired", `${whose} have expired`, [loginHint(label)], error);
    case "missing":
      return refused("credentials-missing", missingText(label), missingHints(label), error);
    case "invalid":
      return refused("credentials-invalid", `${whose} are not accepted`, invalidHints(label), error);
    case "clock":
      return refused("clock-skewed", "the cloud does not accept the time of the request", [clockHint], error);
    case "unreachable":
      return unreachable(error, label);
    case "aborted":
      return new FaberError({
        code: "interrupted",
        exit: "interrupted",
        message: "interrupted",
        cause: error,
      });
    case "not-found":
    case "other":
    case "bug":
      return undefined;
  }
}

const clockHint = "set this machine's clock: a request may be off by five minutes at most";

function refused(code: string, message: string, hints: readonly string[], cause: unknown): FaberError {
  return new FaberError({
    code,
    exit: "credentials-or-permissions",
    message,
    why: describeError(cause),
    hints,
    cause,
  });
}

function unreachable(error: unknown, label: SessionLabel): FaberError {
  const at = label.endpoint ?? `the AWS API in region ${label.region}`;
  const hints =
    label.endpoint === undefined
      ? [`look at the network and at the region's name (${label.region})`]
      : ["start it: faber emulator start", "or set another endpoint in faber.yaml"];
  return new FaberError({
    code: "endpoint-down",
    exit: "wrong-usage",
    message: `${at} does not answer`,
    why: describeError(error),
    hints,
    cause: error,
  });
}

function loginHint(label: SessionLabel): string {
  return label.profile === undefined
    ? "get new ones where these came from, e.g. aws sso login"
    : `aws sso login --profile=${label.profile}, or renew the keys of that profile`;
}

function missingText(label: SessionLabel): string {
  return label.profile === undefined
    ? `no AWS credentials were found for ${label.environment}`
    : `profile ${label.profile} gives no credentials`;
}

function missingHints(label: SessionLabel): readonly string[] {
  const login = label.profile === undefined ? "aws configure" : `aws configure --profile=${label.profile}`;
  return [
    `${login}, or aws sso login`,
    `or name another profile for ${label.environment} in faber.yaml (environments.${label.environment}.profile)`,
  ];
}

function invalidHints(label: SessionLabel): readonly string[] {
  return label.profile === undefined
    ? [
        "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: a temporary key needs all three",
      ]
    : [`check the keys of profile ${label.profile}: aws sts get-caller-identity --profile=${label.profile}`];
}
