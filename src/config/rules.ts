import { testNames } from "./names.ts";
import { brokenHealth } from "./health.ts";
import { brokenIntegration } from "./integration.ts";
import { brokenTests } from "./own-tests.ts";
import { dotted, quoted, type Path } from "./problem.ts";
import { isAlwaysProtected } from "./protection.ts";
import type { ConfigFile, EnvironmentConfig } from "./schema.ts";

/** A rule over more than one key that is broken; `path` is the key to mend. */
export interface BrokenRule {
  readonly path: Path;
  readonly text: string;
}

export function brokenRules(config: ConfigFile): readonly BrokenRule[] {
  const names = Object.keys(config.environments);
  if (names.length === 0) return [{ path: ["environments"], text: "environments must name at least one" }];
  return [
    ...namesThatDifferInCase(names),
    ...brokenTests(config, testNames),
    ...brokenIntegration(config),
    ...names.flatMap((name) => rulesOfEnvironment(name, config.environments[name] ?? {})),
  ];
}

/** Reports of both would share a folder where file names ignore case. */
function namesThatDifferInCase(names: readonly string[]): readonly BrokenRule[] {
  const seen = new Map<string, string>();
  const broken: BrokenRule[] = [];
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other === undefined) seen.set(name.toLowerCase(), name);
    else
      broken.push({
        path: ["environments", name],
        text: `environments ${quoted(other)} and ${quoted(name)} differ only in case`,
      });
  }
  return broken;
}

type Complain = (path: Path, text: string) => void;

function rulesOfEnvironment(name: string, environment: EnvironmentConfig): readonly BrokenRule[] {
  const broken: BrokenRule[] = [];
  const complain: Complain = (path, text) => {
    const whole = ["environments", name, ...path];
    broken.push({ path: whole, text: `${dotted(whole)} ${text}` });
  };
  if (environment.protected === false && isAlwaysProtected(name)) {
    complain(["protected"], `cannot be false: an environment called ${name} is always protected`);
  }
  if (environment.protected === true || isAlwaysProtected(name)) brokenProtection(environment, complain);
  brokenHealth(environment, complain);
  if (environment.endpoint !== undefined && (environment.hosting ?? "aws") === "aws") {
    complain(["endpoint"], "is of no use with hosting aws: set hosting to emulator, or remove it");
  }
  return broken;
}

/** What a protected environment may not allow itself. */
function brokenProtection({ destroy, fix, gate }: EnvironmentConfig, complain: Complain): void {
  if (destroy?.empty_buckets === true)
    complain(["destroy", "empty_buckets"], "cannot be true in a protected environment");
  if (fix === "auto")
    complain(["fix"], "cannot be auto: nothing is fixed unasked in a protected environment");
  for (const key of ["max_critical", "max_high"] as const) {
    const limit = gate?.[key] ?? 0;
    if (limit > 0) complain(["gate", key], `must be 0 in a protected environment, got ${limit}`);
  }
}
