import type { CommandDefinition } from "../define.ts";
import { environmentOptions } from "../options.ts";

export const emulatorCommands: readonly CommandDefinition[] = [
  {
    name: "emulator start",
    summary: "start the local AWS of an environment",
    options: environmentOptions,
    examples: ["faber emulator start --env=test"],
    load: async () => (await import("../actions/emulator.ts")).start,
  },
  {
    name: "emulator stop",
    summary: "stop the one that faber started",
    options: environmentOptions,
    examples: ["faber emulator stop --env=test"],
    load: async () => (await import("../actions/emulator.ts")).stop,
  },
  {
    name: "emulator status",
    summary: "whether it runs, and where",
    options: environmentOptions,
    examples: ["faber emulator status --env=test"],
    load: async () => (await import("../actions/emulator.ts")).status,
  },
];
