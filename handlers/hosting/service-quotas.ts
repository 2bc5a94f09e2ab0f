import { FaberError } from "../../src/core/error.ts";
import { arrayAt, objectAt, stringAt, type JsonObject } from "../../src/core/json.ts";
import { describeError, troubleOf } from "./api-error.ts";
import { clientSettings, type ClientConfig } from "./client-config.ts";
import type { Quota, QuotaName, QuotaRequest } from "./contract.ts";
import { sessionError, type SessionLabel } from "./credential-error.ts";
import { jsonApi } from "./existence/json-api.ts";

interface QuotaContext {
  readonly config: ClientConfig;
  readonly label: SessionLabel;
}

/** What applies to this account and region, and whether somebody has asked for more already. */
export async function readQuota(context: QuotaContext, { service, code }: QuotaName): Promise<Quota> {
  const name = { ServiceCode: service, QuotaCode: code };
  const said = objectAt((await ask(context, "GetServiceQuota", name))["Quota"]);
  const value = said["Value"];
  if (typeof value !== "number") throw unavailable("the answer holds no value");
  const history = await ask(context, "ListRequestedServiceQuotaChangeHistoryByQuota", name);
  const open = arrayAt(history["RequestedQuotas"])
    .map(objectAt)
    .find(({ Status }) => Status === "PENDING" || Status === "CASE_OPENED");
  const desired = open?.["DesiredValue"];
  return {
    name: stringAt(said["QuotaName"]) ?? code,
    value,
    adjustable: said["Adjustable"] === true,
    ...(open === undefined || typeof desired !== "number"
      ? {}
      : { open: { ...requestIn(open), value: desired } }),
  };
}

/** Asks AWS for more; support may want days for it. */
export async function requestQuota(
  context: QuotaContext,
  { service, code }: QuotaName,
  value: number,
): Promise<QuotaRequest> {
  const said = await ask(context, "RequestServiceQuotaIncrease", {
    ServiceCode: service,
    QuotaCode: code,
    DesiredValue: value,
  });
  return requestIn(objectAt(said["RequestedQuota"]));
}

function requestIn(request: JsonObject): QuotaRequest {
  return { id: stringAt(request["Id"]) ?? "?", status: stringAt(request["Status"]) ?? "?" };
}

async function ask(
  { config, label }: QuotaContext,
  operation: string,
  input: JsonObject,
): Promise<JsonObject> {
  const quotas = jsonApi(clientSettings(config), {
    service: "servicequotas",
    target: "ServiceQuotasV20190624",
    protocol: "1.1",
  });
  try {
    return await quotas(operation, input);
  } catch (error) {
    const whole = sessionError(error, label);
    if (whole !== undefined) throw whole;
    // An emulator without the service answers with a page that is no JSON.
    if (troubleOf(error) === "bug" && !(error instanceof SyntaxError)) throw error;
    throw unavailable(describeError(error), error);
  }
}

function unavailable(why: string, cause?: unknown): FaberError {
  return new FaberError({
    code: "quotas-unavailable",
    exit: "credentials-or-permissions",
    message: `Service Quotas gives no answer: ${why}`,
    hints: ["it takes servicequotas:GetServiceQuota and servicequotas:RequestServiceQuotaIncrease"],
    cause,
  });
}
