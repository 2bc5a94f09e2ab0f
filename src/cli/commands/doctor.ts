import type { CommandDefinition } from "../define.ts";
import { flag, spoken, text } from "../options.ts";

export const doctor: CommandDefinition = {
  name: "doctor",
  summary: "every tool, its version and place, what is missing and how to get it",
  options: [
    flag("install", "fetch what is missing into faber's own tool folder"),
    spoken("leak-test", "look for a planted secret in every byte that faber writes"),
    text("provider-mirror", "DIR", "filesystem mirror of providers"),
  ],
  examples: ["faber doctor", "faber doctor --install", "faber doctor --leak-test"],
  load: async () => (await import("../actions/doctor.ts")).doctor,
};
