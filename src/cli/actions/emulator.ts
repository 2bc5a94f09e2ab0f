import type { EmulatorPlace, EmulatorStatus } from "../../../handlers/hosting/emulator/control.ts";
import { exitOf } from "../../core/exit.ts";
import { FaberError } from "../../core/error.ts";
import { safeLine } from "../../core/safe-text.ts";
import type { CommandBody, CommandEnd, Invocation } from "../define.ts";
import { locateHelpers, surroundingsOf } from "../locate-tools.ts";
import { loadSettings } from "../settings.ts";

export const start: CommandBody = async (invocation) => {
  const { startEmulator } = await import("../../../handlers/hosting/emulator/control.ts");
  return statusEnd(await startEmulator(await placeOf(invocation)));
};

export const status: CommandBody = async (invocation) => {
  const { emulatorStatus } = await import("../../../handlers/hosting/emulator/control.ts");
  return statusEnd(await emulatorStatus(await placeOf(invocation)));
};

export const stop: CommandBody = async (invocation) => {
  const { stopEmulator } = await import("../../../handlers/hosting/emulator/control.ts");
  const place = await placeOf(invocation);
  const stopped = await stopEmulator(place);
  if (stopped.stopped) {
    const text = `stopped the emulator at ${place.endpoint} (process ${stopped.pid})`;
    return { exit: exitOf("done", text), document: { ...stopped, endpoint: place.endpoint }, text };
  }
  const text =
    stopped.why === "not-running"
      ? `no emulator runs at ${place.endpoint}`
      : `what runs at ${place.endpoint} was not started by faber here: it is left alone`;
  return { exit: exitOf("done", text), document: { ...stopped, endpoint: place.endpoint }, text };
};

async function placeOf(invocation: Invocation): Promise<EmulatorPlace> {
  const { world, signal, redactor } = invocation;
  const { environment } = await loadSettings(invocation);
  if (environment.hosting !== "emulator") {
    throw new FaberError({
      code: "not-emulated",
      exit: "wrong-usage",
      message: `environment ${environment.name} is hosted on ${environment.hosting}, not on an emulator`,
      hints: ["set hosting: emulator for it in faber.yaml, or pass --hosting=emulator"],
    });
  }
  const { defaultEndpoint } = await import("../../../handlers/hosting/emulator/handler.ts");
  const helpers = await locateHelpers(
    await surroundingsOf(world, environment.toolPaths, { cwd: environment.dir, signal }),
    ["ministack"],
  );
  const program = environment.toolPaths["ministack"] ?? helpers["ministack"];
  return {
    endpoint: environment.endpoint ?? defaultEndpoint,
    stateDir: environment.stateDir,
    env: world.env,
    signal,
    say: (text) => world.stderr.write(`${redactor.text(text)}\n`),
    ...(program === undefined ? {} : { program }),
  };
}

function statusEnd(status: EmulatorStatus): CommandEnd {
  const what = [status.program ?? "emulator", status.version].filter((part) => part !== undefined).join(" ");
  const owner = status.ours ? `, started by faber (process ${status.pid ?? "?"})` : "";
  // What answers there may be anybody's program.
  const text = safeLine(
    status.running
      ? `${what} runs at ${status.endpoint}${owner}`
      : `nothing runs at ${status.endpoint}${status.why === undefined ? "" : `: ${status.why}`}`,
  );
  return { exit: exitOf("done", text), document: { ...status }, text };
}
