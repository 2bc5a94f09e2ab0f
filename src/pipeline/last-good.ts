import { join } from "node:path";
import { shellWord } from "../core/verdict-words.ts";
import type { Registry } from "../core/registry.ts";
import { readRegistry } from "../workdir/registry.ts";
import type { RunContext } from "./context.ts";

/** The last deploy that was verified, as far as it is known here. */
export async function lastGoodOf({ environment }: RunContext): Promise<Registry["last_good"]> {
  return (await readRegistry(environment.stateDir, environment.name))?.last_good;
}

/**
 * How to deploy again what was last deployed and verified, as lines to read and commands to copy. Terraform has no way
 * back: this is a deploy like any other, of an older configuration, previewed and approved.
 */
export async function describeLastGood(
  { environment, iac }: RunContext,
  good: Registry["last_good"],
): Promise<readonly string[]> {
  const facts = await iac.configurationFacts?.();
  // A local state lies in the root itself, and would not be in another copy of the files.
  const isRemote = facts?.ok === true && facts.value.backend !== undefined;
  return lastGoodLines(good, {
    environment: environment.name,
    dir: environment.dir,
    worktree: join(environment.stateDir, "last-good"),
    isRemote,
  });
}

export function lastGoodLines(
  good: Registry["last_good"],
  place: {
    readonly environment: string;
    /** Absolute folder of the root. */
    readonly dir: string;
    /** Absolute folder in which the older files may be laid out. */
    readonly worktree: string;
    readonly isRemote: boolean;
  },
): readonly string[] {
  if (good === undefined) return ["no deploy of this environment was verified from here"];
  const { source } = good;
  const which = `the last good deploy was ${good.run_id} at ${good.ended_at}`;
  if (source === undefined) return [`${which}; its files were in no git repository`];
  if (source.dirty)
    return [`${which}, with changes that were not committed: ${source.commit} alone does not bring it back`];
  const dir = shellWord(place.dir);
  const deploy = `faber deploy --env=${shellWord(place.environment)}`;
  const commands = place.isRemote
    ? [
        `git -C ${dir} worktree add ${shellWord(place.worktree)} ${source.commit}`,
        `${deploy} --dir=${shellWord(join(place.worktree, source.root))}`,
      ]
    : [
        `git -C ${dir} restore --source=${source.commit} --worktree -- .   # commit or stash what is not committed first`,
        deploy,
        `git -C ${dir} restore -- .   # afterwards: the files as they are now`,
      ];
  return [
    `${which}, from commit ${source.commit}; deployed again, it is previewed and approved:`,
    ...commands,
  ];
}
