import type { ClientConfig } from "./client-config.ts";
import type { HostingSession } from "./contract.ts";
import type { SessionLabel } from "./credential-error.ts";

type Questions = Pick<
  HostingSession,
  "exists" | "posture" | "monitoring" | "health" | "tagged" | "locate" | "whoChanged"
>;

/** What a session asks the cloud about. Each reader is loaded when it is first asked: start-up pays for none. */
export function createQuestions(parts: {
  readonly config: ClientConfig;
  readonly label: SessionLabel;
}): Questions {
  const asking = (signal: AbortSignal) => ({ config: parts.config, label: parts.label, signal });
  return {
    exists: async (resources, signal, onAnswer) => {
      const { askEach } = await import("./existence/ask-each.ts");
      return askEach(resources, onAnswer === undefined ? asking(signal) : { ...asking(signal), onAnswer });
    },
    posture: async (resources, signal) => {
      const { readPosture } = await import("./posture/read-posture.ts");
      return readPosture(resources, asking(signal));
    },
    monitoring: async (resources, signal) => {
      const { readMonitoring } = await import("./monitoring/read-monitoring.ts");
      return readMonitoring(resources, asking(signal));
    },
    health: async (request, signal, onAnswer) => {
      const { readHealth } = await import("./health/read-health.ts");
      return readHealth(request, asking(signal), onAnswer);
    },
    tagged: async (tags, signal, regions = []) => {
      const { findTagged } = await import("./inventory/find-tagged.ts");
      return findTagged(tags, regions, asking(signal));
    },
    locate: async (planned, signal) => {
      const { locate } = await import("./locate.ts");
      return locate(planned, asking(signal));
    },
    whoChanged: async (resources, signal, since) => {
      const { whoChanged } = await import("./who-changed.ts");
      return whoChanged(resources, since === undefined ? asking(signal) : { ...asking(signal), since });
    },
  };
}
