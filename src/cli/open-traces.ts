import type { Host } from "../core/host.ts";
import type { Invocation } from "./define.ts";
import type { Borrowed } from "./borrowed.ts";
import { version } from "./version.ts";

/** The host with a listener that sends traces, where OpenTelemetry's variables name a collector; else as it is. */
export async function withTraces(
  host: Pick<Host, "emit">,
  { world, redactor }: Pick<Invocation, "world" | "redactor">,
  borrowed: Borrowed,
): Promise<readonly Pick<Host, "emit">[]> {
  const { env, clock } = world;
  if (!env["OTEL_EXPORTER_OTLP_ENDPOINT"] && !env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]) return [];
  const [{ telemetrySettings }, { traceRun }] = await Promise.all([
    import("../telemetry/settings.ts"),
    import("../telemetry/trace-run.ts"),
  ]);
  const onLost = (why: string): void =>
    host.emit({
      type: "notice",
      level: "warning",
      code: "traces-not-sent",
      text: `no traces were sent: ${why}`,
    });
  const settings = telemetrySettings(env);
  if (settings === undefined) return [];
  if ("refused" in settings) {
    onLost(settings.refused);
    return [];
  }
  for (const value of Object.values(settings.headers)) redactor.learn(value);
  const traces = traceRun({ settings, redactor, clock, version, onLost });
  borrowed.owe(traces.close);
  return [traces];
}
