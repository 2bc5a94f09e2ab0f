import { aws } from "./aws/handler.ts";
import type { HostingHandler } from "./contract.ts";
import { emulator } from "./emulator/handler.ts";

/** Every hosting by its name in faber.yaml. A third one is one folder and one line. */
export const hostings: Readonly<Record<string, HostingHandler>> = { aws, emulator };
