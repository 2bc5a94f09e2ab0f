import { randomUUID } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { failed, told, type Told } from "../../../src/core/diagnostic.ts";
import type { Environment } from "../../../src/core/environment.ts";
import { arrayAt, isObject, stringAt, parseObject, type JsonObject } from "../../../src/core/json.ts";
import { writeFileAtomically } from "../../../src/workdir/atomic-file.ts";
import { keepStateBackup } from "../../../src/workdir/state-backups.ts";
import type { ErroredState, StateBackup, StateDesk, StateEdit } from "../mending.ts";
import { answerOf, query, stream, textAnswer, type Invocation } from "./invocation.ts";

export interface DeskParts {
  readonly environment: Environment;
  readonly invocation: Invocation;
  /** What was read of the state is no longer so. */
  readonly changed: () => void;
}

type Refresh = Pick<StateDesk, "previewRefresh">;

/** Work on the state itself, by Terraform's own commands; each takes the lock. */
export function stateDesk(parts: DeskParts, plans: Refresh): StateDesk {
  return {
    backUp: (now) => backUp(parts, now),
    restore: (backup) => restore(parts, backup),
    edit: (edit) => command(parts, argumentsOf(edit), "terraform state"),
    errored: () => readErrored(parts),
    ...plans,
  };
}

/** Applies a saved plan that only takes notice of what there is. */
export async function applyRefresh(parts: DeskParts, file: string): Promise<Told<void>> {
  const streamed = await stream(parts.invocation, ["apply", "-input=false", "-json", file]);
  parts.changed();
  return answerOf(streamed, "terraform apply -refresh-only");
}

function argumentsOf(edit: StateEdit): readonly string[] {
  switch (edit.kind) {
    case "rm":
      return ["state", "rm", "--", edit.address];
    case "mv":
      return ["state", "mv", "--", edit.from, edit.to];
    case "untaint":
      return ["untaint", "--", edit.address];
    case "replace-provider":
      return ["state", "replace-provider", "-auto-approve", "--", edit.from, edit.to];
  }
}

async function command(parts: DeskParts, args: readonly string[], what: string): Promise<Told<void>> {
  const { end } = await stream(parts.invocation, args);
  parts.changed();
  const ran = { ended: end.ended, stdout: "", stderr: end.stderr };
  return textAnswer(ran, what, () => undefined);
}

interface RawState {
  readonly lineage: string;
  readonly serial: number;
  readonly resources: number;
  readonly document: JsonObject;
  readonly text: string;
}

/** Nothing where no state was ever stored. */
async function pullRaw({ invocation }: DeskParts): Promise<Told<RawState | undefined>> {
  return textAnswer(await query(invocation, ["state", "pull"]), "terraform state pull", readRaw);
}

/** A state of version 4; nothing where the text is none, or is what a backend gives that holds none. */
export function readRaw(text: string): RawState | undefined {
  if (text.trim() === "") return undefined;
  const document = parseObject(text);
  const lineage = stringAt(document?.["lineage"]);
  const serial = document?.["serial"];
  if (document?.["version"] !== 4 || !lineage || typeof serial !== "number") return undefined;
  const managed = arrayAt(document["resources"])
    .filter(isObject)
    .filter(({ mode }) => mode === "managed");
  const resources = managed.reduce((sum, { instances }) => sum + arrayAt(instances).length, 0);
  return { lineage, serial, resources, document, text };
}

async function backUp(parts: DeskParts, now: Date): Promise<Told<StateBackup>> {
  const pulled = await pullRaw(parts);
  if (!pulled.ok) return pulled;
  if (!pulled.value) return failed([noState]);
  const { text, lineage, serial } = pulled.value;
  return told({ file: await keepStateBackup(parts.environment, text, now), lineage, serial });
}

const noState = { severity: "error", summary: "There is no state to back up", detail: "" } as const;

/** As the newest version: Terraform takes no older one, and that is right. */
async function restore(parts: DeskParts, backup: StateBackup): Promise<Told<void>> {
  const [pulled, text] = [await pullRaw(parts), await readFile(backup.file, "utf8")];
  if (!pulled.ok) return pulled;
  const kept = readRaw(text);
  if (!kept) return failed([{ ...noState, summary: `The backup cannot be read: ${backup.file}` }]);
  const serial = Math.max(kept.serial, pulled.value?.serial ?? 0) + 1;
  const file = join(parts.invocation.scratchDir, `restore-${randomUUID()}.tfstate`);
  await writeFileAtomically(file, JSON.stringify({ ...kept.document, serial }, null, 2));
  try {
    return await command(parts, ["state", "push", file], "terraform state push");
  } finally {
    await rm(file, { force: true });
  }
}

const leftBehind = "errored.tfstate";

/** Terraform writes it into the folder it runs in when the backend takes no state. */
export async function readErrored(parts: DeskParts): Promise<ErroredState> {
  const file = join(parts.invocation.root, leftBehind);
  const text = await readFile(file, "utf8").catch(() => undefined); // None: nothing was left behind.
  if (text === undefined) return { kind: "none" };
  const left = readRaw(text);
  if (!left) return { kind: "unusable", why: `${leftBehind} holds no state that can be read`, hints: [] };
  const pulled = await pullRaw(parts);
  if (!pulled.ok)
    return {
      kind: "unusable",
      why: `the stored state cannot be read: ${pulled.diagnostics[0]?.summary ?? "?"}`,
      hints: [],
    };
  const stored = pulled.value;
  const hints = [
    "compare the two by hand: terraform state pull > stored.json",
    `look at lineage, serial and resources of stored.json and ${leftBehind}`,
  ];
  if (stored && stored.lineage !== left.lineage)
    return {
      kind: "unusable",
      why: `${leftBehind} is of another lineage (${left.lineage}) than the stored state (${stored.lineage}): it is the state of something else, or of another workspace`,
      hints,
    };
  if (stored && stored.serial >= left.serial)
    return {
      kind: "unusable",
      why: `${leftBehind} is not newer (serial ${left.serial}) than the stored state (serial ${stored.serial})`,
      hints,
    };
  return {
    kind: "newer",
    file,
    serial: left.serial,
    ...(stored === undefined ? {} : { storedSerial: stored.serial }),
    resources: left.resources,
    storedResources: stored?.resources ?? 0,
    push: async () => {
      const pushed = await command(parts, ["state", "push", file], "terraform state push");
      if (pushed.ok) await rename(file, `${file}.pushed`);
      return pushed;
    },
    unname: () => rename(`${file}.pushed`, file),
  };
}
