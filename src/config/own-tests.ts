import type { CustomTest, Hook, Policy } from "../core/policy.ts";
import type { Path } from "./problem.ts";
import type { ConfigFile } from "./schema.ts";

const defaultTestSeconds = 300;
const defaultHookSeconds = 60;

/** Tests of the user's own, their paths absolute. */
export function customTests(
  tests: NonNullable<ConfigFile["tests"]>,
  inFolder: (path: string) => string,
): readonly CustomTest[] {
  return tests.map((test) => customTest(test, inFolder));
}

type WrittenTest = NonNullable<ConfigFile["tests"]>[number];

function customTest(test: WrittenTest, inFolder: (path: string) => string): CustomTest {
  return {
    name: test.name,
    phase: test.phase ?? "pre-deployment",
    how: howOf(test, inFolder),
    severity: test.severity ?? "CRITICAL",
    timeoutMs: (test.timeout ?? defaultTestSeconds) * 1_000,
    requirement: test.required === undefined ? "expected" : test.required ? "required" : "optional",
  };
}

function howOf(test: WrittenTest, inFolder: (path: string) => string): CustomTest["how"] {
  if (test.policy !== undefined) return { kind: "policy", folder: inFolder(test.policy) };
  if (test.terraform_test !== undefined)
    return { kind: "terraform-test", folder: inFolder(test.terraform_test) };
  return {
    kind: "command",
    // The rules of the file make sure that one of the three is there.
    command: test.command ?? [],
    format: test.format ?? "exit-code",
    ...(test.report === undefined ? {} : { report: inFolder(test.report) }),
  };
}

/** Tests that name no way to run, or several, or a name that is taken; paths are in faber.yaml. */
export function brokenTests(
  config: ConfigFile,
  builtIn: readonly string[],
): readonly { readonly path: Path; readonly text: string }[] {
  const seen = new Set<string>(builtIn);
  return (config.tests ?? []).flatMap((test, index) => {
    const ways = [test.command, test.policy, test.terraform_test].filter((way) => way !== undefined).length;
    const taken = seen.has(test.name);
    seen.add(test.name);
    return [
      ...(ways === 1
        ? []
        : [
            {
              path: ["tests", index],
              text: `tests[${index}] must have exactly one of command, policy and terraform_test`,
            },
          ]),
      ...(taken
        ? [
            {
              path: ["tests", index, "name"],
              text: `tests[${index}].name: "${test.name}" is the name of another test`,
            },
          ]
        : []),
    ];
  });
}

export function hooksOf(hooks: NonNullable<ConfigFile["hooks"]>): Policy["hooks"] {
  return Object.fromEntries(
    Object.entries(hooks).map(([point, list]) => [
      point,
      (list ?? []).map((hook): Hook => {
        return {
          command: hook.command,
          timeoutMs: (hook.timeout ?? defaultHookSeconds) * 1_000,
          onFailure: hook.on_failure ?? "stop",
        };
      }),
    ]),
  );
}
