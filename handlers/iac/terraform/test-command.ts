import { failed, told, type Diagnostic, type Told } from "../../../src/core/diagnostic.ts";
import type { Environment } from "../../../src/core/environment.ts";
import type { TestRun } from "../contract.ts";
import { answerOf, stream, type Invocation } from "./invocation.ts";
import { variableArguments } from "./variables.ts";

/**
 * `terraform test` on a folder inside the root. It may create real things and removes them again, so it is never
 * torn out of its work. Runs that failed are an answer; a root that could not be tested at all is not.
 */
export async function runTests(
  environment: Environment,
  invocation: Invocation,
  folder: string,
): Promise<Told<readonly TestRun[]>> {
  const runs = new Map<string, { run: Omit<TestRun, "diagnostics">; diagnostics: Diagnostic[] }>();
  const keyOf = (file: string, name: string): string => JSON.stringify([file, name]);
  const streamed = await stream(
    invocation,
    [
      "test",
      "-json",
      "-no-color",
      `-test-directory=${folder}`,
      ...(await variableArguments(environment, invocation.scratchDir)),
    ],
    {
      onMessage: (message) => {
        if (message.kind === "test-run") {
          const { kind: _kind, ...run } = message;
          runs.set(keyOf(run.file, run.name), { run, diagnostics: [] });
        }
        if (message.kind === "diagnostic" && message.test)
          runs.get(keyOf(message.test.file, message.test.run))?.diagnostics.push(message.diagnostic);
      },
    },
  );
  const ended = [...runs.values()].map(({ run, diagnostics }) => ({ ...run, diagnostics }));
  if (ended.some((run) => run.status === "failed" || run.status === "errored")) return told(ended);
  const answer = answerOf(streamed, "terraform test");
  return answer.ok ? told(ended, answer.diagnostics) : failed(answer.diagnostics);
}
