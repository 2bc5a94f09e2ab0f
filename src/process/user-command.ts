import { run, type Ran, type RunOptions } from "./run.ts";

/**
 * Runs one command line that the user wrote in a file of theirs (a cdktf app's `app`), as a shell would.
 * It takes no arguments of ours on purpose: nothing that faber computes may ever reach a shell.
 */
export async function runUserCommandLine(commandLine: string, options: RunOptions): Promise<Ran> {
  return run(["/bin/sh", "-c", commandLine], options);
}
