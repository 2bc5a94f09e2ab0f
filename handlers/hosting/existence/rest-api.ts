import { objectAt, type JsonObject } from "../../../src/core/json.ts";
import type { ClientSettings } from "../client-config.ts";
import { jsonErrorIn } from "./json-error.ts";
import type { Attributes, ProbeRow } from "./probe.ts";
import { percentEncoded, sendSigned } from "./signed-call.ts";

/** Reads what a path names, of a service that speaks REST with JSON. */
export type RestApi = (path: string, query?: Readonly<Record<string, string>>) => Promise<JsonObject>;

export function restApi(settings: ClientSettings, service: string): RestApi {
  return async (path, query = {}) => {
    const text = await sendSigned(settings, {
      service,
      // Without it API Gateway answers in HAL.
      headers: { accept: "application/json" },
      path,
      query,
      errorIn: jsonErrorIn,
    });
    return text === "" ? {} : objectAt(JSON.parse(text));
  };
}

/** `/restapis/{rest_api_id}/stages/{stage_name}` with the resource's attributes in it; throws where one is missing. */
export function pathOf(template: string, of: Attributes): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => percentEncoded(of.text(name)));
}

/** A thing that is there when its path is. */
export function pathRow(type: string, call: string, template: string): ProbeRow<RestApi> {
  return { types: [type], call, ask: async (api, of) => api(pathOf(template, of)) };
}
