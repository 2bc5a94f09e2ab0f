import type { Diagnosis, RankedSolution } from "../core/diagnosis.ts";
import type { Host } from "../core/host.ts";
import type { FixOffer } from "../fixes/contract.ts";

const unattended = { code: "approval-missing", exit: "not-approved", hints: [] } as const;

/** Asks whether a fix may be done; `d` shows what it would change, and asks again. */
export async function askAboutFix(
  host: Host,
  name: string,
  offer: Extract<FixOffer, { readonly kind: "offered" }>,
): Promise<boolean> {
  const hasDiff = offer.diff.length > 0;
  for (;;) {
    const answer = await host.ask({
      id: "apply-fix",
      kind: "choice",
      text: `Apply ${name}: ${offer.summary}?`,
      choices: hasDiff ? ["y", "n", "d"] : ["y", "n"],
      defaultChoice: "n",
      unattended,
    });
    if (answer === "y" && offer.named) return askForName(host, offer.named);
    if (answer !== "d" || !hasDiff) return answer === "y";
    showDiff(host, offer);
  }
}

/** What a fix would change, line by line. */
export function showDiff(
  host: Pick<Host, "emit">,
  { diff }: Extract<FixOffer, { readonly kind: "offered" }>,
): void {
  for (const text of diff) host.emit({ type: "notice", level: "info", code: "fix-diff", text });
}

/** Nothing says that it is theirs but their word. */
async function askForName(
  host: Host,
  { name, why }: { readonly name: string; readonly why: string },
): Promise<boolean> {
  const answer = await host.ask({
    id: "name-it",
    kind: "typed",
    text: `${why}. Type ${name} if it is yours all the same:`,
    unattended,
  });
  return answer.trim() === name;
}

/** Whether the failed stage is worth running again, because a person has mended something. */
export async function askWhetherMended(
  host: Host,
  { isTested }: { readonly isTested: boolean },
): Promise<boolean> {
  const again = "Run the failed stage again, now that you have mended it?";
  const answer = await host.ask({
    id: "after-failure",
    kind: "choice",
    text: isTested ? `${again} Files that were changed for it are tested by a new deploy alone` : again,
    choices: ["y", "n"],
    defaultChoice: "n",
    unattended,
  });
  return answer === "y";
}

/** One of the solutions that were proposed, by its number, or a person's own words; nothing when there are none. */
export async function askWhatHelped(
  host: Host,
  { solutions }: Diagnosis,
): Promise<RankedSolution | string | undefined> {
  const numbers = solutions.length === 0 ? "" : "a number above, ";
  const answer = await host.ask({
    id: "what-helped",
    kind: "typed",
    text: `It passed. What solved it (${numbers}your words, or Enter)?`,
    unattended,
  });
  const words = answer.trim();
  const proposed = /^\d{1,2}$/.test(words) ? solutions[Number(words) - 1] : undefined;
  return proposed ?? (words === "" ? undefined : words);
}
