import { objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";

/** `crash`: faber and Terraform at once, as when a machine is lost. */
export const endings = ["SIGINT", "SIGTERM", "double SIGINT", "SIGKILL", "crash"] as const;
export type Ending = (typeof endings)[number];
export type KilledCommand = "preview" | "deploy" | "destroy" | "reap";

export interface KillCase {
  readonly command: KilledCommand;
  /** A line of the journal: `resource.ended 3` is the third of its kind. */
  readonly boundary: string;
  readonly ending: Ending;
}

const boundaries: Readonly<Record<KilledCommand, readonly string[]>> = {
  preview: ["run.started", "tool.started plan", "plan.shown"],
  deploy: [
    "run.started",
    "identity.known",
    "stage.started validate",
    "tool.started plan",
    "stage.ended validate",
    "plan.shown",
    "stage.started approve",
    "plan.approved",
    "apply.intended",
    "apply.started",
    "resource.started 1",
    "resource.started 4",
    "resource.ended 1",
    "resource.ended 3",
    "resource.ended 6",
    "stage.ended deploy",
    "stage.started post-tests",
    "test.ended 1",
  ],
  destroy: [
    "run.started",
    "stage.ended validate",
    "plan.shown",
    "plan.approved",
    "state.backed-up",
    "apply.intended",
    "apply.started",
    "resource.started 1",
    "resource.ended 1",
    "resource.ended 4",
    "stage.ended deploy",
    "stage.started post-tests",
  ],
  reap: ["plan.shown", "apply.intended", "resource.ended 1"],
};

/** Where a lost machine can leave things in no state. */
const whileChanging = /^(?:apply\.started|resource\.)/;

export function allCases(): readonly KillCase[] {
  return endings.flatMap((ending) =>
    (["preview", "deploy", "destroy", "reap"] as const).flatMap((command) =>
      boundaries[command]
        .filter((boundary) => ending !== "crash" || whileChanging.test(boundary))
        .map((boundary) => ({ command, boundary, ending })),
    ),
  );
}

/** About `count` of them, spread over all; always the same ones. */
export function someCases(count: number): readonly KillCase[] {
  const all = allCases();
  if (count >= all.length) return all;
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).filter(
    (one) => one !== undefined,
  );
}

/** Whether a journal has come to a boundary. */
export function hasReached(boundary: string, events: readonly JsonObject[]): boolean {
  const [type = "", which] = boundary.split(" ");
  const ofType = events.filter((event) => event["type"] === type);
  if (which === undefined) return ofType.length > 0;
  if (/^\d+$/.test(which)) return ofType.length >= Number(which);
  return ofType.some(
    (event) =>
      event["stage"] === which ||
      event["command"] === which ||
      stringAt(objectAt(event["result"])["stage"]) === which,
  );
}

export function nameOf({ command, boundary, ending }: KillCase): string {
  return `${ending} at ${boundary} of ${command}`;
}
