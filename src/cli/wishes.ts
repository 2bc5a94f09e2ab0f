import { resolve } from "node:path";
import { FaberError } from "../core/error.ts";
import type { RunWishes } from "../pipeline/context.ts";
import { readSavedPlan } from "../workdir/saved-plan.ts";
import { flagOption, textOption, type Invocation } from "./define.ts";
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
    skipTests: flagOption(options, "skipTests"),
    attended: isAttended(world, options),
    person: personOf(world),
    ...(digest === undefined ? {} : { approveDigest: digest }),
    ...(planFile === undefined ? {} : { savedPlan: await readSavedPlan(resolve(world.cwd, planFile)) }),
  };
}

/** Wishes of a run that changes nothing and so has nothing to approve. */
export function readOnlyWishes({ world, options }: Invocation, kind: RunWishes["kind"]): RunWishes {
  return {
    kind,
    yes: false,
    skipTests: false,
    attended: isAttended(world, options),
    person: personOf(world),
  };
}

/** Said at once: where nobody is there to type the name, no amount of testing would make `--yes` enough. */
export async function refuseYesOnProtected(invocation: Invocation, wishes: RunWishes): Promise<void> {
  if (!wishes.yes || wishes.attended || wishes.approveDigest !== undefined) return;
  const { environment } = await loadSettings(invocation);
  if (!environment.protected) return;
  const { name } = environment;
  throw new FaberError({
    code: "protected-needs-digest",
    exit: "not-approved",
    message: `${name} is protected: --yes does not approve it`,
    hints: [
      `approve the plan you saw: faber preview --env=${name}, then faber ${invocation.command} --env=${name} --approve=DIGEST`,
    ],
  });
}
