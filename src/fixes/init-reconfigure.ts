import type { StatePlace } from "../../handlers/iac/mending.ts";
import type { Fix, FixOffer, Workshop } from "./contract.ts";
import { refuse } from "./refuse.ts";
import { firstError, valueOf } from "./told-error.ts";

/** Takes up a backend that was changed, where no state is left behind by that; it never moves one. */
export function initReconfigure(workshop: Workshop): Fix {
  return {
    name: "init-reconfigure",
    impact: "medium",
    spendsTry: true,
    description: "Initialise for the backend that the files declare, where no state is left behind",
    appliesTo: ({ message }) => changed.test(message),
    offer: () => offer(workshop),
  };
}

const changed =
  /Backend (?:configuration changed|type changed|initialization required|configuration block has changed)|Error asking for state migration action/;

async function offer({ iac, environment }: Workshop): Promise<FixOffer> {
  const backend = iac.mending?.backend;
  if (!backend) return refuse("this kind of project has no backend");
  const compared = await backend.compare();
  if (!compared.ok)
    return refuse(
      `whether a state would be left behind could not be seen: ${firstError(compared.diagnostics)}`,
    );
  const { former, next } = compared.value;
  const leaves = former.state && former.state.resources > 0 && !isSame(former, next);
  if (leaves) {
    const { resources } = former.state;
    return refuse(
      `${resources} resource${resources === 1 ? "" : "s"} would be left behind in ${former.name}; ${next.name} holds ${contentOf(next)}`,
      [
        `to move the state: ${iac.tool.command} -chdir=${environment.dir} init -migrate-state`,
        "or, if that state is of something else, initialise by hand: init -reconfigure",
      ],
    );
  }
  return {
    kind: "offered",
    summary: `keep the state in ${next.name}`,
    diff: [`- ${former.name}: ${contentOf(former)}`, `+ ${next.name}: ${contentOf(next)}`],
    perform: async () => {
      const putBack = await backend.remember();
      const answer = await backend.reconfigure();
      if (!answer.ok) await putBack();
      valueOf(answer, "init -reconfigure");
      return {
        summary: `initialised for ${next.name}; nothing was moved`,
        undo: async () => {
          await putBack();
          return `the data folder knows ${former.name} again`;
        },
      };
    },
  };
}

/** Somebody has moved it before: both are one state, or the new one is a later version of it. */
function isSame(former: StatePlace, next: StatePlace): boolean {
  if (!former.state || !next.state) return false;
  return former.state.lineage === next.state.lineage && next.state.serial >= former.state.serial;
}

function contentOf({ state }: StatePlace): string {
  if (!state) return "no state";
  return `${state.resources} resource${state.resources === 1 ? "" : "s"}, serial ${state.serial}`;
}
