import { randomUUID } from "node:crypto";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { failed, told, type Diagnostic, type Told } from "../../../src/core/diagnostic.ts";
import type { IacSetting } from "../contract.ts";
import type { ImportWish } from "../mending.ts";
import { withImportBlocks, type KeptImports } from "./import-desk.ts";
import { answerOf, stream, type Invocation } from "./invocation.ts";
import { readErrored } from "./state-desk.ts";
import { pointToSettings, variableArguments } from "./variables.ts";

export interface PlanOptions {
  readonly destroy: boolean;
  readonly refreshOnly?: boolean;
  readonly targets?: readonly string[];
  readonly imports?: readonly ImportWish[];
}

export type MakePlan = (options: PlanOptions) => Promise<Told<{ readonly file: string }>>;

/** `terraform plan` with the imports of this run. */
export function planner(parts: {
  readonly setting: IacSetting;
  readonly invocation: Invocation;
  readonly imports: KeptImports;
  readonly changed: () => void;
}): MakePlan {
  const { setting, invocation, imports, changed } = parts;
  return async (options) => {
    const added = options.imports ?? [];
    const others = imports.agreed().filter((one) => !added.some(({ address }) => address === one.address));
    const all = options.destroy || options.refreshOnly ? [] : [...others, ...added];
    const left = options.refreshOnly
      ? undefined
      : await readErrored({ environment: setting.environment, invocation, changed });
    if (left?.kind === "newer") return failed([notStored(left)]);
    return withImportBlocks(invocation.root, all, () => makePlan(setting, invocation, options));
  };
}

/** A plan over the older state would make once more what exists. */
function notStored(left: {
  readonly serial: number;
  readonly storedSerial?: number;
  readonly resources: number;
}): Diagnostic {
  return {
    severity: "error",
    summary: "Failed to save state: the newest state lies in errored.tfstate",
    detail:
      `An earlier run could not store its state. errored.tfstate (serial ${left.serial}, ${left.resources} resources) ` +
      `is newer than what is stored (serial ${left.storedSerial ?? "none"}). A plan over the stored state would make ` +
      "once more what exists. Store it first: terraform state push errored.tfstate; or remove the file, if it is not wanted.",
  };
}

async function makePlan(
  setting: IacSetting,
  invocation: Invocation,
  options: PlanOptions,
): Promise<Told<{ readonly file: string }>> {
  const kind = options.refreshOnly ? "refresh" : options.destroy ? "destroy" : "deploy";
  const file = join(invocation.scratchDir, `${kind}-${randomUUID()}.tfplan`);
  const streamed = await stream(
    invocation,
    [
      "plan",
      "-input=false",
      "-json",
      `-out=${file}`,
      ...(options.destroy ? ["-destroy"] : []),
      ...(options.targets ?? []).map((address) => `-target=${address}`),
      // A look at reality changes nothing, so it need not wait for, or hold, the lock.
      ...(options.refreshOnly ? ["-refresh-only", "-lock=false"] : []),
      ...(await variableArguments(setting.environment, invocation.scratchDir)),
    ],
    { onMessage: (message) => message.kind === "refresh" && setting.say(`reading ${message.address}`) },
  );
  const answer = answerOf(streamed, "terraform plan");
  if (!answer.ok) return failed(answer.diagnostics.map(pointToSettings));
  // Terraform leaves it readable to everybody, and it holds secrets.
  await chmod(file, 0o600);
  return told({ file }, answer.diagnostics);
}
