import { resolve } from "node:path";
import type { Check } from "../checks/contract.ts";
import { FaberError } from "../core/error.ts";
import type { RunWishes } from "../pipeline/context.ts";
import { yesCounts, yesIsNotEnough } from "../pipeline/stages/approve.ts";
import { readSavedPlan } from "../workdir/saved-plan.ts";
import { didYouMean } from "../core/similar.ts";
import { flagOption, textOption, type Invocation, type OptionValues } from "./define.ts";
import { loadSettings } from "./settings.ts";
import { isAttended, personOf } from "./surroundings.ts";

/** What the command line says about how a run should go. */
export async function wishesOf({ world, options }: Invocation, kind: RunWishes["kind"]): Promise<RunWishes> {
  const digest = textOption(options, "approve");
  if (digest !== undefined && !/^[0-9a-f]{1,64}$/i.test(digest)) {
    throw new FaberError({
      code: "wrong-value",
      exit: "wrong-usage",
      message: `--approve wants the digest of a plan in hexadecimal, and got "${digest}"`,
      hints: ["faber preview shows it"],
    });
  }
  const planFile = textOption(options, "plan");
  return {
    kind,
    yes: flagOption(options, "yes"),
    ...skipWish(options),
    ...(flagOption(options, "allowEmptyState") ? { allowEmptyState: true } : {}),
    ...(flagOption(options, "removeOrphans") ? { removeOrphans: true } : {}),
    attended: isAttended(world, options),
    person: personOf(),
    ...(digest === undefined ? {} : { approveDigest: digest }),
    ...(planFile === undefined ? {} : { savedPlan: await readSavedPlan(resolve(world.cwd, planFile)) }),
  };
}

/** `--skip-tests` alone means all; names are separated by commas. */
function skipWish(options: OptionValues): Pick<RunWishes, "skip"> {
  const given = options["skipTests"];
  const reason = textOption(options, "skipReason");
  if (given === undefined || given === false) {
    if (reason === undefined) return {};
    throw new FaberError({
      code: "wrong-value",
      exit: "wrong-usage",
      message: "--skip-reason says why tests are skipped, and none are",
      hints: ["name them: --skip-tests=NAMES"],
    });
  }
  const names = typeof given === "string" ? given.split(",").map((name) => name.trim()) : [];
  const tests = names.filter((name) => name !== "");
  return { skip: { tests: tests.length === 0 ? "all" : tests, ...(reason === undefined ? {} : { reason }) } };
}

/** Names in `--skip-tests` that are no test which can be skipped; the validation is needed for everything else. */
export function refuseUnknownTests({ skip }: RunWishes, checks: readonly Check[]): void {
  if (skip === undefined || skip.tests === "all") return;
  const names = checks
    .filter((check) => check.phase === "pre-deployment" && check.name !== "terraform_validation")
    .map((check) => check.name);
  const wrong = skip.tests.find((name) => !names.includes(name));
  if (wrong === undefined) return;
  const near = didYouMean(wrong, names);
  throw new FaberError({
    code: "wrong-value",
    exit: "wrong-usage",
    message: `--skip-tests names "${wrong}", which is no test that can be skipped`,
    hints: [near === undefined ? `there are ${names.join(", ")}` : `did you mean ${near}?`],
  });
}

/** Wishes of a run that changes nothing and so has nothing to approve. */
export function readOnlyWishes({ world, options }: Invocation, kind: RunWishes["kind"]): RunWishes {
  return {
    kind,
    yes: false,
    attended: isAttended(world, options),
    person: personOf(),
  };
}

/** Said at once: where nobody is there to type the name, no amount of testing would make `--yes` enough. */
export async function refuseYesOnProtected(invocation: Invocation, wishes: RunWishes): Promise<void> {
  if (!wishes.yes || wishes.attended || wishes.approveDigest !== undefined) return;
  const { environment } = await loadSettings(invocation);
  if (!yesCounts(environment)) throw yesIsNotEnough(environment, wishes.kind);
}
