/** The caller's surroundings, as faber's World hands them on. */
export type Surroundings = Readonly<Record<string, string | undefined>>;

/** Variables of the SDKs that say nothing about who acts or where. */
const harmless = new Set(["AWS_CA_BUNDLE", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE", "AWS_PAGER"]);

/** Named like endpoints, and none for requests: two switches and the instance's own metadata. */
const noEndpoints = new Set([
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_EC2_METADATA_SERVICE_ENDPOINT",
]);

/** Without what is not set. */
export function definedIn(env: Surroundings): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) kept[name] = value;
  return kept;
}

/** Without every AWS variable but the harmless ones: what is not known to be harmless could name an identity. */
export function withoutAws(env: Surroundings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(definedIn(env)).filter(
      ([name]) => harmless.has(name) || !(name.startsWith("AWS_") || isLegacyEndpoint(name)),
    ),
  );
}

/** Variables that send requests somewhere else, with their values; the SDKs can be told to ignore their own. */
export function endpointVariables(env: Surroundings): readonly (readonly [name: string, url: string])[] {
  const ignored = env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true";
  return Object.entries(definedIn(env)).filter(
    ([name, value]) =>
      value !== "" && (isLegacyEndpoint(name) || (!ignored && /^AWS_ENDPOINT_URL(_[A-Z0-9_]+)?$/.test(name))),
  );
}

/** `AWS_S3_ENDPOINT` and its like: older spellings that Terraform's provider and S3 backend still read. */
function isLegacyEndpoint(name: string): boolean {
  return /^(TF_)?AWS_[A-Z0-9_]+_ENDPOINT$/.test(name) && !noEndpoints.has(name);
}
