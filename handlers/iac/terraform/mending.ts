import type { Told } from "../../../src/core/diagnostic.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { judgeHolder } from "../../../src/workdir/lock-holder.ts";
import type { IacSetting } from "../contract.ts";
import type { IacMending, LockDesk, StateDesk } from "../mending.ts";
import { backendDesk } from "./backend-desk.ts";
import type { KeptImports } from "./import-desk.ts";
import { importIdFor } from "./import-ids.ts";
import { stream, textAnswer, type Invocation } from "./invocation.ts";
import type { MakePlan, PlanOptions } from "./plan-command.ts";
import { providerDesk } from "./provider-desk.ts";
import { sourceDesk } from "./source-desk.ts";
import { applyRefresh, stateDesk, type DeskParts } from "./state-desk.ts";

export interface MendingParts {
  readonly setting: IacSetting;
  readonly invocation: Invocation;
  readonly dataDir: string;
  readonly imports: KeptImports;
  readonly plan: (options: Omit<PlanOptions, "destroy">) => ReturnType<MakePlan>;
  readonly show: (file: string) => Promise<Told<JsonObject>>;
  readonly changed: () => void;
}

/** What fixes need of a Terraform root. */
export function mendingOf(parts: MendingParts): IacMending {
  const { setting, invocation, imports } = parts;
  const desk: DeskParts = { environment: setting.environment, invocation, changed: parts.changed };
  return {
    imports: {
      ...imports,
      preview: async (wishes) => {
        const made = await parts.plan({ imports: wishes });
        return made.ok ? parts.show(made.value.file) : made;
      },
      idFor: importIdFor,
    },
    locks: lockDesk(setting, invocation),
    providers: providerDesk(setting, invocation),
    backend: backendDesk(setting, invocation, parts.dataDir),
    state: stateDesk(desk, refreshBy(parts, desk)),
    sources: sourceDesk(invocation.root, setting.environment.projectDir),
  };
}

function lockDesk({ environment, tool }: IacSetting, invocation: Invocation): LockDesk {
  return {
    holder: (lock) =>
      judgeHolder(lock, {
        of: environment,
        root: invocation.root,
        tool: tool.command,
      }),
    unlock: async (id) => {
      const { end } = await stream(invocation, ["force-unlock", "-force", "--", id]);
      return textAnswer(
        { ended: end.ended, stdout: "", stderr: end.stderr },
        "terraform force-unlock",
        () => undefined,
      );
    },
  };
}

function refreshBy({ plan, show }: MendingParts, desk: DeskParts): Pick<StateDesk, "previewRefresh"> {
  return {
    previewRefresh: async () => {
      const made = await plan({ refreshOnly: true });
      if (!made.ok) return made;
      const shown = await show(made.value.file);
      if (!shown.ok) return shown;
      return { ...shown, value: { document: shown.value, apply: () => applyRefresh(desk, made.value.file) } };
    },
  };
}
