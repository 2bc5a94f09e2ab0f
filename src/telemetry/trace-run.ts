import { randomBytes } from "node:crypto";
import { messageOf } from "../core/error.ts";
import type { FaberEvent, ResourceEvent, RunInfo } from "../core/event.ts";
import type { Exit } from "../core/exit.ts";
import type { Host } from "../core/host.ts";
import type { Redactor } from "../core/redact.ts";
import type { StageResult, TestResult } from "../core/result.ts";
import type { Clock } from "../core/world.ts";
import { exportRequest, type Attributes, type Span } from "./span.ts";
import type { TelemetrySettings } from "./settings.ts";

export interface TraceSetting {
  readonly settings: TelemetrySettings;
  readonly redactor: Redactor;
  readonly clock: Clock;
  readonly version: string;
  /** Told once, with the reason, when the traces could not be sent. */
  readonly onLost: (why: string) => void;
}

interface Open {
  readonly spanId: string;
  readonly start: number;
  readonly attributes: Attributes;
}

/** A plan of ten thousand resources must not become a request of a hundred megabytes. */
const mostSpans = 5_000;

/**
 * Follows the events of a run and sends one trace when it is over: run, stages, tests, hooks and resources. Nothing of
 * a run waits for it, and no failure of it fails a run.
 */
export function traceRun(
  setting: TraceSetting,
): Pick<Host, "emit"> & { readonly close: () => Promise<void> } {
  const { settings, redactor, version, clock } = setting;
  const tree = new SpanTree(() => clock.now().getTime());
  return {
    emit: (event) => follow(tree, event),
    close: async () => {
      const spans = tree.finish(settings.parent?.spanId);
      if (spans.length === 0) return;
      const traceId = settings.parent?.traceId ?? hex(16);
      await send(setting, exportRequest(redactor.value(spans), traceId, settings, version));
    },
  };
}

