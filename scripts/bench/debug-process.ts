import { median, pairs, ratioOf, row, time } from "./measure.ts";

/** Messages that are known, that are like others, and that nobody has met. */
const messages = [
  "Error: creating SQS Queue (jobs): operation error SQS: CreateQueue, https response error StatusCode: 403, RequestID: 0d6c1f7e-5a0b-4a52-9d1c-0f4c1d7f2a11, api error AccessDenied: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: sqs:CreateQueue because no identity-based policy allows the sqs:CreateQueue action",
  'Error: Unsupported argument\n\n  on main.tf line 3, in resource "aws_sqs_queue" "jobs":\n   3:   retention = 60\n\nAn argument named "retention" is not expected here.',
  "the conveyor belt of the bottling plant stands still: sensor 7 reports no bottle for 300 s",
] as const;
const limit = 4;

/**
 * `faber debug`, started, answering and ended, on the log in `folder`, against the smallest Node program there is.
 * Knowledge is on and each failure is recorded, as for a person.
 */
export function benchDebugProcess(faber: string, folder: string, runs = 30): readonly string[] {
  let next = 0;
  const answer = (): number => {
    const message = messages[next % messages.length] ?? "";
    next += 1;
    const argv = [process.execPath, faber, "debug", `--error=${message}`, "--state-dir=.", "--json"] as const;
    const { seconds, stdout } = time([...argv], { cwd: folder });
    if (!stdout.includes('"recorded": true')) throw new Error(`nothing was recorded:\n${stdout}`);
    return seconds;
  };
  // What everybody finds in the file system's memory, faber finds there too.
  messages.forEach(answer);
  const measured = pairs(runs, answer, () => time([process.execPath, "-e", "0"]).seconds);
  const ratio = ratioOf(measured.a, measured.b);
  const took = `${(median(measured.a) * 1_000).toFixed(0)} ms`;
  return [row("faber debug / node -e 0", `${ratio.toFixed(2)} × (${took})`, `≤ ${limit} ×`, ratio <= limit)];
}
