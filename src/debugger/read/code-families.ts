import type { Category } from "../../core/failure.ts";

/** What a service's code says of itself, by the parts of its name that all services use alike. */
export interface CodeFamily {
  readonly pattern: RegExp;
  readonly category: Category;
  /** What it is about where no words say so. */
  readonly also?: Category;
  /** Used for several things: the words around it decide first. */
  readonly generic?: true;
}

/**
 * In the order in which they are looked for, on canonical codes (see `canonicalCode`). Where two parts of a name
 * disagree, the one that says what happened wins over the one that says to what: `TooManyAuthorizations` is a quota,
 * `SubnetQuotaNotFound` a thing that is not there.
 */
const codeFamilies: readonly CodeFamily[] = [
  {
    pattern: /^(?:request|networking|response|requestsend|unknownendpoint)$/,
    category: "network",
    generic: true,
  },
  {
    pattern:
      /^(?:validation|invalidparameter\w*|invalidrequest\w*|badrequest|invalidinput|invalid|client|malformed\w*|invalidargument\w*|illegal(?!state)\w*|invalidaction|invalidconfiguration\w*|serialization|paramvalidation\w*|generalservice|unsupported\w*|invalidchangebatch|missing\w*|messagerejected|unprocessable\w*|service|base|wafbadrequest|notsupported)$/,
    category: "config",
    generic: true,
  },
  { pattern: /^(?:resource)?conflict\w*$/, category: "resource", generic: true },
  {
    pattern:
      /^(?:dependencyfailed|dependencyfailure|faileddependency|operationnotpermitted|methodnotallowed|handlerinternalfailure|generalservice)$/,
    category: "resource",
    generic: true,
  },
  {
    pattern:
      /(?:notfound|notexists?|notfond|nonexistent\w*|alreadyexists?|alreadyowned\w*|exists)$|^(?:nosuch|noavailable|duplicate|unknownresource)/,
    category: "resource",
  },
  {
    pattern:
      /limit(?:s|ed)?(?:exceeded|reached)?$|quota|exceed|insufficient\w*capacity|throttl|toomany|maximum|too(?:large|long|big)|slowdown|overlimit|limitreached|^max[a-z]+/,
    category: "quota",
  },
  {
    pattern:
      /denied|unauthori[sz]ed|notauthori[sz]ed|noauthori[sz]ation|authfailure|authori[sz]ation|authentication|credential|expiredtoken|tokenexpired|invalidclienttoken|webidentity|identitytoken|accessforbidden|insufficient(?:iam|privilege|permission|s3bucketpolicy)|permission|notaccessible|optin|subscriptionrequired|suspended|notentitled|notsubscribed|signature|forbidden|blockedbyorganization|notmanagementaccount/,
    category: "permission",
  },
  {
    pattern:
      /^(?:internal\w*|server\w*|\w+internal(?:error|service)?|servicefailure|badgateway|gateway\w*|unavailable|serviceunavailable|\w*temporarilyunavailable|serviceinternal\w*)$/,
    category: "network",
  },
  {
    pattern:
      /nosuch|exist|duplicate|inuse|notempty|nonempty|deleteconflict|dependencyviolation|(?:incorrect|invalid|illegal)\w*state|notready|hasdependen|alreadyassociated|alreadyregistered|already|not?available|unavailable|concurrent|inprogress|notdisabled|stillcontains|contains|conflict|transaction|busy|pending|running|stopping|deleting|gone|terminal\w*state|inactive|notactive|disabled$|notenabled|notstabilized|referenced|unmodifiable|resumed|dependency|contention/,
    category: "resource",
  },
  { pattern: /timeout|timedout|connection|requestcanceled|econn|enotfound|unreachable/, category: "network" },
  {
    pattern: /lock(?!out|ed(?:subscription))|conditionalcheck|precondition/,
    category: "state",
    also: "resource",
  },
  {
    pattern:
      /invalid|malformed|missing|unsupported|validation|illegal|notsupported|prohibited|parse|parsing|mismatch|incompatible|inconsistent|violation|required|notallowed|expired/,
    category: "config",
  },
];

export function familyOfCode(code: string): CodeFamily | undefined {
  return codeFamilies.find(({ pattern }) => pattern.test(code));
}