/** The spans of one run: what has ended, and what is still going on. */
class SpanTree {
  readonly #now: () => number;
  readonly #ended: Span[] = [];
  readonly #open = new Map<string, Open>();
  #run: Open | undefined;
  #stage: Open | undefined;
  #dropped = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  openRun(attributes: Attributes): void {
    this.#run = this.#begun(attributes);
  }

  openStage(attributes: Attributes): void {
    this.#stage = this.#begun(attributes);
  }

  open(name: string, attributes: Attributes = {}): void {
    this.#open.set(name, this.#begun(attributes));
  }

  /** Adds to what the run as a whole is told with. */
  tell(attributes: Attributes): void {
    if (this.#run) this.#run = { ...this.#run, attributes: { ...this.#run.attributes, ...attributes } };
  }

  closeStage(name: string, ending: Ending): void {
    this.#add(this.#stage, this.#run, name, ending);
    this.#stage = undefined;
  }

  /** Ends what was begun under `key`, or something that was not heard of before. */
  close(key: string, name: string, ending: Ending): void {
    this.#add(this.#open.get(key), this.#stage ?? this.#run, name, ending);
    this.#open.delete(key);
  }

  /** Everything, the run itself first; nothing when no run has begun. */
  finish(parentId: string | undefined): readonly Span[] {
    if (this.#run === undefined) return [];
    const { attributes } = this.#run;
    const { "faber.exit_code": code, "faber.reason": reason, "faber.command": command } = attributes;
    const whole: Span = {
      ...this.#run,
      ...(parentId === undefined ? {} : { parentId }),
      name: `faber ${String(command)}`,
      end: this.#now(),
      attributes: { ...attributes, ...(this.#dropped === 0 ? {} : { "faber.dropped_spans": this.#dropped }) },
      ...(code === 0 ? {} : { failure: String(reason ?? "the run did not end") }),
    };
    return [whole, ...this.#ended];
  }

  #begun(attributes: Attributes): Open {
    return { spanId: hex(8), start: this.#now(), attributes };
  }

  #add(begun: Open | undefined, parent: Open | undefined, name: string, ending: Ending): void {
    if (this.#ended.length >= mostSpans) {
      this.#dropped += 1;
      return;
    }
    this.#ended.push({
      spanId: begun?.spanId ?? hex(8),
      ...(parent === undefined ? {} : { parentId: parent.spanId }),
      name,
      start: begun?.start ?? this.#now() - (ending.durationMs ?? 0),
      end: this.#now(),
      attributes: { ...begun?.attributes, ...ending.attributes },
      ...(ending.failure === undefined ? {} : { failure: ending.failure }),
    });
  }
}

interface Ending {
  readonly attributes: Attributes;
  /** Where its beginning was not heard of. */
  readonly durationMs?: number;
  readonly failure?: string;
}

function follow(tree: SpanTree, event: FaberEvent): void {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest is no piece of work with a time of its own
  switch (event.type) {
    case "run.started":
      return tree.openRun(ofRun(event.run));
    case "run.ended":
      return tree.tell(ofExit(event.report.exit));
    case "run.failed":
      return tree.tell(ofExit(event.exit));
    case "plan.approved":
      return tree.tell({ "faber.plan": event.approval.digest, "faber.approved_via": event.approval.via });
    case "stage.started":
      return tree.openStage({ "faber.stage": event.stage });
    case "stage.ended":
      return tree.closeStage(`stage ${event.result.stage}`, ofStage(event.result));
    case "test.started":
      return tree.open(`test ${event.name}`);
    case "test.ended":
      return tree.close(`test ${event.test.name}`, `test ${event.test.name}`, ofTest(event.test));
    case "hook.ended": {
      const failure = event.ok ? {} : { failure: event.ended };
      const attributes = { "faber.hook": event.point };
      return tree.close("hook", `hook ${event.point}`, {
        durationMs: event.duration_ms,
        attributes,
        ...failure,
      });
    }
    case "resource.started":
      return tree.open(`resource ${event.address}`);
    case "resource.ended":
    case "resource.failed":
      return tree.close(`resource ${event.address}`, `${event.action} ${event.address}`, ofResource(event));
    default:
      return undefined;
  }
}

function ofExit({ code, name, reason }: Exit): Attributes {
  return { "faber.exit_code": code, "faber.exit_name": name, "faber.reason": reason };
}

function ofRun(run: RunInfo): Attributes {
  return {
    "faber.run_id": run.run_id,
    "faber.command": run.command,
    "faber.project": run.project,
    "faber.environment": run.environment,
    "faber.hosting": run.hosting,
    "faber.protected": run.protected,
    "cloud.region": run.region,
  };
}

function ofStage({ status, headline, exit, duration_ms }: StageResult): Ending {
  const failure = exit === undefined ? {} : { failure: headline };
  return { durationMs: duration_ms, attributes: { "faber.status": status }, ...failure };
}

function ofTest({ name, status, reason, duration_ms }: TestResult): Ending {
  const failed = status === "FAIL" || status === "ERROR";
  const failure = failed ? { failure: reason ?? status } : {};
  return { durationMs: duration_ms, attributes: { "faber.test": name, "faber.status": status }, ...failure };
}

function ofResource({ type, action, address, elapsed_s }: ResourceEvent): Ending {
  const failure = type === "resource.failed" ? { failure: "the resource failed" } : {};
  const attributes = { "faber.address": address, "faber.action": action };
  return { durationMs: elapsed_s * 1_000, attributes, ...failure };
}

async function send({ settings, redactor, onLost }: TraceSetting, body: object): Promise<void> {
  try {
    const answer = await fetch(settings.url, {
      method: "POST",
      headers: { ...settings.headers, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(settings.timeoutMs),
    });
    await answer.body?.cancel();
    if (!answer.ok) onLost(`the collector answers ${answer.status}`);
  } catch (error) {
    // Whatever it is: a run is not about its traces.
    const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : "";
    onLost(redactor.text(`${messageOf(error)}${cause}`));
  }
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}
