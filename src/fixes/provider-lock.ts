import type { Fix, FixOffer, FixSituation, Workshop } from "./contract.ts";
import { lineDiff } from "./line-diff.ts";
import { refuse } from "./refuse.ts";
import { firstError } from "./told-error.ts";

/** Adds the checksums of other platforms to the lock file; none that stands there is changed or taken away. */
export function providerLock(workshop: Workshop): Fix {
  return {
    name: "provider-lock",
    impact: "low",
    spendsTry: true,
    description: "Add the checksums of this platform's provider packages to the lock file",
    appliesTo: ({ message }) => otherPlatform.test(message),
    offer: (situation) => offer(workshop, situation),
  };
}

const otherPlatform =
  /(?:does not|doesn't|do not) match any of the checksums (?:previously )?recorded in the dependency lock file/;

async function offer({ iac }: Workshop, { parameters }: FixSituation): Promise<FixOffer> {
  const providers = iac.mending?.providers;
  if (!providers) return refuse("this kind of project locks no providers");
  const asked = Array.isArray(parameters["platforms"]) ? parameters["platforms"] : [];
  const more = asked
    .filter((one) => typeof one === "string" && /^[a-z0-9]+_[a-z0-9]+$/.test(one))
    .map(String);
  const platforms = [...new Set([providers.platform, ...more])];
  const tried = await providers.previewPlatforms(platforms);
  if (!tried.ok)
    return refuse(`the checksums of ${platforms.join(", ")} cannot be had: ${firstError(tried.diagnostics)}`);
  const { before, after, mirror } = tried.value;
  const diff = lineDiff(before ?? "", after ?? "");
  // Checksums are there to notice another package under the same name: what they say is not argued away.
  const lost = diff.find((line) => line.startsWith("- "));
  if (lost !== undefined)
    return refuse(`it would take out of the lock file what stands there: ${lost.slice(2).trim()}`);
  if (diff.length === 0)
    return refuse(
      "the lock file has the checksums of this platform: the package is another one than was locked",
      ["find out where it comes from: a mirror or a cache may hold a changed package"],
    );
  // A changed package in a mirror looks just like one for another platform.
  const doubts =
    mirror === undefined
      ? []
      : [`nobody has signed them: they are what lies in ${mirror}, whose packages have to be right`];
  return {
    kind: "offered",
    doubts,
    summary: `add the checksums of ${platforms.join(", ")} to .terraform.lock.hcl`,
    diff: [
      ".terraform.lock.hcl",
      ...diff.map((line) => `  ${line}`),
      ...doubts.map((line) => `look at: ${line}`),
    ],
    perform: async () => {
      await providers.writeLockFile(after);
      return {
        summary: `the lock file has the checksums of ${platforms.join(", ")}`,
        undo: async () => {
          await providers.writeLockFile(before);
          return "the lock file is as it was";
        },
      };
    },
  };
}
