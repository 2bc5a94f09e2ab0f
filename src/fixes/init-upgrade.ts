import type { LockFileChange, ProviderDesk } from "../../handlers/iac/mending.ts";
import type { Fix, FixOffer, Workshop } from "./contract.ts";
import { lineDiff } from "./line-diff.ts";
import { refuse } from "./refuse.ts";
import { firstError, valueOf } from "./told-error.ts";

/** Lets Terraform choose versions of providers and modules anew, within what the configuration allows. */
export function initUpgrade(workshop: Workshop): Fix {
  return {
    name: "init-upgrade",
    impact: "medium",
    spendsTry: true,
    description: "Choose provider and module versions anew, within what the configuration allows",
    appliesTo: ({ message }) => pinned.test(message),
    offer: () => offer(workshop),
  };
}

/** Terraform's own words for a version that is locked and no longer wanted. */
const pinned =
  /locked provider \S+ \S+ does not match configured version constraint|Inconsistent dependency lock file|Module version requirements have changed/;

async function offer({ iac }: Workshop): Promise<FixOffer> {
  const providers = iac.mending?.providers;
  if (!providers) return refuse("this kind of project chooses no versions");
  const tried = await providers.previewUpgrade();
  if (!tried.ok) return refuse(`choosing anew does not help: ${firstError(tried.diagnostics)}`);
  const change = tried.value;
  const versions = versionChanges(providers, change);
  return {
    kind: "offered",
    summary:
      versions.length === 0
        ? "initialise anew, with the same provider versions"
        : `use ${versions.join(", ")}`,
    diff: [
      ".terraform.lock.hcl",
      ...lineDiff(change.before ?? "", change.after ?? "").map((line) => `  ${line}`),
    ],
    perform: async () => {
      const undo = async (): Promise<string> => {
        await providers.writeLockFile(change.before);
        valueOf(await iac.init({ backend: true }), "initialising with the former versions");
        return "the lock file is as it was, and its versions are installed";
      };
      const upgraded = await providers.upgrade();
      if (!upgraded.ok) await providers.writeLockFile(change.before);
      valueOf(upgraded, "terraform init -upgrade");
      return {
        summary: versions.length === 0 ? "initialised anew" : `initialised with ${versions.join(", ")}`,
        undo,
      };
    },
  };
}

function versionChanges(providers: ProviderDesk, { before, after }: LockFileChange): readonly string[] {
  const [old, now] = [providers.versionsIn(before), providers.versionsIn(after)];
  return Object.entries(now)
    .filter(([source, version]) => old[source] !== version)
    .map(
      ([source, version]) =>
        `${shortOf(source)} ${version}${old[source] === undefined ? "" : ` instead of ${old[source]}`}`,
    );
}

function shortOf(source: string): string {
  return source.split("/").slice(-2).join("/");
}
