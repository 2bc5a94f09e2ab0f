/** Where traces go: the standard variables of OpenTelemetry, https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export interface TelemetrySettings {
  /** Of the traces, whole. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly resource: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** The span that a job was started in: W3C Trace Context. */
  readonly parent?: { readonly traceId: string; readonly spanId: string };
}

/** Why nothing is sent though an endpoint is named. */
export interface TelemetryRefusal {
  readonly refused: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** A collector that does not answer must not hold up the end of a run for longer. */
const longestTimeoutMs = 5_000;

/** What the variables ask for; nothing when no endpoint is named, or when they switch it off. */
export function telemetrySettings(env: Env): TelemetrySettings | TelemetryRefusal | undefined {
  const url = endpointOf(env);
  if (url === undefined || isOff(env)) return undefined;
  const protocol =
    env["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] || env["OTEL_EXPORTER_OTLP_PROTOCOL"] || "http/json";
  if (!protocol.startsWith("http/"))
    return { refused: `the protocol ${protocol} is not spoken: set OTEL_EXPORTER_OTLP_PROTOCOL=http/json` };
  if (!/^https?:\/\/[^\s]+$/.test(url)) return { refused: "the endpoint is no http:// or https:// address" };
  const parent = parentOf(env["TRACEPARENT"]);
  if (parent === "not-sampled") return undefined;
  return {
    url,
    headers: pairsIn(env["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] || env["OTEL_EXPORTER_OTLP_HEADERS"]),
    serviceName: env["OTEL_SERVICE_NAME"] || "faber",
    resource: pairsIn(env["OTEL_RESOURCE_ATTRIBUTES"]),
    timeoutMs: timeoutOf(env["OTEL_EXPORTER_OTLP_TRACES_TIMEOUT"] || env["OTEL_EXPORTER_OTLP_TIMEOUT"]),
    ...(parent === undefined ? {} : { parent }),
  };
}

function endpointOf(env: Env): string | undefined {
  const own = env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
  if (own) return own;
  const base = env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  return base ? `${base.replace(/\/+$/, "")}/v1/traces` : undefined;
}

function isOff(env: Env): boolean {
  return (
    env["OTEL_SDK_DISABLED"]?.toLowerCase() === "true" ||
    env["OTEL_TRACES_EXPORTER"] === "none" ||
    env["OTEL_TRACES_SAMPLER"] === "always_off"
  );
}

/** `00-TRACE-SPAN-FLAGS`: https://www.w3.org/TR/trace-context/#traceparent-header */
function parentOf(text: string | undefined): TelemetrySettings["parent"] | "not-sampled" {
  const match = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(text ?? "");
  const [, traceId = "", spanId = "", flags = ""] = match ?? [];
  if (match === null || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return (Number.parseInt(flags, 16) & 1) === 1 ? { traceId, spanId } : "not-sampled";
}

/** `key=value,key=value`, percent-encoded. */
function pairsIn(text: string | undefined): Readonly<Record<string, string>> {
  const pairs = (text ?? "").split(",").map((pair) => pair.split("="));
  return Object.fromEntries(
    pairs.flatMap(([key = "", ...value]) =>
      key.trim() === "" || value.length === 0 ? [] : [[key.trim(), decoded(value.join("=").trim())]],
    ),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text; // Not encoded after all.
    throw error;
  }
}

function timeoutOf(text: string | undefined): number {
  const given = Number(text);
  return text && Number.isFinite(given) && given > 0 ? Math.min(given, longestTimeoutMs) : longestTimeoutMs;
}
