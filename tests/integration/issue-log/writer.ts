import { writeSync } from "node:fs";
import { FaberError } from "../../../src/core/error.ts";
import { createRedactor } from "../../../src/core/redact.ts";
import { openIssueLog } from "../../../issue-log/open.ts";
import { attemptOf, failureOf, solutionOf } from "../../contract/issue-log/samples.ts";

/**
 * A process that writes into an issue log: `writer MODE FILE NAME`. `attempts` goes on until it is killed and prints
 * the ID of each attempt once it is durable; `records` writes 100 occurrences; `fill` writes until it is refused, then
 * tells what is left.
 */
const [mode = "", file = "", name = ""] = process.argv.slice(2);

const say = (line: string): void => void writeSync(1, `${line}\n`);
const open = () => openIssueLog({ url: file, cwd: "/", redactor: createRedactor() });

async function attempts(limit: number): Promise<void> {
  const log = await open();
  const { issue } = await log.record(failureOf("everybody meets this"));
  await log.teach(issue.id, solutionOf("s"));
  for (let count = 0; count < limit; count += 1) {
    const id = `${name}-${count}`;
    await log.remember(attemptOf(issue.id, "s", { id }));
    say(id);
    await log.record(failureOf(`message ${"abcdefghij"[count % 10]} of ${name}`));
  }
}

async function records(): Promise<void> {
  const log = await open();
  for (let count = 0; count < 100; count += 1)
    await log.record(failureOf(`message ${"abcdefghij"[count % 10]}`));
  await log.close();
}

async function fill(): Promise<void> {
  let acknowledged = 0;
  const log = await open();
  const { issue } = await log.record(failureOf("the first"));
  await log.teach(issue.id, solutionOf("s"));
  const refusal = await (async () => {
    for (;;) {
      await log.remember(attemptOf(issue.id, "s", { id: `a${acknowledged}` }));
      acknowledged += 1;
      await log.record(failureOf(`${"long ".repeat(1_000)}${acknowledged}`));
    }
  })().catch((error: unknown) => error);
  await log.close();
  const again = await open();
  const found = (await again.attemptsFor({})).length;
  say(JSON.stringify({ code: codeOf(refusal), acknowledged, found }));
}

function codeOf(error: unknown): string {
  return error instanceof FaberError ? error.code : String(error);
}

const modes: Readonly<Record<string, () => Promise<void>>> = {
  attempts: () => attempts(Number.POSITIVE_INFINITY),
  once: () => attempts(1),
  records,
  fill,
};
await modes[mode]?.().catch((error: unknown) => {
  say(codeOf(error));
  process.exitCode = 1;
});
