import type { StateDesk, StateEdit } from "../../handlers/iac/mending.ts";
import type { Existence } from "../../handlers/hosting/contract.ts";
import { arrayAt, isObject, objectAt, stringAt, type JsonObject } from "../core/json.ts";
import type { Resource } from "../core/resource.ts";
import type { Fix, FixDone, FixOffer, FixSituation, Workshop } from "./contract.ts";
import { refuse } from "./refuse.ts";
import { firstError, valueOf } from "./told-error.ts";

/** Mends the state where what is wrong with it is certain; a copy is kept before anything is done. */
export function state(workshop: Workshop): Fix {
  return {
    name: "state",
    impact: "high",
    spendsTry: true,
    description: "Mend the state, after a copy of it was kept",
    // What is wrong with a state is told by a solution that knows the failure, and by nothing less.
    appliesTo: () => false,
    offer: (situation) => offer(workshop, situation),
  };
}

async function offer(workshop: Workshop, situation: FixSituation): Promise<FixOffer> {
  const desk = workshop.iac.mending?.state;
  if (!desk) return refuse("this kind of project has no state to mend");
  const address = textOf(situation, "address") ?? situation.diagnosis.resource_address;
  switch (situation.operation ?? "") {
    case "refresh":
    case "refresh-only":
      return refresh(workshop, desk, situation);
    case "rm":
      return remove(workshop, desk, { address, situation });
    case "untaint":
      return untaint(workshop, desk, { address, situation });
    case "mv":
      return move(workshop, desk, situation);
    case "replace-provider":
      return replaceProvider(workshop, desk, situation);
    default:
      return refuse(`faber does not do "${situation.operation ?? "anything"}" to a state by itself`);
  }
}

function textOf({ parameters }: FixSituation, name: string): string | undefined {
  return stringAt(parameters[name]);
}

/** What the state says and the cloud does not have; only that is a reason to forget something. */
async function isGone(
  workshop: Workshop,
  address: string,
  signal: AbortSignal,
): Promise<{ readonly resource: Resource; readonly existence: Existence } | string> {
  const shown = await workshop.iac.stateShow(address);
  if (!shown.ok) return `${address} is not in the state`;
  const [existence] = (await workshop.hosting?.exists([shown.value], signal)) ?? [];
  if (!existence) return `nobody can be asked whether ${address} is there`;
  if (existence.answer === "missing") return { resource: shown.value, existence };
  const words = { found: "is there", unknown: "may be there", unverifiable: "cannot be asked for" } as const;
  const why = existence.why === undefined ? "" : `: ${existence.why}`;
  return `${address} ${words[existence.answer]} (${existence.by ?? "no call"}${why})`;
}

interface Named {
  readonly address: string | undefined;
  readonly situation: FixSituation;
}

async function remove(workshop: Workshop, desk: StateDesk, { address, situation }: Named): Promise<FixOffer> {
  if (address === undefined) return refuse("the failure does not name the resource");
  const gone = await isGone(workshop, address, situation.signal);
  if (typeof gone === "string") return refuse(`it is not certain that it is gone: ${gone}`);
  const id = gone.resource.id ?? "?";
  return edited(
    workshop,
    desk,
    { kind: "rm", address },
    {
      summary: `take ${address} out of the state; nothing is destroyed`,
      diff: [`- ${address} (id ${id})`, `  ${gone.existence.by ?? "the cloud"} says that it is gone`],
    },
  );
}

/** Never unasked: only a person can tell whether a thing that was half made is sound. */
async function untaint(
  workshop: Workshop,
  desk: StateDesk,
  { address, situation }: Named,
): Promise<FixOffer> {
  if (address === undefined) return refuse("the failure does not name the resource");
  const shown = await workshop.iac.stateShow(address);
  if (!shown.ok || !shown.value.tainted) return refuse(`${address} is not marked as tainted`);
  const [existence] = (await workshop.hosting?.exists([shown.value], situation.signal)) ?? [];
  if (existence?.answer === "missing") return refuse(`${address} does not exist: it is to be made again`);
  const seen =
    existence?.answer === "found"
      ? `it is there (${existence.by ?? "?"})`
      : "whether it is there is not known";
  return edited(
    workshop,
    desk,
    { kind: "untaint", address },
    {
      summary: `keep ${address}, which was not made to the end, instead of making it again`,
      diff: [
        `~ ${address} (id ${shown.value.id ?? "?"}): tainted -> sound`,
        `  ${seen}; look at it before you say yes`,
      ],
    },
  );
}

