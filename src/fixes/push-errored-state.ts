import type { Fix, FixOffer, Workshop } from "./contract.ts";
import { refuse } from "./refuse.ts";
import { valueOf } from "./told-error.ts";

/** Stores the state that a backend did not take, where it is the next version of what is stored. */
export function pushErroredState(workshop: Workshop): Fix {
  return {
    name: "push-errored-state",
    impact: "medium",
    spendsTry: true,
    description: "Store the state that was left in errored.tfstate",
    appliesTo: ({ message }) => message.includes("errored.tfstate"),
    offer: () => offer(workshop),
  };
}

async function offer({ iac, clock }: Workshop): Promise<FixOffer> {
  const desk = iac.mending?.state;
  const left = await desk?.errored();
  if (!desk || !left || left.kind === "none") return refuse("there is no errored.tfstate in the root");
  if (left.kind === "unusable") return refuse(left.why, left.hints);
  const stored =
    left.storedSerial === undefined
      ? "no state"
      : `serial ${left.storedSerial}, ${countOf(left.storedResources)}`;
  return {
    kind: "offered",
    summary: `store errored.tfstate (serial ${left.serial}, ${countOf(left.resources)})`,
    diff: [
      `- stored: ${stored}`,
      `+ errored.tfstate: serial ${left.serial}, ${countOf(left.resources)}, of the same lineage`,
      "  the file is renamed errored.tfstate.pushed",
    ],
    perform: async () => {
      const backup =
        left.storedSerial === undefined
          ? undefined
          : valueOf(await desk.backUp(clock.now()), "keeping a copy of the stored state");
      valueOf(await left.push(), "storing errored.tfstate");
      const summary = `stored serial ${left.serial}${backup === undefined ? "" : `; the state before it: ${backup.file}`}`;
      // Taking it back would make the state forget what really exists.
      return { summary };
    },
  };
}

function countOf(resources: number): string {
  return `${resources} resource${resources === 1 ? "" : "s"}`;
}
