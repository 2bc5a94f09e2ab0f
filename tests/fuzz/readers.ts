import { readJunit } from "../../handlers/commands/read/junit.ts";
import { readTap } from "../../handlers/commands/read/tap.ts";
import type { Random } from "../helpers/random.ts";
import { mutated } from "./mutate.ts";

const junit = [
  '<?xml version="1.0"?><testsuites><testsuite name="s"><testcase name="a" classname="c" file="x.ts" line="3"/><testcase name="b"><failure message="no">why &lt; &#10;</failure></testcase><testcase name="d"><skipped/></testcase></testsuite></testsuites>',
  '<testsuite tests="1"><testcase name="x"><error><![CDATA[ a ]]></error></testcase></testsuite>',
];
const tap = [
  "TAP version 13\n1..3\nok 1 - a\nnot ok 2 - b\n  ---\n  message: no\n  severity: fail\n  ...\nok 3 # SKIP later\n",
  "TAP version 14\n# Subtest: x\n    1..1\n    not ok 1 - y\nnot ok 1 - x\n1..1\n",
  "1..0 # skip all\n",
  "ok 1\nBail out! broke\n",
];

/** One input for each of the readers of other programs' results. */
export async function readCases(random: Random): Promise<string> {
  if (random.chance(0.5)) {
    const text = mutated(random, junit);
    await readJunit(text);
    return text;
  }
  const text = mutated(random, tap);
  await readTap(text);
  return text;
}