async function move(workshop: Workshop, desk: StateDesk, situation: FixSituation): Promise<FixOffer> {
  const [from, to] = [textOf(situation, "from"), textOf(situation, "to")];
  if (from === undefined || to === undefined) return refuse("it is not known what is to be called what");
  const [there, taken] = [await workshop.iac.stateShow(from), await workshop.iac.stateShow(to)];
  if (!there.ok) return refuse(`${from} is not in the state`);
  if (taken.ok) return refuse(`${to} is in the state already`);
  return edited(
    workshop,
    desk,
    { kind: "mv", from, to },
    {
      summary: `call ${from} ${to} in the state`,
      diff: [`- ${from}`, `+ ${to}`],
    },
  );
}

async function replaceProvider(
  workshop: Workshop,
  desk: StateDesk,
  situation: FixSituation,
): Promise<FixOffer> {
  const [from, to] = [textOf(situation, "from"), textOf(situation, "to")];
  if (from === undefined || to === undefined) return refuse("it is not known which provider it is");
  return edited(
    workshop,
    desk,
    { kind: "replace-provider", from, to },
    {
      summary: `write ${to} for ${from} into the state`,
      diff: [`- ${from}`, `+ ${to}`],
    },
  );
}

type Told = Pick<Extract<FixOffer, { readonly kind: "offered" }>, "summary" | "diff">;

function edited(workshop: Workshop, desk: StateDesk, edit: StateEdit, told: Told): FixOffer {
  return {
    kind: "offered",
    ...told,
    perform: () =>
      withBackup(workshop, desk, async () => valueOf(await desk.edit(edit), told.summary), told.summary),
  };
}

async function withBackup(
  { clock }: Workshop,
  desk: StateDesk,
  work: () => Promise<void>,
  summary: string,
): Promise<FixDone> {
  const backup = valueOf(await desk.backUp(clock.now()), "keeping a copy of the state");
  await work();
  return {
    summary: `${summary}; the state before it: ${backup.file}`,
    undo: async () => {
      valueOf(await desk.restore(backup), "putting the copy back");
      return `the state is as it was (${backup.file})`;
    },
  };
}

/** Takes notice of what is gone, and of nothing else than that without a person. */
async function refresh(workshop: Workshop, desk: StateDesk, situation: FixSituation): Promise<FixOffer> {
  const planned = await desk.previewRefresh();
  if (!planned.ok) return refuse(`the state could not be refreshed: ${firstError(planned.diagnostics)}`);
  const drift = arrayAt(planned.value.document["resource_drift"]).filter(isObject);
  if (drift.length === 0) return refuse("the state says what is there: there is nothing to take notice of");
  const address = situation.diagnosis.resource_address;
  const gone = drift.filter((entry) => actionOf(entry) === "delete").map(addressOf);
  if (
    address !== undefined &&
    !gone.includes(address) &&
    !drift.some((entry) => addressOf(entry) === address)
  )
    return refuse(
      `${address} is as the state says: what differs is ${drift.map(addressOf).slice(0, 5).join(", ")}`,
    );
  const summary = `take notice of ${drift.length === 1 ? addressOf(drift[0] ?? {}) : `${drift.length} resources`} as ${drift.length === 1 ? "it is" : "they are"}`;
  return {
    kind: "offered",
    summary,
    diff: drift.map((entry) =>
      actionOf(entry) === "delete" ? `- ${addressOf(entry)} is gone` : `~ ${addressOf(entry)} differs`,
    ),
    perform: () =>
      withBackup(workshop, desk, async () => valueOf(await planned.value.apply(), summary), summary),
  };
}

function actionOf(entry: JsonObject): string {
  return arrayAt(objectAt(entry["change"])["actions"]).map(String).join("+");
}

function addressOf(entry: JsonObject): string {
  return stringAt(entry["address"]) ?? "?";
}
