import type { DeployedCommit } from "../core/registry.ts";
import { run, succeeded } from "../process/run.ts";

/** A repository that takes longer to answer is not waited for. */
const timeoutMs = 5_000;

/** The commit that a folder is at, and whether it was changed since; nothing where it is in no repository. */
export async function sourceCommitOf(
  dir: string,
  env: Readonly<Record<string, string>>,
): Promise<DeployedCommit | undefined> {
  const git = (...args: readonly string[]): ReturnType<typeof run> =>
    run(["git", "--no-optional-locks", ...args], { cwd: dir, env, timeoutMs });
  const head = await git("rev-parse", "--verify", "HEAD");
  const commit = head.stdout.trim();
  if (!succeeded(head) || !/^[0-9a-f]{7,64}$/.test(commit)) return undefined;
  const prefix = await git("rev-parse", "--show-prefix");
  const changed = await git("status", "--porcelain", "--", ".");
  const root = prefix.stdout.trim().replace(/\/$/, "");
  return { commit, root, dirty: !succeeded(changed) || changed.stdout.trim() !== "" };
}
