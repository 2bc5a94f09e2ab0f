/** Codes that services use for many things: their message belongs to the identity. */
const generic =
  /^(?:validation|client|request|invalidparameter\w*|invalidrequest\w*|badrequest\w*|invalidinput|invalid|invalidargument\w*|malformed\w*|illegal\w*|invalidchangebatch|conflict\w*|resourceconflict|resourceinuse|resourcenotfound|notfound|nosuchentity|limitexceeded|resourcelimitexceeded|servicelimitexceeded|servicequotaexceeded|unsupported\w*|unsupportedoperation|invalidstate\w*|invalidconfiguration\w*|invalidaction|forbidden|general\w*|handlerinternalfailure|serialization|authfailure|signaturedoesnotmatch|kmsinvalidstate|invalididentitytoken|states\.runtime|states\.taskfailed|hive_bad_data|hive_cannot_open_split|generic_internal_error|resourceinitialization|paramvalidation\w*|missing\w*|incorrectstate|operationnotpermitted|accessdenied|unauthorized\w*|invalidoperation|alreadyexists|preconditionfailed|quotaexceeded|error|failed|unknown|networking|response|invalidsubnet|invalidresource\w*|notstabilized|serviceinternalerror|internalfailure|networkfailure|serviceexception|nosuchresource|invalidid|badresponse|invalidconfigurationrequest|resourcealreadyexists|unprocessableentity|invalidviewercertificate|illegalupdate)$/;

/** Whether a canonical code says too little to name a problem alone. */
export function isGenericCode(code: string): boolean {
  return generic.test(code);
}
