import type { TelemetrySettings } from "./settings.ts";

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** One piece of work that has ended. */
export interface Span {
  readonly spanId: string;
  readonly parentId?: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly attributes: Attributes;
  /** Why it failed; absent when it did not. */
  readonly failure?: string;
}

const nanosecondsPerMillisecond = 1_000_000n;
const internal = 1;
const failed = 2;

/** Spans as an ExportTraceServiceRequest in JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export function exportRequest(
  spans: readonly Span[],
  traceId: string,
  { serviceName, resource }: Pick<TelemetrySettings, "serviceName" | "resource">,
  version: string,
): object {
  return {
    resourceSpans: [
      {
        resource: {
          attributes: attributeList({ ...resource, "service.name": serviceName, "service.version": version }),
        },
        scopeSpans: [
          { scope: { name: "faber", version }, spans: spans.map((span) => written(span, traceId)) },
        ],
      },
    ],
  };
}

function written(span: Span, traceId: string): object {
  return {
    traceId,
    spanId: span.spanId,
    ...(span.parentId === undefined ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    kind: internal,
    startTimeUnixNano: nanoseconds(span.start),
    endTimeUnixNano: nanoseconds(Math.max(span.start, span.end)),
    attributes: attributeList(span.attributes),
    status: span.failure === undefined ? {} : { code: failed, message: span.failure },
  };
}

function nanoseconds(milliseconds: number): string {
  return String(BigInt(Math.round(milliseconds)) * nanosecondsPerMillisecond);
}

function attributeList(attributes: Attributes): readonly object[] {
  return Object.entries(attributes)
    .filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined)
    .map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
