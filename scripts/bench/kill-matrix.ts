import { nameOf, someCases, type KillCase } from "../../tests/helpers/kill-matrix/cases.ts";
import { openGround } from "../../tests/helpers/kill-matrix/ground.ts";
import { runCase } from "../../tests/helpers/kill-matrix/run-case.ts";

const ports = [4760, 4761];

/** Kills runs at the lines of their journals, two at a time, and says what was left; throws when anything was. */
export async function benchKillMatrix(count: number): Promise<readonly string[]> {
  const waiting = [...someCases(count)];
  const total = waiting.length;
  const counts = { reaped: 0, "nothing begun": 0, "too late": 0 };
  const bad: string[] = [];
  let done = 0;
  const work = async (port: number): Promise<void> => {
    const ground = await openGround(port);
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { line, broken, how } = await tried(() => runCase(ground, next as KillCase));
        done += 1;
        if (how !== undefined) counts[how] += 1;
        if (broken) bad.push(`${nameOf(next)}: ${line}`);
        process.stdout.write(`${done}/${total}  ${nameOf(next)}: ${line}\n`);
      }
    } finally {
      await ground.leave();
    }
  };
  await Promise.all(ports.map(work));
  const sum = `kill matrix: ${total} kills · ${counts.reaped} reaped · ${counts["nothing begun"]} before anything was begun · ${counts["too late"]} came too late · ${bad.length} broken`;
  if (bad.length > 0) throw new Error([sum, ...bad].join("\n"));
  return [sum];
}

async function tried(
  work: () => ReturnType<typeof runCase>,
): Promise<{ line: string; broken: boolean; how?: Awaited<ReturnType<typeof runCase>>["how"] }> {
  try {
    const { broken, exit, how, before } = await work();
    const line = `${how}, exit ${exit ?? "none"}, ${before} things before, 0 after`;
    return broken.length === 0
      ? { line, broken: false, how }
      : { line: broken.join(" · "), broken: true, how };
  } catch (error) {
    return { line: error instanceof Error ? error.message : String(error), broken: true };
  }
}
