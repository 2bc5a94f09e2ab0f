import { fuzz } from "../tests/fuzz/run.ts";

/** Fuzzes every reader and writer: `npm run fuzz -- [N] [SEED]`, a million inputs by default. */
const [count = "1000000", seed = "20261121"] = process.argv.slice(2);
const started = performance.now();
console.log(`${count} inputs, seed ${seed}`);
const results = await fuzz(Number(count), Number(seed), ({ name, inputs, slowestMs, seconds, broken }) => {
  console.log(
    `${broken.length === 0 ? "ok  " : "FAIL"} ${name}: ${inputs} inputs, ${seconds.toFixed(0)} s, slowest ${slowestMs.toFixed(1)} ms`,
  );
  for (const { seed: own, why } of broken) console.log(`     seed ${own}: ${why}`);
});
const inputs = results.reduce((sum, result) => sum + result.inputs, 0);
const broken = results.reduce((sum, result) => sum + result.broken.length, 0);
const seconds = ((performance.now() - started) / 1_000).toFixed(0);
console.log(`${inputs} inputs in ${seconds} s, ${broken} failures`);
process.exitCode = broken === 0 ? 0 : 1;
