import type { IAM } from "@aws-sdk/client-iam";
import type { S3 } from "@aws-sdk/client-s3";
import type { Severity } from "../../../src/core/finding.ts";
import type { Resource } from "../../../src/core/resource.ts";
import { describeError, troubleOf } from "../api-error.ts";
import { clientSettings, type ClientConfig } from "../client-config.ts";
import type { Observation, Unchecked } from "../contract.ts";
import { sessionError, type SessionLabel } from "../credential-error.ts";
import { jsonApi, type JsonApi, type JsonService } from "../existence/json-api.ts";
import { openIam, openPatientS3 } from "../existence/patient-clients.ts";
import { callQueryApi, type QueryCall } from "../existence/query-api.ts";
import { restApi, type RestApi } from "../existence/rest-api.ts";
import { parseXml, type XmlElement } from "../existence/xml.ts";

/** `absent`: the service says that there is no such thing; `untold`: it did not say, and that is noted. */
export type Reply<T> =
  | { readonly kind: "told"; readonly value: T }
  | { readonly kind: "absent" }
  | { readonly kind: "untold" };

/** Where one resource is asked about: the services of its region, and what came of the questions. */
export interface Desk {
  readonly config: ClientConfig;
  readonly address: string;
  /** Twelve digits, from the resource's ARN or the session's other ARNs. */
  readonly account: string | undefined;
  readonly json: (service: JsonService) => JsonApi;
  readonly rest: (service: string) => RestApi;
  /** The answer of the Query protocol, as a tree. */
  readonly query: (call: QueryCall) => Promise<XmlElement>;
  readonly s3: () => Promise<S3>;
  readonly iam: () => Promise<IAM>;
  /** The same work for several resources is done once. */
  readonly once: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** Puts one question. What concerns the whole session, as expired credentials do, is thrown. */
  readonly ask: <T>(call: string, work: () => Promise<T>) => Promise<Reply<T>>;
  /** Notes that a call gave no answer that can be used. */
  readonly note: (call: string, why: string) => void;
}

export interface DeskParts {
  readonly clients: Clients;
  readonly label: SessionLabel;
  readonly account: string | undefined;
  readonly resource: Resource;
  readonly unchecked: Unchecked[];
}

/** What all desks of a region share. */
export interface Clients extends Pick<Desk, "config" | "json" | "rest" | "query" | "s3" | "iam" | "once"> {}

export function clientsOf(config: ClientConfig): Clients {
  const settings = clientSettings(config);
  const done = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const known = done.get(name) ?? work();
    done.set(name, known);
    return known as Promise<T>;
  };
  return {
    config,
    json: (service) => jsonApi(settings, service),
    rest: (service) => restApi(settings, service),
    query: async (call) => parseXml(await callQueryApi(config, call)),
    s3: () => once("s3", () => openPatientS3(settings)),
    iam: () => once("iam", () => openIam(settings)),
    once,
  };
}

export function deskOf({ clients, label, account, resource, unchecked }: DeskParts): Desk {
  const { address } = resource;
  const note = (call: string, why: string): void => void unchecked.push({ address, call, why });
  return {
    ...clients,
    address,
    account: accountIn(resource.arn) ?? account,
    note,
    ask: async (call, work) => {
      try {
        return { kind: "told", value: await work() };
      } catch (error) {
        const whole = sessionError(error, label);
        if (whole !== undefined) throw whole;
        const trouble = troubleOf(error);
        if (trouble === "not-found") return { kind: "absent" };
        // A page that is no answer of the API's fails in the parser.
        if (trouble === "bug" && !(error instanceof SyntaxError)) throw error;
        note(call, describeError(error));
        return { kind: "untold" };
      }
    },
  };
}

export function accountIn(arn: string | undefined): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn ?? "")?.[1];
}

/** One line for a reader to say what it saw. */
export interface Saying {
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
}

export function observe({ address }: Desk, rule: string, saying: Saying): Observation {
  return { rule, address, ...saying };
}

/** Looks at resources of some types. */
export interface PostureReader {
  readonly types: readonly string[];
  readonly read: (desk: Desk, resource: Resource) => Promise<readonly Observation[]>;
}
