import { objectAt, stringAt, type JsonObject } from "../../../src/core/json.ts";

/** `crash`: faber and Terraform at once, as when a machine is lost. */
const endings = ["SIGINT", "SIGTERM", "double SIGINT", "SIGKILL", "crash"] as const;
type Ending = (typeof endings)[number];
/** `fix`: a deploy that finds one of its things there already, and imports it unasked. */
export type KilledCommand = "preview" | "deploy" | "fix" | "destroy" | "reap";

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
  fix: ["resource.failed 1", "fix 1", "fix 2", "plan.approved 2", "apply.intended 2", "resource.ended 5"],
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

function allCases(): readonly KillCase[] {
  return endings.flatMap((ending) =>
    (["preview", "deploy", "fix", "destroy", "reap"] as const).flatMap((command) =>
      boundaries[command]
        .filter((boundary) => ending !== "crash" || whileChanging.test(boundary))
        .map((boundary) => ({ command, boundary, ending })),
    ),
  );
}

/** One of every command and every ending, where most is at stake. */
export const sampleCases: readonly KillCase[] = [
  { command: "preview", boundary: "tool.started plan", ending: "SIGINT" },
  { command: "deploy", boundary: "plan.approved", ending: "SIGTERM" },
  { command: "deploy", boundary: "resource.ended 1", ending: "double SIGINT" },
  { command: "deploy", boundary: "resource.started 4", ending: "SIGKILL" },
  { command: "deploy", boundary: "resource.ended 3", ending: "crash" },
  { command: "fix", boundary: "fix 1", ending: "SIGKILL" },
  { command: "destroy", boundary: "resource.ended 1", ending: "SIGINT" },
  { command: "reap", boundary: "apply.intended", ending: "SIGKILL" },
];

/** At most `count` of them, always the same ones; the first few are spread over all. */
export function someCases(count: number): readonly KillCase[] {
  const all = allCases();
  // The golden section's steps meet every case once and leave no corner for the end, where the two have no divisor.
  let step = Math.round(all.length * 0.618);
  while (divisorOf(step, all.length) !== 1) step += 1;
  return Array.from(
    { length: Math.min(count, all.length) },
    (_, nth) => all[(nth * step) % all.length],
  ).filter((one) => one !== undefined);
}

function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b);
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
