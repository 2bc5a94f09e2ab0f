import type { Problem } from "./problem.ts";

/** Who may call AWS: credentials, accounts, and denials that say more than that an action is denied. */
export const accessProblems: readonly Problem[] = [
  {
    name: "sso-session-expired",
    category: "permission",
    phrases: [
      "sso token failed",
      "sso session has expired",
      "sso session associated with this profile",
      "error loading sso token",
      "unable to refresh sso token",
    ],
  },
  {
    name: "expired-token",
    category: "permission",
    phrases: [
      "security token included in the request is expired",
      "provided token has expired",
      "token has expired",
      "token is expired",
      "credentials have expired",
      "security token … is expired",
    ],
    codes: ["expiredtoken", "tokenrefreshrequired", "requestexpired"],
  },
  {
    name: "invalid-token",
    category: "permission",
    phrases: ["security token included in the request is invalid"],
    codes: ["invalidclienttokenid", "unrecognizedclient"],
  },
  {
    name: "access-key-unknown",
    category: "permission",
    phrases: ["access key id you provided does not exist"],
    codes: ["invalidaccesskeyid"],
  },
  {
    name: "credentials-not-valid",
    category: "permission",
    phrases: ["not able to validate the provided access credentials"],
    codes: ["authfailure"],
  },
  {
    name: "signature-mismatch",
    category: "permission",
    phrases: ["request signature we calculated does not match"],
    codes: ["signaturedoesnotmatch", "invalidsignature"],
  },
  {
    name: "no-credentials",
    category: "permission",
    also: "config",
    phrases: [
      "no valid providers in chain",
      "no valid credential sources",
      "unable to locate credentials",
      "could not load credentials from any providers",
      "failed to refresh cached credentials",
      "no credentials found",
      "unable to resolve credentials",
      "missing credentials in config",
      "need to perform aws calls for account … but no credentials",
    ],
    codes: ["nocredentialproviders", "credentialserror"],
  },
  {
    name: "profile-missing",
    category: "config",
    also: "permission",
    phrases: [
      "failed to get shared config profile",
      "the config profile … could not be found",
      "shared config profile",
    ],
  },
  {
    name: "opt-in-required",
    category: "permission",
    also: "config",
    phrases: ["you are not subscribed to this service", "aws access key id needs a subscription"],
    codes: ["optinrequired"],
  },
  {
    name: "subscription-required",
    category: "permission",
    also: "config",
    phrases: ["accept terms and subscribe"],
  },
  {
    name: "kms-key-not-accessible",
    category: "permission",
    phrases: ["ciphertext refers to a customer master key that does not exist"],
  },
  {
    name: "s3-public-policy-blocked",
    category: "permission",
    also: "config",
    phrases: [
      "because public policies are blocked",
      "because public policies are prevented",
      "blockpublicpolicy",
    ],
  },
  {
    name: "lambda-role-not-assumable",
    category: "permission",
    also: "config",
    transient: true,
    phrases: ["role defined for the function cannot be assumed by lambda"],
  },
  {
    name: "lambda-vpc-permissions",
    category: "permission",
    phrases: ["execution role does not have permissions to call createnetworkinterface"],
  },
  {
    name: "clock-skew",
    category: "config",
    also: "permission",
    phrases: [
      "difference between the request time and the current time is too large",
      "signature expired: ",
      "signature not yet current",
    ],
    codes: ["requesttimetooskewed", "requestintheruture"],
  },
  {
    name: "account-blocked",
    category: "permission",
    also: "quota",
    phrases: ["this account is currently blocked", "account is blocked"],
    codes: ["accountproblem"],
  },
  {
    name: "account-pending",
    category: "permission",
    also: "quota",
    phrases: [
      "your account is currently being verified",
      "your request for accessing resources in this region is being validated",
    ],
    codes: ["pendingverification"],
  },
  {
    name: "account-not-allowed",
    category: "permission",
    also: "config",
    phrases: ["aws account id not allowed"],
  },
];
